"""The frame of a document: its titles, opening paragraphs, speakers and issuer, read once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.document_parties.issuing_state import issuing_state
from alliance_tui.extraction.parties.document_parties.opening import acting_parties
from alliance_tui.extraction.parties.document_parties.title import (
    TitleLine,
    issuing_group,
    parties_in_title,
    title_lines,
)
from alliance_tui.extraction.parties.party_mapping import PartyNames, unique
from alliance_tui.extraction.parties.speakers.speaker_parties import co_actors, find_speaker_parties, speaker_labels

_OPENING_PARAGRAPHS = 3
_HEADING_LENGTH = 80
"""A passage of no more characters than this is no paragraph of the opening."""


@dataclass(frozen=True, eq=False)
class DocumentFrame:
    """The parts of a document that say whom it speaks for; each property is computed on first use.

    `declared_title` is the title known from elsewhere, as from metadata; `text` is the unwrapped text.
    """

    declared_title: str
    text: str
    passages: Sequence[Passage]
    mentions: Sequence[EntityMention]
    people: PersonIndex

    @cached_property
    def lines(self) -> list[TitleLine]:
        """The lines of the title in the text, the first of them perhaps empty."""
        return [self._title_line(start, end) for start, end in self._line_spans]

    @cached_property
    def titles(self) -> tuple[TitleLine, TitleLine]:
        """The first line of the text and the declared title."""
        return self.lines[0], TitleLine(self.declared_title)

    @cached_property
    def whole_title(self) -> TitleLine:
        """All lines of the title as one: "PACIFIC ISLANDS FORUM", "COMMUNIQUÉ"."""
        return self._title_line(self._line_spans[0][0], self._line_spans[-1][1])

    @cached_property
    def title_parties(self) -> tuple[PartyNames, PartyNames]:
        """The parties that each of the two titles names as acting."""
        first_line, declared = self.titles
        return parties_in_title(first_line, self.people), parties_in_title(declared, self.people)

    @cached_property
    def opening(self) -> list[Passage]:
        """The first paragraphs."""
        paragraphs = [p for p in self.passages if p.segment.end - p.offset > _HEADING_LENGTH]
        return paragraphs[:_OPENING_PARAGRAPHS]

    @cached_property
    def opening_parties(self) -> list[PartyNames]:
        """The parties that act in each paragraph of the opening, in its first sentence and then in the others."""
        return [
            acting_parties(self.text, passage, self.mentions, self.people, in_first_sentence=in_first_sentence)
            for in_first_sentence in (True, False)
            for passage in self.opening
        ]

    @cached_property
    def speaker_labels(self) -> tuple[str, ...]:
        """The labels of the speakers, where the document is a transcript."""
        return speaker_labels(self.passages)

    @cached_property
    def speaker_parties(self) -> PartyNames:
        """The parties that identified speakers represent, and those of whom they say "X and I"."""
        parties = find_speaker_parties(self.passages, self.people).values()
        return unique(parties, co_actors(self.text, self.people)) if parties else ()

    @cached_property
    def issuing_state(self) -> PartyNames:
        """The state whose agencies or leaders the text mentions most."""
        return issuing_state(self.mentions, self.people)

    @cached_property
    def issuing_group(self) -> PartyNames:
        """The group whose document this is by its title, where the title names no other party."""
        if any(self.title_parties):
            return ()
        first_line, declared = self.titles
        return issuing_group(first_line) or issuing_group(declared) or issuing_group(self.whole_title)

    @cached_property
    def _line_spans(self) -> list[tuple[int, int]]:
        return title_lines(self.text, self.passages)

    def _title_line(self, start: int, end: int) -> TitleLine:
        return TitleLine(self.text[start:end], [m for m in self.mentions if start <= m.start < end], start)
