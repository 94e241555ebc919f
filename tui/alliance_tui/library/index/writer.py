"""What is asked of the records of all documents at once, kept as rows beside the analyses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from alliance_tui.library.index.terms import index_terms
from alliance_tui.library.sqlite import is_corrupt
from alliance_tui.records import Agreement, Analysis, Entity

_AGREEMENT = (
    *("document", "position", "kind", "strength", "domain", "deadline", "earliest", "latest", "amounts"),
    *("instrument", "attribution", "start", "parties", "title"),
)

_OF_DOCUMENTS = ("postings", "entities", "forms", "agreements", "parties")
_TEXTS = {
    "keys": ("role", "key"),
    "postings": ("units",),
    "names": ("name",),
    "entities": ("type",),
    "agreements": ("kind", "domain", "deadline", "earliest", "latest", "parties", "title"),
}


def write_rows(db: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    """Keep the rows of the document of this number. It has none yet."""
    names = _numbered(db, analysis)
    _save_entities(db, number, analysis.entities, names)
    _save_agreements(db, number, analysis.agreements, names)
    write_index_terms(db, number, analysis)


def write_index_terms(db: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    """Keep what the document of this number is looked up by. It has no keys yet."""
    found = index_terms(analysis)
    db.executemany("INSERT OR IGNORE INTO keys (role, key) VALUES (?, ?)", found)
    db.executemany(
        "INSERT INTO postings SELECT number, ?, ? FROM keys WHERE (role, key) = (?, ?)",
        ((number, units, role, key) for (role, key), units in found.items()),
    )


def delete_all_rows(db: sqlite3.Connection) -> None:
    """Drop all rows that are kept here."""
    for table in (*_OF_DOCUMENTS, "keys", "names"):
        db.execute(f"DELETE FROM {table}")


def has_damaged_rows(db: sqlite3.Connection) -> bool:
    """Whether a row that is kept here cannot be read, or has a text that is none or is no UTF-8."""
    try:
        return any(_has_broken_text(db, table, column) for table, columns in _TEXTS.items() for column in columns)
    except sqlite3.DatabaseError as error:
        if not is_corrupt(error):
            raise
        return True


def _has_broken_text(db: sqlite3.Connection, table: str, column: str) -> bool:
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
    """Drop the rows that no document leads to any more."""
    for table in _OF_DOCUMENTS:
        db.execute(f"DELETE FROM {table} WHERE document NOT IN (SELECT number FROM documents)")
    db.execute("DELETE FROM keys WHERE number NOT IN (SELECT key FROM postings)")
    db.execute("""DELETE FROM names WHERE number NOT IN (
        SELECT name FROM entities UNION SELECT form FROM forms UNION SELECT name FROM parties
        UNION SELECT instrument FROM agreements WHERE instrument IS NOT NULL
        UNION SELECT attribution FROM agreements WHERE attribution IS NOT NULL)""")


def _numbered(db: sqlite3.Connection, analysis: Analysis) -> dict[str, int]:
    """The number of each name in the analysis; new ones are put in."""
    names = {form for entity in analysis.entities for form in (entity.name, *entity.forms)}
    for agreement in analysis.agreements:
        names.update(name for name in (*agreement.parties, agreement.instrument, agreement.attribution) if name)
    db.executemany("INSERT OR IGNORE INTO names (name) VALUES (?)", ((name,) for name in names))
    query = "SELECT number FROM names WHERE name = ?"
    return {name: db.execute(query, (name,)).fetchone()[0] for name in names}


def _save_entities(db: sqlite3.Connection, number: int, entities: Iterable[Entity], names: dict[str, int]) -> None:
    for position, entity in enumerate(entities):
        row = (names[entity.name], number, position, entity.type, len(entity.mentions))
        db.execute("INSERT INTO entities VALUES (?, ?, ?, ?, ?)", row)
        forms = ((names[form], names[entity.name], number) for form in entity.forms if form != entity.name)
        db.executemany("INSERT OR IGNORE INTO forms VALUES (?, ?, ?)", forms)


def _save_agreements(
    db: sqlite3.Connection, number: int, agreements: Iterable[Agreement], names: dict[str, int]
) -> None:
    for position, agreement in enumerate(agreements):
        strength, deadline = agreement.strength, agreement.deadline
        row = (
            *(number, position, agreement.kind, strength.rank if strength else None, agreement.domain),
            *((deadline.edtf, deadline.earliest, deadline.latest) if deadline else (None, None, None)),
            *(len(agreement.amounts), names.get(agreement.instrument or ""), names.get(agreement.attribution or "")),
            *(agreement.evidence.start, ", ".join(agreement.parties), agreement.title),
        )
        db.execute(f"INSERT INTO agreements ({', '.join(_AGREEMENT)}) VALUES ({', '.join('?' * len(row))})", row)
        parties = ((names[party], number, position) for party in agreement.parties)
        db.executemany("INSERT OR IGNORE INTO parties VALUES (?, ?, ?)", parties)
