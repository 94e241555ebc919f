"""The entities and agreements of all documents together: one "Japan" for the whole library.

Entities are taken for one where their names fold to the same letters (case, accents, hyphens and dots aside) and their
types are the same. So what documents call by one name is one here, be it one thing or two: two people called Maria
Silva are not told apart; a state and a place of one name are, by their types. A thing that documents call by different
canonical names stays several, but each is found by any form that some document uses for it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate

import msgspec
from msgspec import Struct

from alliance_tui.records import Analysis, Document, Entity, EntityType, Kind, Mention, Strength
from alliance_tui.search.engine import search
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex

_KEPT = "document IN (SELECT number FROM documents)"
_TYPES = ", ".join(f"'{type_}'" for type_ in EntityType)


class CorpusEntity(Struct, frozen=True, gc=False):
    """An entity of the library: its commonest name, in how many documents it is, and how often it is mentioned there.

    `names` are the numbers of all names that are taken for one.
    """

    name: str
    type: EntityType
    documents: int
    mentions: int
    name_numbers: tuple[int, ...]


class AgreementSummary(Struct, frozen=True):
    """An agreement of the library: the number of its document, its place in the analysis, and what tells it in a line.

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
    """The entities of a library as it was when this was made, those of the most documents first."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.entities = tuple(_merged(db))
        self._forms = _forms(db)
        self._index: SearchIndex | None = None

    def find(self, query: str, limit: int = 200) -> list[CorpusEntity]:
        """At most so many of the entities that the query finds by any of their forms, typos forgiven, best first."""
        if not query.strip():
            return list(self.entities[:limit])
        if self._index is None:
            self._index = SearchIndex.build("", self._as_analysis())
        found = search(self._index, query).entities
        best = [(match.match_type.rank, -int(10 * (match.score % 1)), int(match.record_id)) for match in found]
        return [self.entities[place] for _, _, place in sorted(best)[:limit]]

    def _as_analysis(self) -> Analysis:
        """Each entity standing on a line of its own."""
        document = Document.from_text("\n".join(entity.name for entity in self.entities), title="entities")
        starts = accumulate((len(entity.name) + 1 for entity in self.entities), initial=0)
        entities = tuple(
            Entity(
                str(place),
                entity.name,
                entity.type,
                (entity.name, *(form for name in entity.name_numbers for form in self._forms.get(name, ()))),
                (Mention(document.span(at, at + len(entity.name))),),
            )
            for place, (entity, at) in enumerate(zip(self.entities, starts, strict=False))
        )
        return Analysis(document, entities, (), "", "")


def agreements_of(db: sqlite3.Connection, entity: CorpusEntity) -> Iterator[AgreementSummary]:
    """The records of agreements to which the entity is a party, those of the latest documents first."""
    marks = ", ".join("?" * len(entity.name_numbers))
    query = f"""SELECT DISTINCT agreements.document, agreements.position, agreements.title, agreements.kind, strength,
            agreements.parties, deadline, documents.date, documents.title
        FROM parties JOIN agreements USING (document, position) JOIN documents ON documents.number = agreements.document
        WHERE parties.name IN ({marks})
        ORDER BY documents.date IS NULL, documents.date DESC, agreements.document, agreements.position"""
    strengths: dict[int | None, Strength | None] = {None: None, **{one.rank: one for one in Strength}}
    names = AgreementSummary.__struct_fields__
    for row in db.execute(query, entity.name_numbers):
        with suppress(KeyError, msgspec.ValidationError):  # a damaged row
            fields = dict(zip(names, row, strict=True))
            yield msgspec.convert({**fields, "strength": strengths[fields["strength"]]}, AgreementSummary)


def _merged(db: sqlite3.Connection) -> list[CorpusEntity]:
    query = f"""SELECT entities.name, names.name, type, count(DISTINCT document), sum(mentions)
        FROM entities JOIN names ON names.number = entities.name
        WHERE {_KEPT} AND typeof(names.name) = 'text' AND type IN ({_TYPES}) GROUP BY entities.name, type
        ORDER BY 4 DESC, 5 DESC"""
    alike: dict[tuple[str, str], list[tuple[int, int, int, str]]] = defaultdict(list)
    for number, name, type_, documents, mentions in db.execute(query):
        alike[fold(name) or name, type_].append((documents, mentions, number, name))
    found = [_one(db, type_, some) for (_, type_), some in alike.items()]
    found.sort(key=lambda entity: (-entity.documents, -entity.mentions, entity.name))
    return found


def _one(db: sqlite3.Connection, type_: str, some: list[tuple[int, int, int, str]]) -> CorpusEntity:
    documents, _, _, name = max(some)
    numbers = tuple(number for _, _, number, _ in some)
    if len(some) > 1:  # a document may have more than one of the names
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT count(DISTINCT document) FROM entities WHERE name IN ({marks}) AND type = ? AND {_KEPT}"
        (documents,) = db.execute(query, (*numbers, type_)).fetchone()
    return CorpusEntity(name, EntityType(type_), documents, sum(mentions for _, mentions, _, _ in some), numbers)


def _forms(db: sqlite3.Connection) -> dict[int, list[str]]:
    """The further forms that documents use, by the number of the name."""
    query = f"""SELECT DISTINCT forms.name, names.name FROM forms JOIN names ON names.number = form
        WHERE {_KEPT} AND typeof(names.name) = 'text'"""
    forms: dict[int, list[str]] = defaultdict(list)
    for name, form in db.execute(query):
        forms[name].append(form)
    return forms
