"""The SQL that writes a document's index terms, and the rows of its records by which all documents are filtered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from alliance_tui.library.index.terms import (
    IndexTerm,
    agreement_terms,
    index_terms,
    unit_of_agreement,
    with_agreements_at,
)
from alliance_tui.library.storage.sqlite import is_corrupt
from alliance_tui.records import Agreement, Analysis, Entity, Kind
from alliance_tui.review.labels import reader_labels
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.search.indexing.entity_agreement_links import link_entities_to_agreements
from alliance_tui.search.plan.conditions import DOCUMENT_POSITION, section_key

_AGREEMENT_COLUMNS = (
    *("document", "position", "kind", "strength", "domain", "deadline", "earliest", "latest", "amounts"),
    *("instrument", "attribution", "start", "parties", "title"),
    *("section", "party_count", "reaffirms", "restates", "confidence"),
)

_DOCUMENT_TABLES = ("postings", "entities", "forms", "agreements", "parties", "mentioned", "amounts", "roles", "labels")
_TEXT_COLUMNS = {
    "keys": ("role", "key"),
    "postings": ("units",),
    "names": ("name",),
    "entities": ("type",),
    "amounts": ("unit",),
    "roles": ("role",),
    "labels": ("label",),
    "agreements": ("kind", "domain", "deadline", "earliest", "latest", "parties", "title", "section"),
}


MARKS_POSITION = DOCUMENT_POSITION - 1
"""The position of the labels of entities and passages."""


def write_rows(db: sqlite3.Connection, number: int, reviewed: ReviewedAnalysis) -> None:
    """Write all rows of a document that has none yet, and its counts of records."""
    _write_records(db, number, reviewed.analysis)
    _write_labels(db, number, reviewed)
    _write_terms(db, number, index_terms(reviewed.analysis))


def write_changes(db: sqlite3.Connection, number: int, before: ReviewedAnalysis, after: ReviewedAnalysis) -> None:
    """Write the rows of a document in which it differs from what its rows say.

    A row that is there against expectation is replaced: a step of the reader is never refused for the index.
    """
    _write_label_changes(db, number, before, after)
    if before.analysis == after.analysis:
        return
    changed = changed_agreements(before.analysis, after.analysis)
    if changed is not None and all(unit_of_agreement(after.analysis, position) for position in changed):
        _rewrite_agreements(db, number, before.analysis, after.analysis, changed)
        return
    _delete_records(db, number, before.analysis)
    _write_records(db, number, after.analysis)
    terms_before, terms_after = index_terms(before.analysis), index_terms(after.analysis)
    gone = [term for term, units in terms_before.items() if terms_after.get(term) != units]
    _delete_terms(db, number, gone)
    changed_terms = {term: units for term, units in terms_after.items() if terms_before.get(term) != units}
    _write_terms(db, number, changed_terms)


_MAX_CHANGED = 20
"""The most changed agreements that are written one by one."""


def changed_agreements(before: Analysis, after: Analysis) -> list[int] | None:
    """Return the positions of the agreements that differ; None where more than a few of them do, or anything else."""
    pairs = list(zip(before.agreements, after.agreements, strict=False))
    same_number = len(pairs) == len(before.agreements) == len(after.agreements)
    if not (same_number and before.entities == after.entities and before.possible == after.possible):
        return None
    changed = [position for position, (one, other) in enumerate(pairs) if one != other]
    return changed if len(changed) <= _MAX_CHANGED else None


def _rewrite_agreements(
    db: sqlite3.Connection, number: int, before: Analysis, after: Analysis, positions: Sequence[int]
) -> None:
    """Write the rows and the index terms of a few agreements in place of those that they had."""
    names = json.dumps(list(_name_numbers(db, with_agreements_at(before, positions)).values()))
    where = "document = ? AND position IN (SELECT value FROM json_each(?))"
    values = (number, json.dumps(positions))
    for table in ("parties", "roles", "mentioned"):
        db.execute(f"DELETE FROM {table} WHERE name IN (SELECT value FROM json_each(?)) AND {where}", (names, *values))
    for table in ("agreements", "amounts"):
        db.execute(f"DELETE FROM {table} WHERE {where}", values)
    few = with_agreements_at(after, positions)
    name_numbers = _name_numbers(db, few)
    _write_agreements(db, number, few.agreements, name_numbers, positions)
    _write_mentioned(db, number, few, name_numbers, positions)
    count = sum(each.kind is Kind.AGREEMENT for each in after.agreements)
    db.execute("UPDATE documents SET agreements = ? WHERE number = ?", (count, number))
    terms_before, terms_after = agreement_terms(before, positions), agreement_terms(after, positions)
    for position in positions:
        unit = unit_of_agreement(after, position) or ""
        _change_unit(db, number, terms_before[position] - terms_after[position], unit, is_in=False)
        _change_unit(db, number, terms_after[position] - terms_before[position], unit, is_in=True)


def _change_unit(db: sqlite3.Connection, number: int, terms: Iterable[IndexTerm], unit: str, *, is_in: bool) -> None:
    """Write that terms of a document are in a unit, or no longer."""
    query = """SELECT units FROM postings
        WHERE document = ? AND key = (SELECT number FROM keys WHERE (role, key) = (?, ?))"""
    gone: list[IndexTerm] = []
    changed: dict[IndexTerm, str] = {}
    for kind, term in terms:
        (units,) = db.execute(query, (number, kind, term)).fetchone() or ("",)
        kept = set(units) - {unit} | ({unit} if is_in else set())
        if kept:
            changed[kind, term] = "".join(sorted(kept))
        else:
            gone.append((kind, term))
    _delete_terms(db, number, gone)
    _write_terms(db, number, changed)


def _delete_terms(db: sqlite3.Connection, number: int, terms: Iterable[IndexTerm]) -> None:
    db.executemany(
        "DELETE FROM postings WHERE document = ? AND key = (SELECT number FROM keys WHERE (role, key) = (?, ?))",
        ((number, kind, term) for kind, term in terms),
    )


def _write_terms(db: sqlite3.Connection, number: int, terms: Mapping[IndexTerm, str]) -> None:
    db.executemany("INSERT OR IGNORE INTO keys (role, key) VALUES (?, ?)", terms)
    db.executemany(
        "INSERT OR REPLACE INTO postings SELECT number, ?, ? FROM keys WHERE (role, key) = (?, ?)",
        ((number, units, kind, term) for (kind, term), units in terms.items()),
    )


def _write_records(db: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    name_numbers = _name_numbers(db, analysis)
    _write_entities(db, number, analysis.entities, name_numbers)
    positions = range(len(analysis.agreements))
    _write_agreements(db, number, analysis.agreements, name_numbers, positions)
    _write_mentioned(db, number, analysis, name_numbers, positions)
    counts = (len(analysis.entities), sum(each.kind is Kind.AGREEMENT for each in analysis.agreements))
    db.execute("UPDATE documents SET entities = ?, agreements = ? WHERE number = ?", (*counts, number))


def _delete_records(db: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    """Delete the rows of a document's records, by its names: the tables have no index on documents."""
    names = json.dumps(list(_name_numbers(db, analysis).values()))
    for table in ("entities", "forms", "parties", "mentioned", "roles"):
        column = "form" if table == "forms" else "name"
        query = f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) AND document = ?"
        db.execute(query, (names, number))
    for table in ("agreements", "amounts"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))


def label_rows(reviewed: ReviewedAnalysis) -> set[tuple[str, int]]:
    """Return the labels of a document's agreements with the position of each, the possible ones last; those of the
    document at DOCUMENT_POSITION, and those of its entities and passages at MARKS_POSITION."""
    analysis = reviewed.analysis
    labels = reader_labels(reviewed)
    records = enumerate((*analysis.agreements, *analysis.possible))
    own = ((position, set(labels.records.get(record.id, ())) - set(labels.document)) for position, record in records)
    rows = {(label, position) for position, of_record in own for label in of_record}
    rows |= {(label, DOCUMENT_POSITION) for label in labels.document}
    of_others = (
        *(labels.records.get(entity.id, ()) for entity in analysis.entities),
        *(passage.labels for passage in labels.passages),
    )
    return rows | {(label, MARKS_POSITION) for each in of_others for label in each}


def rewrite_labels(db: sqlite3.Connection, number: int, reviewed: ReviewedAnalysis) -> None:
    """Write the labels of a document in place of those that it has."""
    db.execute("DELETE FROM labels WHERE document = ?", (number,))
    _write_labels(db, number, reviewed)


def _write_label_changes(
    db: sqlite3.Connection, number: int, before: ReviewedAnalysis, after: ReviewedAnalysis
) -> None:
    old, new = (label_rows(each) for each in _where_reviews_differ(before, after))
    statement = "DELETE FROM labels WHERE (label, document, position) = (?, ?, ?)"
    db.executemany(statement, ((label, number, position) for label, position in old - new))
    statement = "INSERT OR REPLACE INTO labels (label, document, position) VALUES (?, ?, ?)"
    db.executemany(statement, ((label, number, position) for label, position in new - old))


def _where_reviews_differ(
    before: ReviewedAnalysis, after: ReviewedAnalysis
) -> tuple[ReviewedAnalysis, ReviewedAnalysis]:
    """Return both without the reviews that are the very same in them, of records at the same positions."""
    old, new = (
        [record.id for record in (*each.analysis.agreements, *each.analysis.possible)] for each in (before, after)
    )
    if old != new or before.document_marks != after.document_marks:
        return before, after
    ids = before.reviews.keys() | after.reviews.keys()
    differing = [id_ for id_ in ids if before.reviews.get(id_) is not after.reviews.get(id_)]
    first, second = ({id_: each.reviews[id_] for id_ in differing if id_ in each.reviews} for each in (before, after))
    return replace(before, reviews=first), replace(after, reviews=second)


def _write_labels(db: sqlite3.Connection, number: int, reviewed: ReviewedAnalysis) -> None:
    rows = ((label, number, position) for label, position in label_rows(reviewed))
    db.executemany("INSERT INTO labels (label, document, position) VALUES (?, ?, ?)", rows)


def differs(db: sqlite3.Connection, number: int, reviewed: ReviewedAnalysis) -> bool:
    """Whether the rows of a document's records are not those of its analysis as the reader sees it."""
    stored = set(db.execute("SELECT label, position FROM labels WHERE document = ?", (number,)))
    query = """SELECT kind, strength, domain, deadline, start, parties, title FROM agreements
        WHERE document = ? ORDER BY position"""
    expected = [
        (
            *(each.kind, each.strength.rank if each.strength else None, each.domain),
            *(each.deadline.edtf if each.deadline else None, each.evidence.start),
            *(", ".join(each.parties), each.title),
        )
        for each in reviewed.analysis.agreements
    ]
    return stored != label_rows(reviewed) or list(db.execute(query, (number,))) != expected


def delete_all_rows(db: sqlite3.Connection) -> None:
    """Delete all rows of all documents."""
    for table in (*_DOCUMENT_TABLES, "keys", "names"):
        db.execute(f"DELETE FROM {table}")


def has_damaged_rows(db: sqlite3.Connection) -> bool:
    """Whether a row cannot be read, or has a string that is not text or not UTF-8."""
    try:
        return any(
            _has_damaged_text(db, table, column) for table, columns in _TEXT_COLUMNS.items() for column in columns
        )
    except sqlite3.DatabaseError as error:
        if not is_corrupt(error):
            raise
        return True


def _has_damaged_text(db: sqlite3.Connection, table: str, column: str) -> bool:
    query = f"SELECT typeof({column}), CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL"
    for type_, value in db.execute(query):
        if type_ != "text":
            return True
        try:
            value.decode("utf-8")
        except UnicodeDecodeError:
            return True
    return False


def delete_orphans(db: sqlite3.Connection) -> None:
    """Delete the rows that no document refers to."""
    for table in _DOCUMENT_TABLES:
        db.execute(f"DELETE FROM {table} WHERE document NOT IN (SELECT number FROM documents)")
    db.execute("DELETE FROM keys WHERE number NOT IN (SELECT key FROM postings)")
    db.execute("""DELETE FROM names WHERE number NOT IN (
        SELECT name FROM entities UNION SELECT form FROM forms UNION SELECT name FROM parties
        UNION SELECT name FROM roles UNION SELECT instrument FROM agreements WHERE instrument IS NOT NULL
        UNION SELECT attribution FROM agreements WHERE attribution IS NOT NULL)""")


def _name_numbers(db: sqlite3.Connection, analysis: Analysis) -> dict[str, int]:
    """Return the number of each name in the analysis; new names are written."""
    names = {form for entity in analysis.entities for form in (entity.name, *entity.forms)}
    for agreement in analysis.agreements:
        names.update(name for name in (*agreement.parties, agreement.instrument, agreement.attribution) if name)
        names.update(*agreement.roles.by_role().values())
    db.executemany("INSERT OR IGNORE INTO names (name) VALUES (?)", ((name,) for name in names))
    query = "SELECT number FROM names WHERE name = ?"
    return {name: db.execute(query, (name,)).fetchone()[0] for name in names}


def _write_entities(
    db: sqlite3.Connection, number: int, entities: Iterable[Entity], name_numbers: dict[str, int]
) -> None:
    for position, entity in enumerate(entities):
        row = (name_numbers[entity.name], number, position, entity.type, len(entity.mentions))
        db.execute("INSERT OR REPLACE INTO entities VALUES (?, ?, ?, ?, ?)", row)
        forms = (
            (name_numbers[form], name_numbers[entity.name], number) for form in entity.forms if form != entity.name
        )
        db.executemany("INSERT OR IGNORE INTO forms VALUES (?, ?, ?)", forms)


def _write_agreements(
    db: sqlite3.Connection,
    number: int,
    agreements: Sequence[Agreement],
    name_numbers: dict[str, int],
    positions: Sequence[int],
) -> None:
    for position, agreement in zip(positions, agreements, strict=True):
        strength, deadline = agreement.strength, agreement.deadline
        row = (
            *(number, position, agreement.kind, strength.rank if strength else None, agreement.domain),
            *((deadline.edtf, deadline.earliest, deadline.latest) if deadline else (None, None, None)),
            len(agreement.amounts),
            *(name_numbers.get(name or "") for name in (agreement.instrument, agreement.attribution)),
            *(agreement.evidence.start, ", ".join(agreement.parties), agreement.title),
            *(section_key(agreement), len(agreement.parties), agreement.reaffirms, agreement.same_as is not None),
            agreement.confidence,
        )
        db.execute(
            f"INSERT INTO agreements ({', '.join(_AGREEMENT_COLUMNS)}) VALUES ({', '.join('?' * len(row))})", row
        )
        parties = ((name_numbers[party], number, position) for party in agreement.parties)
        db.executemany("INSERT OR IGNORE INTO parties VALUES (?, ?, ?)", parties)
        roles = agreement.roles.by_role().items()
        holders = ((name_numbers[name], number, position, role) for role, names in roles for name in names)
        db.executemany("INSERT INTO roles VALUES (?, ?, ?, ?)", holders)
        amounts = ((number, position, amount.value, amount.unit) for amount in agreement.amounts)
        db.executemany("INSERT INTO amounts VALUES (?, ?, ?, ?)", amounts)


def _write_mentioned(
    db: sqlite3.Connection,
    number: int,
    analysis: Analysis,
    name_numbers: dict[str, int],
    positions: Sequence[int],
) -> None:
    names = {entity.id: entity.name for entity in analysis.entities}
    linked = link_entities_to_agreements(analysis).entities_by_agreement
    rows = (
        (name_numbers[names[entity]], number, position)
        for position, agreement in zip(positions, analysis.agreements, strict=True)
        for entity in linked[agreement.id]
    )
    db.executemany("INSERT OR IGNORE INTO mentioned VALUES (?, ?, ?)", rows)
