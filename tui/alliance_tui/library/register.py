"""The register of a library: the undertakings of all its documents, each with its statements, and their words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.library.agreement_parties import AgreementParties
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.links import read_linkable, read_links
from alliance_tui.library.statements import read_stored, store
from alliance_tui.library.storage.sqlite import transaction
from alliance_tui.linking.linker import Group, Link, RecordRef, same_groups, without_formulas
from alliance_tui.linking.parts import PartOf, parts_of, parts_with
from alliance_tui.linking.register import Change, RegisterContext, RegisterRow, Statement, changes
from alliance_tui.linking.status_words import StatusWords
from alliance_tui.linking.word_diff import DiffRun, Side, word_diff
from alliance_tui.records import Agreement, Domain, Kind, Strength
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.record_links import LinkDecision, LinkedRecord
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.search.plan.conditions import DOCUMENT_POSITION, POSSIBLE

_Place = tuple[int, int]
"""A document's number, and a position among its agreements: equal to a RecordRef, and made faster."""


def load_register(library: LibraryReader, today: str, decisions: Iterable[LinkDecision] = ()) -> list[RegisterRow]:
    """Return a row for each undertaking, in order of first statement.

    `today` is an ISO day. `decisions` are what the reader said of links (review.record_links). Copies of one text count
    once; rejected agreements are no statements, and join none.
    """
    statements = _read_statements(library.db)
    context = RegisterContext(today, statements.values())
    links = _decided_links(library.db, decisions)
    groups = same_groups(link for link in links if link.first in statements and link.second in statements)
    group_of: dict[_Place, Group] = {member: group for group in groups for member in group.members}
    begun: dict[int, tuple[int, list[Statement]]] = {}
    """The groups of which a statement was come to, by identity, each with the index of its row."""
    rows: list[RegisterRow] = []
    for place, statement in statements.items():  # in order of date, and so are the members of each group
        if (group := group_of.get(place)) is None:
            rows.append(RegisterRow((statement,), context))
        elif id(group) not in begun:
            begun[id(group)] = len(rows), [statement]
            rows.append(RegisterRow((statement,), context, group.confidence))
        else:
            index, members = begun[id(group)]
            members.append(statement)
            rows[index] = RegisterRow(tuple(members), context, group.confidence)
    return rows


def _read_statements(db: sqlite3.Connection) -> dict[_Place, Statement]:
    """Return the agreements that are not rejected in order of date, those of copies of a text once."""
    originals = "SELECT min(number) FROM documents GROUP BY text ORDER BY coalesce(date, ''), min(number)"
    numbers = [number for (number,) in db.execute(originals)]
    stored = read_stored(db)
    if missing := [number for number in numbers if number not in stored]:
        stored |= _make_and_store(db, missing)
    labels, labels_of_documents = _read_labels(db)
    labelled = {document for document, _ in labels} | labels_of_documents.keys()
    statements: dict[_Place, Statement] = {}
    for number in numbers:
        of_document: Iterable[Statement] = stored[number]
        if number in labelled:
            of_document = _with_labels(of_document, labels, labels_of_documents.get(number, _NONE))
        statements |= {(number, statement.position): statement for statement in of_document}
    return statements


def _with_labels(
    statements: Iterable[Statement], labels: Mapping[_Place, frozenset[str]], of_document: frozenset[str]
) -> Iterator[Statement]:
    """Yield the statements of a document that are not rejected, with what the reader did with each and with it."""
    for statement in statements:
        of_record = labels.get((statement.document, statement.position), _NONE)
        if Judgement.REJECTED not in of_record:
            yield replace(statement, labels=of_record | of_document)


def _make_and_store(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[Statement]]:
    """Return the statements of documents, made of their rows, and keep them for the next time if that can be written.

    One transaction: what another process changes meanwhile would be kept as it was.
    """
    try:
        with transaction(db):
            made = _make_statements(db, numbers)
            store(db, made)
    except sqlite3.OperationalError:
        return _make_statements(db, numbers)
    return made


def _make_statements(db: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[Statement]]:
    """Return the agreements of documents as their rows have them, whatever the reader did with them."""
    query = """SELECT document, position, coalesce(date, ''), agreements.title, parties, strength, deadline, earliest,
        latest, domain, names.name, reaffirms, start FROM agreements JOIN documents ON documents.number = document
        LEFT JOIN names ON names.number = instrument
        WHERE agreements.kind = ? AND document IN (SELECT value FROM json_each(?)) ORDER BY document, position"""
    chosen = msgspec.json.encode(numbers).decode()
    parties = AgreementParties(db)
    domains: dict[str | None, Domain | None] = {domain.value: domain for domain in Domain}
    strengths: dict[int | None, Strength | None] = dict(enumerate(Strength))
    status_words = _read_status_words(db, chosen)
    made: dict[int, list[Statement]] = {number: [] for number in numbers}
    for row in db.execute(query, (Kind.AGREEMENT, chosen)):
        document, position, date, title, shown, rank, deadline, earliest, latest, *others = row
        domain, instrument, reaffirms, start = others
        said = status_words.get((document, position), _NOTHING_SAID)
        statement = Statement(
            document,
            position,
            date,
            title,
            parties.split(document, position, shown),
            strengths.get(rank),
            deadline,
            earliest,
            latest,
            domains.get(domain),
            instrument,
            bool(reaffirms),
            said.progress,
            start,
            said.is_done,
            said.is_limit,
            said.is_act,
            said.is_engagement,
        )
        made[document].append(statement)
    return made


_NONE: frozenset[str] = frozenset()
_NOTHING_SAID = StatusWords()


def _read_status_words(db: sqlite3.Connection, numbers: str) -> dict[_Place, StatusWords]:
    """Return what the agreements of documents (JSON) say of their status, where they say anything."""
    query = """SELECT document, position, progress, is_done, is_limit, is_act, is_engagement FROM status_words
        WHERE document IN (SELECT value FROM json_each(?))"""
    return {
        (document, position): StatusWords(progress, *map(bool, said))
        for document, position, progress, *said in db.execute(query, (numbers,))
    }


def _read_labels(db: sqlite3.Connection) -> tuple[dict[_Place, frozenset[str]], dict[int, frozenset[str]]]:
    """Return the labels of agreements by their places, and those of documents by their numbers."""
    of_records: dict[_Place, set[str]] = defaultdict(set)
    of_documents: dict[int, set[str]] = defaultdict(set)
    query = "SELECT label, document, position FROM labels WHERE label <> ?"
    for label, document, position in db.execute(query, (POSSIBLE,)):
        if position == DOCUMENT_POSITION:
            of_documents[document].add(label)
        else:
            of_records[document, position].add(label)
    return (
        {place: frozenset(labels) for place, labels in of_records.items()},
        {document: frozenset(labels) for document, labels in of_documents.items()},
    )


def _decided_links(db: sqlite3.Connection, decisions: Iterable[LinkDecision]) -> list[Link]:
    """Return the links as the reader decided: what was confirmed is certain, what was cut is none."""
    links = without_formulas(read_links(db))
    decided: dict[tuple[RecordRef, RecordRef], Link | None] = {}
    refs = _DecidedRecords(db)
    for decision in decisions:
        for first in refs.of(decision.first):
            for second in refs.of(decision.second):
                one, other = sorted((first, second))
                is_link = decision.is_same and one != other
                decided[one, other] = Link(one, other, 1.0, ("a reader says so",)) if is_link else None
    if not decided:
        return links
    kept = [link for link in links if (min(link.first, link.second), max(link.first, link.second)) not in decided]
    return kept + [link for link in decided.values() if link]


class _DecidedRecords:
    """Finds the records that decisions name in the library's documents."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def of(self, linked: LinkedRecord) -> list[RecordRef]:
        """Return where a record is: once for each document with its text; nowhere if its text or it is gone."""
        query = "SELECT documents.number FROM documents JOIN texts ON texts.number = text WHERE sha256 = ?"
        return [
            RecordRef(number, record.position)
            for (number,) in self._db.execute(query, (linked.document,))
            for record in read_linkable(self._db, number)
            if record.id == linked.record
        ]


class LifeEntry(Struct, frozen=True):
    """One statement in the life of an undertaking: its document, its record, and how it differs from the one before.

    `words` are those of its quote and of the one before it, `reasons` those of the links to earlier statements. `parts`
    are the relations of part and whole that it has in its document.
    """

    statement: Statement
    document: LibraryDocument
    agreement: Agreement
    changes: tuple[Change, ...]
    words: tuple[DiffRun, ...]
    reasons: tuple[str, ...]
    parts: tuple[PartOf, ...] = ()


def load_life(library: LibraryReader, row: RegisterRow) -> list[LifeEntry]:
    """Return the statements of an undertaking in order of date, without those of documents that cannot be read."""
    entries: list[LifeEntry] = []
    reasons = _reasons_of(library.db, row)
    for statement in row.statements:
        document = library.get(statement.document)
        if document is None:
            continue
        try:
            reviewed = library.load_reviewed(document)
            agreement = reviewed.analysis.agreements[statement.position]
        except (DamagedDocumentError, KeyError, IndexError):
            continue
        quote = agreement.evidence.quote
        before = entries[-1] if entries else None
        entries.append(
            LifeEntry(
                statement,
                document,
                agreement,
                changes(before.statement, statement) if before else (),
                tuple(word_diff(before.agreement.evidence.quote, quote)) if before else (DiffRun(Side.BOTH, quote),),
                reasons.get((statement.document, statement.position), ()),
                parts_with(parts_of(reviewed.analysis, without=_rejected(reviewed)), agreement.id),
            )
        )
    return entries


def _rejected(reviewed: ReviewedAnalysis) -> set[str]:
    ids = (agreement.id for agreement in reviewed.analysis.agreements)
    return {each for each in ids if reviewed.judgement_of(each) is Judgement.REJECTED}


def _reasons_of(db: sqlite3.Connection, row: RegisterRow) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the reasons of the links of each statement to those before it."""
    places = {RecordRef(each.document, each.position): index for index, each in enumerate(row.statements)}
    documents = sorted({each.document for each in row.statements})
    reasons: dict[tuple[int, int], tuple[str, ...]] = {}
    for link in read_links(db, with_reasons=True, documents=documents):
        first, second = places.get(link.first), places.get(link.second)
        if first is not None and second is not None:
            later = row.statements[max(first, second)]
            reasons.setdefault((later.document, later.position), link.reasons)
    return reasons
