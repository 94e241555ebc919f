"""The entities of a document, and the parties that its noun phrases refer to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.name_patterns import find_issuing_bodies
from alliance_tui.extraction.mentions.recognition import recognise_mentions, unwrap_lines
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.document_parties.frame import DocumentFrame
from alliance_tui.extraction.parties.document_parties.issuing_state import issuing_state
from alliance_tui.extraction.parties.document_parties.officials import assign_officials
from alliance_tui.extraction.parties.document_parties.rules import find_document_parties
from alliance_tui.extraction.parties.document_parties.title import office_without_holder
from alliance_tui.extraction.parties.document_parties.treaty_parties import chartered_organisation
from alliance_tui.extraction.parties.group_mentions import GroupMention, find_group_mentions
from alliance_tui.extraction.parties.party_mapping import PartyNames, named_group_members, without_institutions
from alliance_tui.extraction.parties.resolution.discourse import Issuer
from alliance_tui.extraction.parties.resolution.party_resolver import PartyResolver
from alliance_tui.extraction.parties.speakers.speaker_names import name_speakers
from alliance_tui.records import Document, Entity, Mention, record_id

if TYPE_CHECKING:
    from spacy.tokens import Token


_MENTIONS_BACK = 200
"""The most mentions between "the company" or "the Prime Minister" and the antecedent."""


class EntityTable:
    """The entities of one document and its party resolver.

    `entities` are in order of first mention. `document_parties` are those that "we", "both sides" and "the two leaders"
    mean where nothing nearer is meant, and `document_party_rule` names the rule that found them. `group_members` are
    the members of the small groups of states that the document mentions together with all of them. `chartered` is the
    organisation whose charter the document is.
    """

    def __init__(self, document: Document, passages: Sequence[Passage], end: int) -> None:
        text = unwrap_lines(document.text[:end], passages)
        self._mentions, people = recognise_mentions(text, passages)
        self._starts = [mention.start for mention in self._mentions]
        self.group_members = named_group_members(self._mentions, people)
        frame = DocumentFrame(document.title, text, passages, self._mentions, people)
        names, self.document_party_rule = find_document_parties(frame)
        members = (party for name in names for party in self.group_members.get(name, (name,)))
        self.document_parties: PartyNames = without_institutions(tuple(members))
        assign_officials(frame, self.document_parties)
        offices = (office_without_holder(title) for title in (document.title, frame.lines[0].text))
        self._speaker_names = name_speakers(passages, people, (document.title, frame.lines[0].text))
        office = next((office for office in offices if office), None)
        self.chartered = chartered_organisation(frame)
        issuer = Issuer(issuing_state(self._mentions, people), office, self.chartered)
        self.resolver = PartyResolver(text, self, people, passages, issuer)
        mentions = sorted((*self._mentions, *find_issuing_bodies(text, self._mentions)), key=lambda m: m.start)
        self.entities = _entities(document, mentions, self._group_mentions(passages))

    def _group_mentions(self, passages: Sequence[Passage]) -> list[GroupMention]:
        """Return the group mentions, without those at the end of a name ("the United States")."""
        mentions = find_group_mentions(passages, self.resolve)
        return [mention for mention in mentions if not self.mentions_in(mention.end - 1, mention.end)]

    def resolve(self, passage: Passage, token: Token) -> PartyNames:
        """Return the canonical names of the parties that the noun phrase headed by `token` refers to.

        A state's leader, capital or government refers to the state; a group ("the two leaders", "they", "we") to its
        members as the text names them; a coordination to all its members.
        """
        return self.resolver.resolve(passage, token)

    def speaker(self, passage: Passage) -> str | None:
        """Return the name of the person or office that speaks a passage."""
        return self._speaker_names.get(passage.segment.speaker)

    def holder(self, office: Token) -> str | None:
        """Return the one person with the office that a token heads ("the Vice President")."""
        return self.resolver.holder(office)

    def mentions_in(self, start: int, end: int) -> list[EntityMention]:
        """Return the mentions that overlap a span, by offset."""
        first = bisect_right(self._starts, start)
        if first and self._mentions[first - 1].end > start:
            first -= 1
        return self._mentions[first : bisect_left(self._starts, end)]

    def mentions_before(self, offset: int) -> list[EntityMention]:
        """Return the mentions that begin before an offset, the nearest first, as far back as a reader recalls."""
        last = bisect_left(self._starts, offset)
        return self._mentions[max(0, last - _MENTIONS_BACK) : last][::-1]


def find_entities(document: Document, passages: Sequence[Passage], end: int | None = None) -> EntityTable:
    """Find the entities of a document in its text up to `end` (default: all).

    `passages` are those of this part of the text; names are found in the headings between them too.
    """
    return EntityTable(document, passages, len(document.text) if end is None else end)


def _entities(
    document: Document, mentions: Sequence[EntityMention], group_mentions: Sequence[GroupMention]
) -> tuple[Entity, ...]:
    by_name: dict[str, list[EntityMention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    in_groups: dict[str, list[Mention]] = {}
    for group in group_mentions:
        for party in group.parties:
            in_groups.setdefault(party, []).append(Mention(document.span(group.start, group.end), by_name=False))
    return tuple(_entity(document, name, group, in_groups.get(name, [])) for name, group in by_name.items())


def _entity(document: Document, name: str, mentions: Sequence[EntityMention], in_groups: Sequence[Mention]) -> Entity:
    by_name = [Mention(document.span(mention.start, mention.end)) for mention in mentions]
    forms = dict.fromkeys(
        " ".join(form.split()) for m in mentions for form in (document.text[m.start : m.end], *m.nested_forms)
    )
    in_order = tuple(sorted((*by_name, *in_groups), key=lambda mention: mention.span.start))
    return Entity(record_id(document, "entity", by_name[0].span), name, mentions[0].type, tuple(forms), in_order)
