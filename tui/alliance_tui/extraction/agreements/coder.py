"""From parsed passages to records of all three kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.candidates import candidates
from alliance_tui.extraction.agreements.chains import Candidate
from alliance_tui.extraction.agreements.domains import domain
from alliance_tui.extraction.agreements.evidence import extent, own_start
from alliance_tui.extraction.agreements.judge import Verdict, judge
from alliance_tui.extraction.agreements.leads import leads
from alliance_tui.extraction.agreements.model import shipped
from alliance_tui.extraction.agreements.parties import Names, parties
from alliance_tui.extraction.agreements.strength import reaffirms, strength
from alliance_tui.extraction.agreements.titles import title
from alliance_tui.extraction.parsing import Passage
from alliance_tui.extraction.segments import Segment
from alliance_tui.records import Agreement, Amount, Deadline, Document, Kind, Span, record_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate in its place: the tokens of its evidence, the passage that holds it, the document's date and
    how far into the document it stands (0 to 1).
    """

    candidate: Candidate
    first: int
    last: int
    passage: Passage
    sentence: Sentence
    date: str | None = None
    place: float = 0.0

    @property
    def sentence_key(self) -> int:
        """Where its sentence begins in the document's text, which tells sentences apart."""
        return self.passage.offset + self.sentence.start_char

    @property
    def anchor_start(self) -> int:
        """Where the anchor begins in the document's text."""
        return self.passage.offset + self.candidate.anchor.idx

    @property
    def start(self) -> int:
        """Where the evidence begins in the document's text."""
        return self.passage.offset + self.passage.doc[self.first].idx

    @property
    def end(self) -> int:
        """Where the evidence ends in the document's text."""
        token = self.passage.doc[self.last - 1]
        return self.passage.offset + token.idx + len(token)


def by_sentence(found: Sequence[Found]) -> dict[int, list[Found]]:
    """The candidates of each sentence, by the key of the sentence."""
    groups: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        groups[one.sentence_key].append(one)
    return groups


def find(segments: Sequence[Segment], passages: Sequence[Passage], date: str | None = None) -> list[Found]:
    """All candidates with their evidence, in reading order."""
    found = []
    above = leads(segments, passages)
    length = max((passage.segment.end for passage in passages), default=1)
    for passage in passages:
        place = passage.offset / length
        for number, sentence in enumerate(passage.doc.sents):
            here = candidates(sentence, lead=above.get(passage.offset) if number == 0 else None)
            starts = [own_start(candidate) for candidate in here if not candidate.first]
            for candidate in here:
                first, last = extent(candidate, starts)
                found.append(Found(candidate, first, last, passage, sentence, date, place))
    return found


def code(
    document: Document,
    segments: Sequence[Segment],
    passages: Sequence[Passage],
    names: Names,
    deadlines_of: Callable[[int, int], Sequence[Deadline]],
    amounts_of: Callable[[int, int], Sequence[Amount]],
) -> list[Agreement]:
    """The records of a document in the order of their evidence.

    `passages` are its parsed segments; `deadlines_of` and `amounts_of` answer for the text between two offsets.
    """
    records = []
    weights = shipped()
    everything = find(segments, passages, document.date)
    neighbours = by_sentence(everything)
    for found in everything:
        verdict = judge(found, names, neighbours[found.sentence_key], weights)
        if verdict is not None:
            records.append(_record(document, found, names, verdict, deadlines_of, amounts_of))
    return sorted(records, key=lambda record: (record.evidence.start, record.anchor.start))


def _record(
    document: Document,
    found: Found,
    names: Names,
    verdict: Verdict,
    deadlines_of: Callable[[int, int], Sequence[Deadline]],
    amounts_of: Callable[[int, int], Sequence[Amount]],
) -> Agreement:
    candidate, passage = found.candidate, found.passage
    evidence = document.span(found.start, found.end)
    anchor = _span(document, passage, candidate.anchor)
    deadline = next(iter(deadlines_of(found.start, found.end)), None)
    kind = verdict.kind
    real = kind is Kind.AGREEMENT
    segment = passage.segment
    return Agreement(
        id=record_id(document, kind, evidence, anchor),
        kind=kind,
        title=title(candidate.anchor, found.last),
        evidence=evidence,
        anchor=anchor,
        rule=_rule(candidate),
        strength=strength(candidate) if real else None,
        parties=parties(candidate, passage, names),
        reaffirms=reaffirms(candidate),
        deadline=deadline,
        amounts=tuple(amounts_of(found.start, found.end)),
        domain=domain(_texts(found)) if real else None,
        section=segment.section,
        cues=_cues(document, found),
        page=document.page_of(found.start),
        confidence=verdict.confidence,
    )


def _texts(found: Found) -> list[tuple[str, float]]:
    segment = found.passage.segment
    quote = found.passage.doc[found.candidate.anchor.i : found.last].text
    texts = [(quote, 3.0), (found.sentence.text, 1.0)]
    if segment.label:
        texts.append((segment.label, 2.0))
    if segment.section:
        texts.append((segment.section, 1.0))
    return texts


def _cues(document: Document, found: Found) -> tuple[Span, ...]:
    lead = found.candidate.lead
    spans = []
    for cue in found.candidate.cues:
        above = lead is not None and cue.token.doc is lead.doc
        spans.append(_span(document, lead if above and lead is not None else found.passage, cue.token))
    return tuple(sorted(spans, key=lambda span: span.start))


def _span(document: Document, passage: Passage, token: Token) -> Span:
    start = passage.offset + token.idx
    return document.span(start, start + len(token))


def _rule(candidate: Candidate) -> str:
    cues = " + ".join(cue.token.text for cue in candidate.cues)
    return f"{candidate.opening}: {cues}"
