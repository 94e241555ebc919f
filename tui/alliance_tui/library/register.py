"""The register of a library: the undertakings of all its documents, each with its statements, and their words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from alliance_tui.library.agreement_parties import AgreementParties
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.links import read_linkable, read_links
from alliance_tui.linking.linker import Group, Link, RecordRef, same_groups, without_formulas
from alliance_tui.linking.register import Change, RegisterContext, RegisterRow, Statement, changes
from alliance_tui.linking.word_diff import DiffRun, Side, word_diff
from alliance_tui.records import Agreement, Domain, Kind, Strength
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.record_links import LinkDecision, LinkedRecord

_LADDER = tuple(Strength)


def load_register(library: LibraryReader, today: str, decisions: Iterable[LinkDecision] = ()) -> list[RegisterRow]:
    """Return a row for each undertaking, in order of first statement.

    `today` is an ISO day. `decisions` are what the reader said of links (review.record_links). Copies of one text count
    once.
    """
    statements = _read_statements(library.db)
    context = RegisterContext(today, statements.values())
    group_of = {ref: group for group in same_groups(_decided_links(library.db, decisions)) for ref in group.members}
    rows = []
    for ref, statement in statements.items():
        if (group := group_of.get(ref)) is None:
            rows.append(RegisterRow((statement,), context))
        elif members := _members(group, ref, statements):
            rows.append(RegisterRow(members, context, group.confidence if len(members) > 1 else 1.0))
    return rows


def _members(group: Group, ref: RecordRef, statements: dict[RecordRef, Statement]) -> tuple[Statement, ...]:
    """Return the statements of a group in order of date; none unless the one at `ref` is the first."""
    members = sorted((statements[each] for each in group.members if each in statements), key=_in_order_of_date)
    return tuple(members) if members[0] is statements[ref] else ()


def _in_order_of_date(statement: Statement) -> tuple[str, int, int]:
    return statement.date, statement.document, statement.position


def _read_statements(db: sqlite3.Connection) -> dict[RecordRef, Statement]:
    """Return the agreements that are not rejected in order of date, those of copies of a text once."""
    originals = "SELECT min(number), coalesce(date, '') FROM documents GROUP BY text"
    dates = dict(db.execute(originals))
    query = """SELECT agreements.document, agreements.position, agreements.title, agreements.parties, strength,
            deadline, earliest, latest, domain, names.name, reaffirms, coalesce(progress, ''), start,
            coalesce(is_done, 1), coalesce(is_limit, 1)
        FROM agreements LEFT JOIN names ON names.number = instrument
        LEFT JOIN status_words
            ON status_words.document = agreements.document AND status_words.position = agreements.position
        WHERE agreements.kind = ? AND NOT EXISTS (SELECT 1 FROM labels WHERE label = ?
            AND labels.document = agreements.document AND labels.position = agreements.position)"""
    parties = AgreementParties(db)
    by_document: dict[int, list[Statement]] = defaultdict(list)
    domains = {domain.value: domain for domain in Domain}
    for row in db.execute(query, (Kind.AGREEMENT, Judgement.REJECTED)):
        document, position, title, shown_parties, rank, deadline, earliest, latest, domain, instrument, *rest = row
        reaffirms, progress, start, is_done, is_limit = rest
        if (date := dates.get(document)) is not None:
            by_document[document].append(
                Statement(
                    document,
                    position,
                    date,
                    title,
                    parties.split(document, position, shown_parties),
                    None if rank is None else _LADDER[rank],
                    deadline,
                    earliest,
                    latest,
                    domains.get(domain),
                    instrument,
                    bool(reaffirms),
                    progress,
                    start,
                    bool(is_done),
                    bool(is_limit),
                )
            )
    return {
        RecordRef(document, statement.position): statement
        for document in sorted(by_document, key=lambda number: (dates[number], number))
        for statement in by_document[document]
    }


def _decided_links(db: sqlite3.Connection, decisions: Iterable[LinkDecision]) -> list[Link]:
    """Return the links as the reader decided: what was confirmed is certain, what was cut is none."""
    links = {frozenset((link.first, link.second)): link for link in without_formulas(read_links(db))}
    refs = _DecidedRecords(db)
    for decision in decisions:
        for first in refs.of(decision.first):
            for second in refs.of(decision.second):
                links.pop(frozenset((first, second)), None)
                if decision.is_same and first != second:
                    ordered = sorted((first, second))
                    link = Link(ordered[0], ordered[1], 1.0, ("a reader says so",))
                    links[frozenset(ordered)] = link
    return list(links.values())


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

    `words` are those of its quote and of the one before it, `reasons` those of the links to earlier statements.
    """

    statement: Statement
    document: LibraryDocument
    agreement: Agreement
    changes: tuple[Change, ...]
    words: tuple[DiffRun, ...]
    reasons: tuple[str, ...]


def load_life(library: LibraryReader, row: RegisterRow) -> list[LifeEntry]:
    """Return the statements of an undertaking in order of date, without those of documents that cannot be read."""
    entries: list[LifeEntry] = []
    reasons = _reasons_of(library.db, row)
    for statement in row.statements:
        document = library.get(statement.document)
        if document is None:
            continue
        try:
            agreement = library.load_reviewed(document).analysis.agreements[statement.position]
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
            )
        )
    return entries


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
