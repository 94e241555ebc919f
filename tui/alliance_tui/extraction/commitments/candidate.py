"""Candidates: possible triggers of undertakings, with the cue chains that lead to them.

"Norway and Chile announced plans to share radar data" has one candidate: its trigger is "share", its cues are
"announced" and "plans", its actor is "Norway".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from alliance_tui.extraction.cues import Cue, CueRole
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import is_verb
from alliance_tui.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


class Opening(StrEnum):
    """The construction in which a cue chain opens. The values are part of the classifier's feature names."""

    UNMARKED = ""
    """A finite verb that is no cue itself."""
    MODAL = "modal"
    GOING_TO = "going to"
    IS_TO = "is to"
    TO_BE_DONE = "to be done"
    """"The next meeting, to be hosted by Peru"."""
    ADJECTIVE = "adjective"
    NOUN = "noun"
    COMMISSIVE_VERB = "verb"
    EXPLORATION = "exploring"
    TRANSPARENT_VERB = "working"
    """"Is working to reopen the port"."""
    CONTINUATION = "continuing"
    EFFORT = "taking steps"
    DIRECTIVE = "tasking"
    ANNOUNCEMENT = "announcing"
    WELCOME = "welcoming"
    INCLUSION = "including"
    PART = "part"
    """"This includes launching a fund"."""
    GLADNESS = "gladly"
    """"We were proud to sign a lease"."""
    NEGOTIATION = "in talks"
    LEAD_IN = "lead-in"
    ITEM = "item"
    """A list item without a lead-in."""
    PRESENT = "present"
    PAST = "past"
    PERFECT = "perfect"
    PROGRESSIVE = "progressive"
    PASSIVE = "passive"


REPORTING_OPENINGS = frozenset({Opening.ANNOUNCEMENT, Opening.WELCOME, Opening.INCLUSION})
"""The openings that report a thing or an event rather than lead to an action."""


class TriggerForm(StrEnum):
    """The form of a trigger that is not simply the verb to which the cues lead."""

    EVENT_VERB = "deed"
    """A verb without a cue above it: "signed", "has joined"."""
    EVENT_NOUN = "doing"
    """"The signing of the pact"."""
    DELIVERABLE = "thing"
    """"A new partnership"."""
    COLLECTIVE = "bundle"
    """"A package of measures"."""
    PARTICIPLE = "made"
    """"The statement signed in May"."""
    OBJECT = "object"
    """The verb itself, whose object says what is undertaken: "agreed a ceasefire"."""
    MEMBER = "member"
    """"Welcomed Norway as a new member"."""
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class CandidatePattern:
    """The construction by which a candidate was found: the opening of its cue chain and the form of its trigger."""

    opening: Opening = Opening.UNMARKED
    form: TriggerForm | None = None

    def __str__(self) -> str:
        if self.form is None:
            return self.opening.value
        if self.form is TriggerForm.COLLECTIVE:
            return f"{self.form} {self.opening}"
        return f"{self.opening} {self.form}"

    @property
    def group(self) -> str:
        """The first word of the pattern's name, by which the classifier groups patterns."""
        return str(self).split()[0]


class Modality(StrEnum):
    """Marks of a candidate's clause: tense, aspect and voice, and what bears on its factuality.

    The values are part of the classifier's feature names.
    """

    PRESENT = "present"
    PAST = "past"
    PERFECT = "perfect"
    PROGRESSIVE = "progressive"
    PASSIVE = "passive"
    PARTICIPLE = "participle"
    NOMINAL = "nominal"
    NEGATED = "negated"
    BARE_POSSIBILITY = "bare possibility"
    """"May", "could"."""
    RELATIVE = "relative"
    PARENTHETICAL = "aside"
    """In a relative clause that still undertakes: "a pact under which both states will share data"."""
    SUBORDINATE = "subordinate"
    DESIRED = "wished"
    """Another's wish or forecast."""
    REJECTED = "rejected"
    UNDECIDED = "left open"
    """"Will decide whether to"."""
    NOT_A_PARTY = "stranger"
    """A question, or a subject that undertakes nothing."""
    DISCOURSE = "talking"
    """A speaker's words about the talk itself: "let me turn to"."""


PAST_TENSES = frozenset({Modality.PAST, Modality.PERFECT})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible trigger with its cues, before it is classified.

    `actor` heads the subject; `owner` is another who has the plan ("Japan’s plan to"). `clause_start` is the first
    token of the clause with actor and cues. Of coordinated triggers only the first has these in its evidence
    (`is_first_conjunct`); `last_conjunct` is the last verb that shares the trigger's object ("develop, use and share
    X"). `lead_in` is the passage with actor and first cues where these are above a list item.
    """

    trigger: Token
    cues: tuple[Cue, ...]
    pattern: CandidatePattern
    actor: Token | None
    clause_start: Token
    is_first_conjunct: bool = True
    owner: Token | None = None
    last_conjunct: Token | None = None
    lead_in: Passage | None = None
    modality: frozenset[Modality] = field(default_factory=frozenset)

    @property
    def clause_verb(self) -> Token:
        """The verb of the clause in which the chain opens: the first cue, or that word's head."""
        first = self.cues[0].token if self.cues else self.trigger
        return first if is_verb(first) and first.dep_ not in ("aux", "auxpass") else first.head

    def with_cue(self, token: Token, role: CueRole, strength: Strength | None = None) -> Candidate:
        """Return the candidate with a further cue at the end of its chain."""
        return replace(self, cues=(*self.cues, Cue(token, role, strength)))

    def with_modality(self, *marks: Modality) -> Candidate:
        """Return the candidate with further marks."""
        return replace(self, modality=self.modality | set(marks))

    def passage_of(self, token: Token, passage: Passage) -> Passage:
        """Return the passage that holds a token: the lead-in, or the trigger's own `passage`."""
        return self.lead_in if self.lead_in is not None and token.doc is self.lead_in.doc else passage


@dataclass(frozen=True, slots=True)
class LocatedCandidate:
    """A candidate with its evidence, as token indices in the passage's doc (`end_token` exclusive).

    `relative_position` is where the passage begins in the document, from 0 to 1.
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
        """Offset of the sentence in the document, which identifies it."""
        return self.passage.offset + self.sentence.start_char

    @property
    def trigger_start(self) -> int:
        """Offset of the trigger in the document."""
        return self.passage.offset + self.candidate.trigger.idx

    @property
    def start(self) -> int:
        """Offset of the evidence in the document."""
        return self.passage.offset + self.passage.doc[self.start_token].idx

    @property
    def end(self) -> int:
        """Offset of the end of the evidence in the document, exclusive."""
        token = self.passage.doc[self.end_token - 1]
        return self.passage.offset + token.idx + len(token)
