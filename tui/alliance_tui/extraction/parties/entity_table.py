"""The entities of a document and what its noun phrases stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.name_patterns import find_issuing_bodies
from alliance_tui.extraction.mentions.recognition import recognise_mentions, unwrap_lines
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.document_parties import assign_officials, find_document_parties
from alliance_tui.extraction.parties.document_title import office_without_holder, title_lines
from alliance_tui.extraction.parties.group_mentions import GroupMention, find_group_mentions
from alliance_tui.extraction.parties.party_mapping import named_group_members
from alliance_tui.extraction.parties.party_resolver import Issuer, PartyResolver
from alliance_tui.extraction.parties.speaker_parties import issuing_state
from alliance_tui.records import Document, Entity, Mention, record_id

if TYPE_CHECKING:
    from spacy.tokens import Token


_RECALL = 200
"""How many names back "the company" or "the Prime Minister" may reach."""


class EntityTable:
    """The entities of one document.

    `entities` come in order of first mention. `principals` are the canonical names of the parties for whom the
    document speaks: those that "we", "both sides" and "the two leaders" mean where nothing nearer does. `members` are
    those of the small formats that it names with all of them.
    """

    def __init__(self, document: Document, passages: Sequence[Passage], end: int) -> None:
        text = unwrap_lines(document.text[:end], passages)
        self._namings, people = recognise_mentions(text, passages)
        self._starts = [naming.start for naming in self._namings]
        self.group_members = named_group_members(self._namings, people)
        speaking = find_document_parties(document.title, text, passages, self._namings, people)
        self.document_parties = tuple(name for one in speaking for name in self.group_members.get(one, (one,)))
        assign_officials(document.title, self.document_parties, self._namings, people)
        titles = (document.title, *(text[a:b] for a, b in title_lines(text, passages)[:1]))
        office = next((office for title in titles if (office := office_without_holder(title))), None)
        issuer = Issuer(issuing_state(self._namings, people), office)
        self._parties = PartyResolver(text, self, people, passages, issuer)
        named = sorted((*self._namings, *find_issuing_bodies(text, self._namings)), key=lambda naming: naming.start)
        self.entities = _entities(document, named, self._sets(passages))

    def _sets(self, passages: Sequence[Passage]) -> list[GroupMention]:
        """Where parties are meant together; not in a name of one of them ("the United States")."""
        return [
            mention
            for mention in find_group_mentions(passages, self.resolve)
            if not self.mentions_in(mention[1] - 1, mention[1])
        ]

    def resolve(self, passage: Passage, token: Token) -> tuple[str, ...]:
        """The canonical names of the parties that the noun phrase headed by `token` stands for.

        A state's leader, capital or government gives the state; a set ("the two leaders", "they", "we") its members
        as the text names them; a coordination all its members; () where nothing is known.
        """
        return self._parties.resolve(passage, token)

    def holder(self, office: Token) -> str | None:
        """The one person whom the text calls by the office that `office` heads ("the Vice President")."""
        return self._parties.holder(office)

    def name_at(self, start: int, end: int) -> str | None:
        """The canonical name of the entity that the text names somewhere in `start` to `end` (the longest)."""
        named = self.mentions_in(start, end)
        return max(named, key=lambda n: n.end - n.start).name if named else None

    def mentions_in(self, start: int, end: int) -> list[EntityMention]:
        """The names in a stretch of the text, in reading order."""
        first = bisect_right(self._starts, start)
        if first and self._namings[first - 1].end > start:
            first -= 1
        return self._namings[first : bisect_left(self._starts, end)]

    def mentions_before(self, offset: int) -> list[EntityMention]:
        """The names that lead up to `offset`, the nearest first, as far back as a reader may be expected to recall."""
        last = bisect_left(self._starts, offset)
        return self._namings[max(0, last - _RECALL) : last][::-1]


def find_entities(document: Document, passages: Sequence[Passage], end: int | None = None) -> EntityTable:
    """The entities of a document, from its text up to `end` (default: all) and the parsed passages of that; headings
    are scanned for names too.
    """
    return EntityTable(document, passages, len(document.text) if end is None else end)


def _entities(document: Document, namings: Sequence[EntityMention], sets: Sequence[GroupMention]) -> tuple[Entity, ...]:
    grouped: dict[str, list[EntityMention]] = {}
    for naming in namings:
        grouped.setdefault(naming.name, []).append(naming)
    meant: dict[str, list[Mention]] = {}
    for start, end, names in sets:
        for name in names:
            meant.setdefault(name, []).append(Mention(document.span(start, end), by_name=False))
    return tuple(_entity(document, name, group, meant.get(name, [])) for name, group in grouped.items())


def _entity(document: Document, name: str, namings: Sequence[EntityMention], meant: Sequence[Mention]) -> Entity:
    named = [Mention(document.span(naming.start, naming.end)) for naming in namings]
    forms = dict.fromkeys(
        " ".join(form.split()) for n in namings for form in (document.text[n.start : n.end], *n.nested_forms)
    )
    mentions = tuple(sorted((*named, *meant), key=lambda mention: mention.span.start))
    return Entity(record_id(document, "entity", named[0].span), name, namings[0].type, tuple(forms), mentions)
