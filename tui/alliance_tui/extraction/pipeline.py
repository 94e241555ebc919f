"""The extraction pipeline, from a document to its analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.commitments import build_records
from alliance_tui.extraction.cues import has_cue
from alliance_tui.extraction.dates.deadlines import find_date_expressions
from alliance_tui.extraction.dates.named_events import NamedEvents, find_reference_date
from alliance_tui.extraction.events import Event, Finished, Partial, Progress
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.layout.segments import Segment, segment
from alliance_tui.extraction.limits import begin_stage, in_steps, limited
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline, parse_segments
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Agreement, Analysis, Document, Entity

if TYPE_CHECKING:
    from spacy.language import Language

_FIRST_PARTIAL = 2_000
"""Characters after which the first partial result is sent."""

_PAUSE_FACTOR = 4.0
"""The pause after a partial result, in multiples of the time that it took: partial results then take a small and steady
share of the whole, however long the document."""

_PROGRESS_STEPS = 200
"""About how many times progress is reported."""


class Extractor:
    """Finds the entities and agreements of documents with one spaCy pipeline, loaded at first use.

    A document over the limits (`extraction/limits.py` has the rule) is given up with ExtractionLimitError.
    """

    def __init__(self, model: str | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.model = model
        self._limits = limits

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline. Raises ModelError where it is missing."""
        return load_pipeline(self.model)

    def analyse(self, document: Document) -> Analysis:
        """Find the document's entities and agreements. Raises ModelError and ExtractionLimitError."""
        nlp = self.nlp
        with limited(self._limits, len(document.text)):
            segments = segment(document.text, document.structure)
            return self._analysis(document, segments, list(_passages(nlp, document, segments)))

    def stream(self, document: Document) -> Iterator[Event]:
        """Analyse a document, with Progress and Partial on the way and Finished at the end.

        The analysis of the last event is that of `analyse`. Raises ModelError and ExtractionLimitError.
        """
        yield Progress("loading the language model", 0, len(document.text))
        nlp = self.nlp
        with limited(self._limits, len(document.text)):
            yield from self._events(nlp, document)

    def _events(self, nlp: Language, document: Document) -> Iterator[Event]:
        total = len(document.text)
        segments = segment(document.text, document.structure)
        passages: list[Passage] = []
        reported, next_partial_at = 0, 0.0
        for passage in _passages(nlp, document, segments):
            passages.append(passage)
            done = passage.segment.end
            if not reported or done - reported >= total / _PROGRESS_STEPS:
                yield Progress("reading", done, total)
                reported = done
            if done >= _FIRST_PARTIAL and (begin := perf_counter()) >= next_partial_at:
                entities, agreements, _ = _records(document, segments, passages, done)
                partial = Partial(entities, agreements)
                next_partial_at = perf_counter() + _PAUSE_FACTOR * (perf_counter() - begin)
                yield partial
        yield Progress("finding agreements", total, total)
        yield Finished(self._analysis(document, segments, passages))

    def _analysis(self, document: Document, segments: Sequence[Segment], passages: Sequence[Passage]) -> Analysis:
        entities, agreements, possible = _records(document, segments, passages, len(document.text))
        return Analysis(document, entities, agreements, extractor_version(), model_version(self.model), possible)


def _passages(nlp: Language, document: Document, segments: Sequence[Segment]) -> Iterator[Passage]:
    passages = parse_segments(nlp, document.text, segments, lambda part: _needs_parse(document, part))
    return in_steps(passages, lambda passage: passage.offset)


def _needs_parse(document: Document, part: Segment) -> bool:
    """Whether a segment may state an undertaking: by a cue of its own, or in a list or above one without a cue."""
    in_list = part.may_omit_actor or part.lead_in is not None
    return in_list or document.text[part.end - 1] == ":" or has_cue(document.text[part.body : part.end])


def _records(
    document: Document, segments: Sequence[Segment], passages: Sequence[Passage], end: int
) -> tuple[tuple[Entity, ...], tuple[Agreement, ...], tuple[Agreement, ...]]:
    """The entities, agreements and possible agreements of the text up to `end`, whose passages these are."""
    begin_stage(end)
    entities = find_entities(document, passages, end)
    begin_stage(end)
    reference_date = find_reference_date(document.text, document.date)
    events = NamedEvents(document.text[:end], reference_date)
    agreements, possible = build_records(
        document,
        segments,
        [passage for passage in passages if passage.parsed],
        entities,
        lambda start, end: [
            *find_date_expressions(document.text, start, end, reference_date),
            *events.date_expressions(start, end),
        ],
        lambda start, end: find_amounts(document.text, start, end),
    )
    return entities.entities, tuple(agreements), tuple(possible)
