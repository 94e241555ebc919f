"""The whole extraction, from a document to its analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.commitments import build_records, has_cue
from alliance_tui.extraction.dates.deadlines import find_periods
from alliance_tui.extraction.dates.named_events import Occasions, spoken_on
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.layout.segments import Segment, segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load, parse
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.extraction.worker.events import Event, Finished, Partial, Progress
from alliance_tui.records import Agreement, Analysis, Document, Entity

if TYPE_CHECKING:
    from spacy.language import Language

_FIRST_PARTIAL = 2_000
"""The characters after which the first partial result is told."""

_REST = 4.0
"""After a partial result, so many times the time that it took goes by before the next: the telling stays a small and
steady part of the whole, however long the document."""

_STEPS = 200
"""About how often the progress is told."""


class Extractor:
    """Finds the entities and agreements of documents with one spaCy pipeline, loaded at first use."""

    def __init__(self, model: str | None = None) -> None:
        self.model = model

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline. Raises ModelError where it is missing."""
        return load(self.model)

    def analyse(self, document: Document) -> Analysis:
        """The document's entities and agreements. Raises ModelError."""
        segments = segment(document.text)
        return self._analysis(document, segments, list(self._passages(document, segments)))

    def run(self, document: Document) -> Iterator[Event]:
        """The same while it happens: Progress and Partial as they come, Finished at the end. Raises ModelError."""
        total = len(document.text)
        yield Progress("loading the language model", 0, total)
        segments = segment(document.text)
        passages: list[Passage] = []
        told, due = 0, 0.0
        for passage in self._passages(document, segments):
            passages.append(passage)
            done = passage.segment.end
            if not told or done - told >= total / _STEPS:
                yield Progress("reading", done, total)
                told = done
            if done >= _FIRST_PARTIAL and (begin := perf_counter()) >= due:
                partial = Partial(*_records(document, segments, passages, done))
                due = perf_counter() + _REST * (perf_counter() - begin)
                yield partial
        yield Progress("coding", total, total)
        yield Finished(self._analysis(document, segments, passages))

    def _passages(self, document: Document, segments: Sequence[Segment]) -> Iterator[Passage]:
        return parse(self.nlp, document.text, segments, lambda part: _needs_parse(document, part))

    def _analysis(self, document: Document, segments: Sequence[Segment], passages: Sequence[Passage]) -> Analysis:
        entities, agreements = _records(document, segments, passages, len(document.text))
        return Analysis(document, entities, agreements, extractor_version(), model_version(self.model))


def _needs_parse(document: Document, part: Segment) -> bool:
    """Whether a segment may hold an undertaking: by a cue of its own, or without one in a list or above it."""
    listed = part.may_omit_actor or part.lead_in is not None
    return listed or document.text[part.end - 1] == ":" or has_cue(document.text[part.body : part.end])


def _records(
    document: Document, segments: Sequence[Segment], passages: Sequence[Passage], end: int
) -> tuple[tuple[Entity, ...], tuple[Agreement, ...]]:
    """The entities and agreements of these passages, which are those of the text up to `end`."""
    names = find_entities(document, passages, end)
    today = spoken_on(document.text, document.date)
    occasions = Occasions(document.text[:end], today)
    agreements = build_records(
        document,
        segments,
        [passage for passage in passages if passage.parsed],
        names,
        lambda start, end: [*find_periods(document.text, start, end, today), *occasions.periods(start, end)],
        lambda start, end: find_amounts(document.text, start, end),
    )
    return names.entities, tuple(agreements)
