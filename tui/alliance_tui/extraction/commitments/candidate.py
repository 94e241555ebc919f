"""A candidate: a deed that may be undertaken, with the cues that lead to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.cues import Cue
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import verbal
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deed that may be undertaken.

    `opener` is the first token of the clause that holds actor and cue, `first` whether this deed is the first of
    its coordination (whose evidence holds them). `actor` heads the subject and `owner` whoever else has the plan.
    `tail` is the last verb that shares the anchor's object ("develop, use and share X"). `lead` is the passage that
    holds actor and first cues where that is not the anchor's own: the lead-in above an item.
    """

    trigger: Token
    cues: tuple[Cue, ...]
    pattern: str
    actor: Token | None
    clause_start: Token
    is_first_conjunct: bool = True
    owner: Token | None = None
    last_conjunct: Token | None = None
    lead_in: Passage | None = None
    modality: frozenset[str] = field(default_factory=frozenset)

    @property
    def clause_verb(self) -> Token:
        """The verb of the clause in which the chain opens: its first cue, or what that stands with."""
        first = self.cues[0].token if self.cues else self.trigger
        return first if verbal(first) and first.dep_ not in ("aux", "auxpass") else first.head

    def with_cue(self, token: Token, role: str, strength: Strength | None = None) -> Candidate:
        """The same one cue further down."""
        return replace(self, cues=(*self.cues, Cue(token, role, strength)))

    def passage_of(self, token: Token, passage: Passage) -> Passage:
        """The passage that holds a word of it: the lead-in above the item, or the anchor's `own`."""
        return self.lead_in if self.lead_in is not None and token.doc is self.lead_in.doc else passage

    def with_modality(self, *marks: str) -> Candidate:
        """The same with notes for the judge."""
        return replace(self, modality=self.modality | set(marks))


@dataclass(frozen=True, slots=True)
class LocatedCandidate:
    """A candidate with the tokens of its evidence, the passage and sentence that hold it, the document's date and how
    far into the document it stands (0 to 1).
    """

    candidate: Candidate
    start_token: int
    end_token: int
    passage: Passage
    sentence: Sentence
    document_date: str | None = None
    relative_position: float = 0.0

    @property
    def sentence_start(self) -> int:
        """Where its sentence begins in the document's text, which tells sentences apart."""
        return self.passage.offset + self.sentence.start_char

    @property
    def trigger_start(self) -> int:
        """Where the anchor begins in the document's text."""
        return self.passage.offset + self.candidate.trigger.idx

    @property
    def start(self) -> int:
        """Where the evidence begins in the document's text."""
        return self.passage.offset + self.passage.doc[self.start_token].idx

    @property
    def end(self) -> int:
        """Where the evidence ends in the document's text."""
        token = self.passage.doc[self.end_token - 1]
        return self.passage.offset + token.idx + len(token)
