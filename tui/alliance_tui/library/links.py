"""Links between the agreements of the library's documents: made when a document is stored, read for the register.

A new document is compared with the few others that share rare words with it within one record, found in the index. The
links of two documents depend on these two alone. Documents of one occasion are linked as a comparison links them;
others are linked only where the records say the same by themselves.

A document that was linked by rules of another version is linked anew once the register is opened. Till then it keeps
its links, and no other document is compared with it. What a reader said of links is in the review log, and stays.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec
from msgspec.structs import astuple, replace

from alliance_tui.library.index.terms import RECORD_UNITS, TermKind, with_agreements_at
from alliance_tui.linking.fingerprint import linking_version
from alliance_tui.linking.linkable import LinkableRecord, linkable_records
from alliance_tui.linking.linker import Link, RecordRef, link_records
from alliance_tui.linking.pair_features import prepare
from alliance_tui.linking.setting import Setting, are_acts_of_one_form, is_related, may_be_of_same_days
from alliance_tui.linking.status_words import StatusWords, status_words_of
from alliance_tui.linking.words import background_weight, stem_of
from alliance_tui.records import Analysis

_MAX_WORDS = 8
"""The most words of a record by which other documents are looked up: the rarest."""

_MIN_WEIGHT = 0.45
"""The least background weight of such a word."""

_MAX_DOCUMENTS_OF_WORD = 200
"""A word of more documents finds none: else the cost of a document would grow with the library."""

_MIN_SHARED_WORDS, _MIN_SHARED_WEIGHT = 2, 1.2
"""What a record must share with a record of another document for the two documents to be compared."""

_MAX_DOCUMENTS = 16
"""The most other documents that a new one is compared with: those that share most."""

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[LinkableRecord])


def link_document(db: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    """Write what links need of a document whose index is written, and its links; those it had are dropped."""
    delete_links(db, number)
    _write_status_words(db, number, enumerate(status_words_of(analysis)))
    _link(db, number, linkable_records(analysis))


def relink_document(db: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    """Link a stored document by the present rules; its links with documents that wait for these stay until then."""
    linked = "SELECT document FROM linkable WHERE version = :version"
    db.execute(
        f"""DELETE FROM links
            WHERE (first = :number AND second IN ({linked})) OR (second = :number AND first IN ({linked}))""",
        {"version": linking_version(), "number": number},
    )
    for table in ("linkable", "status_words"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
    _write_status_words(db, number, enumerate(status_words_of(analysis)))
    _link(db, number, linkable_records(analysis))


def relink_agreements(
    db: sqlite3.Connection, number: int, before: Analysis, after: Analysis, positions: Sequence[int]
) -> None:
    """Bring a document's links into line with changes of the agreements at these positions."""
    old, new = (_features(analysis, positions) for analysis in (before, after))
    known = {record.position: record for record in read_linkable(db, number)} if _is_linked(db, number) else {}
    if old == new or not known:  # one that is not linked yet is linked when the register is opened
        return
    linkable, status = new
    records = {position: record for position, record in known.items() if position not in positions} | linkable
    delete_links(db, number, positions)
    _write_status_words(db, number, status.items())
    _link(db, number, [records[position] for position in sorted(records)])


def _features(analysis: Analysis, positions: Sequence[int]) -> tuple[dict[int, LinkableRecord], dict[int, StatusWords]]:
    """Return what links need of the agreements at some positions."""
    few = with_agreements_at(analysis, positions)
    linkable = (replace(record, position=positions[record.position]) for record in linkable_records(few))
    return (
        {record.position: record for record in linkable},
        dict(zip(positions, status_words_of(few), strict=True)),
    )


def _link(db: sqlite3.Connection, number: int, records: list[LinkableRecord]) -> None:
    """Write the linkable records of a document, and its links with those that are linked, which it lacks yet."""
    row = number, zlib.compress(_encoder.encode(records)), linking_version()
    db.execute("INSERT INTO linkable (document, records, version) VALUES (?, ?, ?)", row)
    prepared = prepare(records)
    for other in _candidate_documents(db, number, records):
        this, that = (number, prepared), (other, prepare(read_linkable(db, other)))
        first, second = (this, that) if number < other else (that, this)
        dates, titles = zip(*_dates_and_titles(db, number, other), strict=True)
        if are_acts_of_one_form(*titles):
            continue
        is_one_occasion = may_be_of_same_days(*dates) and is_related(first[1], second[1])
        setting = Setting.ONE_OCCASION if is_one_occasion else Setting.APART
        _write_links(db, link_records(first, second, setting=setting))


def _write_status_words(db: sqlite3.Connection, number: int, known: Iterable[tuple[int, StatusWords]]) -> None:
    """Write what agreements, by their positions, say of their status, where they say anything."""
    rows = ((number, position, *astuple(words)) for position, words in known if words != StatusWords())
    db.executemany("INSERT INTO status_words VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _dates_and_titles(db: sqlite3.Connection, *numbers: int) -> list[tuple[str | None, str]]:
    """Return the date and the title of each document."""
    query = "SELECT date, title FROM documents WHERE number = ?"
    return [db.execute(query, (number,)).fetchone() for number in numbers]


def delete_links(db: sqlite3.Connection, number: int, positions: Sequence[int] | None = None) -> None:
    """Delete a document's links and what they were made of; of the status words only those at some positions."""
    db.execute("DELETE FROM linkable WHERE document = ?", (number,))
    at = "" if positions is None else "AND position IN (SELECT value FROM json_each(?))"
    chosen = () if positions is None else (msgspec.json.encode(positions).decode(),)
    db.execute(f"DELETE FROM status_words WHERE document = ? {at}", (number, *chosen))
    db.execute("DELETE FROM links WHERE first = ? OR second = ?", (number, number))


def delete_all_links(db: sqlite3.Connection) -> None:
    """Delete the links of all documents."""
    for table in ("linkable", "status_words", "links"):
        db.execute(f"DELETE FROM {table}")


def unlinked_documents(db: sqlite3.Connection) -> list[int]:
    """Return the numbers of the documents that are not linked by the present rules yet."""
    linked = "SELECT document FROM linkable WHERE version = ?"
    query = f"SELECT number FROM documents WHERE number NOT IN ({linked}) ORDER BY number"
    return [number for (number,) in db.execute(query, (linking_version(),))]


def never_linked_documents(db: sqlite3.Connection) -> list[int]:
    """Return the numbers of the documents that no rules have linked yet."""
    query = "SELECT number FROM documents WHERE number NOT IN (SELECT document FROM linkable) ORDER BY number"
    return [number for (number,) in db.execute(query)]


def _is_linked(db: sqlite3.Connection, number: int) -> bool:
    """Whether a document is linked by the present rules."""
    query = "SELECT 1 FROM linkable WHERE (document, version) = (?, ?)"
    return db.execute(query, (number, linking_version())).fetchone() is not None


def read_linkable(db: sqlite3.Connection, number: int) -> list[LinkableRecord]:
    """Return what linking reads of a document's agreements; none for a damaged or absent row."""
    row = db.execute("SELECT records FROM linkable WHERE document = ?", (number,)).fetchone()
    try:
        return _decoder.decode(zlib.decompress(row[0])) if row else []
    except (zlib.error, msgspec.MsgspecError, TypeError):
        return []


def read_links(
    db: sqlite3.Connection, *, with_reasons: bool = False, documents: Sequence[int] | None = None
) -> Iterator[Link]:
    """Yield the links between documents that are in the library, or among some of them; reasons only if asked for."""
    reasons = "reasons" if with_reasons else "'[]'"
    among = "AND first IN (SELECT value FROM json_each(:some)) AND second IN (SELECT value FROM json_each(:some))"
    values = {} if documents is None else {"some": msgspec.json.encode(documents).decode()}
    query = f"""SELECT first, first_position, second, second_position, confidence, {reasons} FROM links
        WHERE first IN (SELECT number FROM documents) AND second IN (SELECT number FROM documents)
            {among if values else ""}"""
    for first, first_position, second, second_position, confidence, encoded in db.execute(query, values):
        yield Link(
            RecordRef(first, first_position),
            RecordRef(second, second_position),
            confidence,
            tuple(msgspec.json.decode(encoded)) if with_reasons else (),
        )


def _write_links(db: sqlite3.Connection, links: Iterable[Link]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, 'same', ?, ?)",
        ((*link.first, *link.second, link.confidence, msgspec.json.encode(link.reasons).decode()) for link in links),
    )


def _candidate_documents(db: sqlite3.Connection, number: int, records: Sequence[LinkableRecord]) -> list[int]:
    """Return the documents with a record that shares rare words with one of these records, best first."""
    postings = _PostingsReader(db, number)
    best: dict[int, float] = {}
    for record in records:
        shared: dict[tuple[int, str], list[float]] = defaultdict(list)
        for word in _rarest_words(record):
            for document, units in postings.of_word(word):
                for unit in units:
                    shared[document, unit].append(background_weight(stem_of(word)))
        for (document, _), weights in shared.items():
            weight = sum(weights)
            if len(weights) >= _MIN_SHARED_WORDS and weight >= _MIN_SHARED_WEIGHT:
                best[document] = max(best.get(document, 0.0), weight)
    in_order = sorted(best, key=lambda document: (-round(best[document], 6), document))
    return list(islice((document for document in in_order if _is_linked(db, document)), _MAX_DOCUMENTS))


def _rarest_words(record: LinkableRecord) -> list[str]:
    weights = {word: background_weight(stem_of(word)) for word in (*record.words, *record.instrument)}
    rare = [word for word, weight in weights.items() if weight >= _MIN_WEIGHT]
    return sorted(rare, key=lambda word: (-weights[word], word))[:_MAX_WORDS]


class _PostingsReader:
    """Reads in which records of other documents words occur, each word once."""

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        self._db = db
        self._number = number
        self._known: dict[str, list[tuple[int, str]]] = {}

    def of_word(self, word: str) -> list[tuple[int, str]]:
        """Return the documents with a word, each with the units of its agreements; none for a common word."""
        if word not in self._known:
            self._known[word] = self._read(word)
        return self._known[word]

    def _read(self, word: str) -> list[tuple[int, str]]:
        query = """SELECT document, units, documents.entities FROM keys
            JOIN postings ON postings.key = keys.number JOIN documents ON documents.number = document
            WHERE role = ? AND keys.key = ? AND document <> ? LIMIT ?"""
        rows = self._db.execute(query, (TermKind.WORD, word, self._number, _MAX_DOCUMENTS_OF_WORD + 1)).fetchall()
        if len(rows) > _MAX_DOCUMENTS_OF_WORD:
            return []
        of_agreements = ((document, _units_of_agreements(units, entities)) for document, units, entities in rows)
        return [(document, units) for document, units in of_agreements if units]


def _units_of_agreements(units: str, entities: int) -> str:
    """Return those of the units that are agreements, which follow the entities."""
    first = RECORD_UNITS.start + entities
    return "".join(unit for unit in units if first <= ord(unit) < RECORD_UNITS.stop)
