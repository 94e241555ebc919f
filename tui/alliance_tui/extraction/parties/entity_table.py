"""The entities of a document and what its noun phrases stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.entity_mention import Naming
from alliance_tui.extraction.mentions.name_patterns import makers
from alliance_tui.extraction.mentions.recognition import find_namings, unwrapped
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.document_parties import infer_states_of_officials, principals_of
from alliance_tui.extraction.parties.document_title import nameless_office, title_lines
from alliance_tui.extraction.parties.group_mentions import SetMention, set_mentions
from alliance_tui.extraction.parties.party_mapping import members_named
from alliance_tui.extraction.parties.party_resolver import Issuer, Parties
from alliance_tui.extraction.parties.speaker_parties import home
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
        text = unwrapped(document.text[:end], passages)
        self._namings, people = find_namings(text, passages)
        self._starts = [naming.start for naming in self._namings]
        self.members = members_named(self._namings, people)
        speaking = principals_of(document.title, text, passages, self._namings, people)
        self.principals = tuple(name for one in speaking for name in self.members.get(one, (one,)))
        infer_states_of_officials(document.title, self.principals, self._namings, people)
        titles = (document.title, *(text[a:b] for a, b in title_lines(text, passages)[:1]))
        office = next((office for title in titles if (office := nameless_office(title))), None)
        issuer = Issuer(home(self._namings, people), office)
        self._parties = Parties(text, self, people, passages, issuer)
        named = sorted((*self._namings, *makers(text, self._namings)), key=lambda naming: naming.start)
        self.entities = _entities(document, named, self._sets(passages))

    def _sets(self, passages: Sequence[Passage]) -> list[SetMention]:
        """Where parties are meant together; not in a name of one of them ("the United States")."""
        return [
            mention
            for mention in set_mentions(passages, self.resolve)
            if not self.namings_in(mention[1] - 1, mention[1])
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
        named = self.namings_in(start, end)
        return max(named, key=lambda n: n.end - n.start).name if named else None

    def namings_in(self, start: int, end: int) -> list[Naming]:
        """The names in a stretch of the text, in reading order."""
        first = bisect_right(self._starts, start)
        if first and self._namings[first - 1].end > start:
            first -= 1
        return self._namings[first : bisect_left(self._starts, end)]

    def namings_before(self, offset: int) -> list[Naming]:
        """The names that lead up to `offset`, the nearest first, as far back as a reader may be expected to recall."""
        last = bisect_left(self._starts, offset)
        return self._namings[max(0, last - _RECALL) : last][::-1]


def find_entities(document: Document, passages: Sequence[Passage], end: int | None = None) -> EntityTable:
    """The entities of a document, from its text up to `end` (default: all) and the parsed passages of that; headings
    are scanned for names too.
    """
    return EntityTable(document, passages, len(document.text) if end is None else end)


def _entities(document: Document, namings: Sequence[Naming], sets: Sequence[SetMention]) -> tuple[Entity, ...]:
    grouped: dict[str, list[Naming]] = {}
    for naming in namings:
        grouped.setdefault(naming.name, []).append(naming)
    meant: dict[str, list[Mention]] = {}
    for start, end, names in sets:
        for name in names:
            meant.setdefault(name, []).append(Mention(document.span(start, end), by_name=False))
    return tuple(_entity(document, name, group, meant.get(name, [])) for name, group in grouped.items())


def _entity(document: Document, name: str, namings: Sequence[Naming], meant: Sequence[Mention]) -> Entity:
    named = [Mention(document.span(naming.start, naming.end)) for naming in namings]
    forms = dict.fromkeys(" ".join(form.split()) for n in namings for form in (document.text[n.start : n.end], *n.also))
    mentions = tuple(sorted((*named, *meant), key=lambda mention: mention.span.start))
    return Entity(record_id(document, "entity", named[0].span), name, namings[0].type, tuple(forms), mentions)
