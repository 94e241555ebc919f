"""The entities and agreements of all documents together: one "Japan" for the whole library.

Entities are merged if their folded names (without case, accents, hyphens and dots) and their types are equal. Two
people called Maria Silva are therefore one; a state and a place of one name are two. An entity that documents call by
different canonical names stays several, but each is found by any surface form that some document uses for it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec
from msgspec import Struct

from alliance_tui.records import EntityType, Kind, Strength
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.record_fields import IndexedName
from alliance_tui.search.indexing.search_index import SearchIndex

_IN_LIBRARY = "document IN (SELECT number FROM documents)"
_TYPES = ", ".join(f"'{type_}'" for type_ in EntityType)


class CorpusEntity(Struct, frozen=True, gc=False):
    """An entity of the library: its commonest name, with the numbers of its documents and of its mentions in them.

    `name_numbers` are the rows of all names that were merged.
    """

    name: str
    type: EntityType
    documents: int
    mentions: int
    name_numbers: tuple[int, ...]


class AgreementSummary(Struct, frozen=True):
    """An agreement of the library in one line; `position` is its index in the analysis of document `document`.

    `deadline` is EDTF; `date` and `document_title` are the document's.
    """

    document: int
    position: int
    title: str
    kind: Kind
    strength: Strength | None
    parties: str
    deadline: str | None
    date: str | None
    document_title: str


class CorpusEntities:
    """The entities of a library at the time of construction, those of the most documents first."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.entities = tuple(_merge_entities(db))
        self._forms = _load_forms(db)
        self._index: SearchIndex | None = None

    def find(self, query: str, limit: int = 200) -> list[CorpusEntity]:
        """Return up to `limit` entities that a query matches by any surface form, best match first."""
        if not query.strip():
            return list(self.entities[:limit])
        if self._index is None:
            self._index = SearchIndex.of_names(map(self._indexed_name, range(len(self.entities))))
        matches = search(self._index, query).entities
        ranked = sorted((m.match_type.rank, -int(10 * (m.score % 1)), int(m.record_id)) for m in matches)
        return [self.entities[number] for _, _, number in ranked[:limit]]

    def _indexed_name(self, number: int) -> IndexedName:
        entity = self.entities[number]
        forms = (form for name in entity.name_numbers for form in self._forms.get(name, ()))
        return IndexedName(str(number), entity.name, (entity.name, *forms), entity.type)


def agreements_of(db: sqlite3.Connection, entity: CorpusEntity) -> Iterator[AgreementSummary]:
    """Yield the agreements to which the entity is a party, those of the latest documents first."""
    placeholders = ", ".join("?" * len(entity.name_numbers))
    query = f"""SELECT DISTINCT agreements.document, agreements.position, agreements.title, agreements.kind, strength,
            agreements.parties, deadline, documents.date, documents.title
        FROM parties JOIN agreements USING (document, position) JOIN documents ON documents.number = agreements.document
        WHERE parties.name IN ({placeholders})
        ORDER BY documents.date IS NULL, documents.date DESC, agreements.document, agreements.position"""
    strengths: dict[int | None, Strength | None] = {None: None, **{strength.rank: strength for strength in Strength}}
    names = AgreementSummary.__struct_fields__
    for row in db.execute(query, entity.name_numbers):
        with suppress(KeyError, msgspec.ValidationError):  # a damaged row
            fields = dict(zip(names, row, strict=True))
            yield msgspec.convert({**fields, "strength": strengths[fields["strength"]]}, AgreementSummary)


class _NameCount(NamedTuple):
    """A canonical name of one entity type; tuples sort by frequency."""

    documents: int
    mentions: int
    number: int
    name: str


def _merge_entities(db: sqlite3.Connection) -> list[CorpusEntity]:
    query = f"""SELECT entities.name, names.name, type, count(DISTINCT document), sum(mentions)
        FROM entities JOIN names ON names.number = entities.name
        WHERE {_IN_LIBRARY} AND typeof(names.name) = 'text' AND type IN ({_TYPES}) GROUP BY entities.name, type
        ORDER BY 4 DESC, 5 DESC"""
    by_folded_name: dict[tuple[str, str], list[_NameCount]] = defaultdict(list)
    for number, name, type_, documents, mentions in db.execute(query):
        by_folded_name[fold(name) or name, type_].append(_NameCount(documents, mentions, number, name))
    entities = [_merge_names(db, EntityType(type_), names) for (_, type_), names in by_folded_name.items()]
    entities.sort(key=lambda entity: (-entity.documents, -entity.mentions, entity.name))
    return entities


def _merge_names(db: sqlite3.Connection, type_: EntityType, names: Sequence[_NameCount]) -> CorpusEntity:
    commonest = max(names)
    documents = commonest.documents
    numbers = tuple(name.number for name in names)
    if len(names) > 1:  # a document may have more than one of the names
        placeholders = ", ".join("?" * len(numbers))
        query = f"""SELECT count(DISTINCT document) FROM entities
            WHERE name IN ({placeholders}) AND type = ? AND {_IN_LIBRARY}"""
        (documents,) = db.execute(query, (*numbers, type_)).fetchone()
    return CorpusEntity(commonest.name, type_, documents, sum(name.mentions for name in names), numbers)


def _load_forms(db: sqlite3.Connection) -> dict[int, list[str]]:
    """Return the further surface forms of each name, by the name's number."""
    query = f"""SELECT DISTINCT forms.name, names.name FROM forms JOIN names ON names.number = form
        WHERE {_IN_LIBRARY} AND typeof(names.name) = 'text'"""
    forms: dict[int, list[str]] = defaultdict(list)
    for number, form in db.execute(query):
        forms[number].append(form)
    return forms
