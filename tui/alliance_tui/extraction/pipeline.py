"""The whole extraction, from a document to its analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from alliance_tui.errors import ExtractionError
from alliance_tui.extraction.agreements import code, has_cue
from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.deadlines import find_deadlines
from alliance_tui.extraction.entities import find_entities
from alliance_tui.extraction.events import Event, Finished, Partial, Progress
from alliance_tui.extraction.parsing import Passage, load, parse
from alliance_tui.extraction.segments import Segment, segment
from alliance_tui.extraction.version import extractor_version, model_version
from alliance_tui.records import Agreement, Analysis, Document, Entity

if TYPE_CHECKING:
    from spacy.language import Language

_FIRST_PARTIAL = 2_000
"""The characters after which the first partial result is told; each later one comes at twice the one before, so
that telling partial results costs no more than the whole work once again."""

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
        for event in self.run(document):
            if isinstance(event, Finished):
                return event.analysis
        raise ExtractionError("the extraction ended without an analysis")

    def run(self, document: Document) -> Iterator[Event]:
        """The same while it happens: Progress and Partial as they come, Finished at the end. Raises ModelError."""
        total = len(document.text)
        yield Progress("loading the language model", 0, total)
        nlp = self.nlp
        yield Progress("reading", 0, total)
        segments = segment(document.text)
        passages: list[Passage] = []
        told, due = 0, _FIRST_PARTIAL
        for passage in parse(nlp, document.text, segments, lambda part: _needs_parse(document, part)):
            passages.append(passage)
            done = passage.segment.end
            if done - told >= total / _STEPS:
                yield Progress("reading", done, total)
                told = done
            if due <= done < total / 2:
                yield Partial(*_records(document, segments, passages))
                due = 2 * done
        yield Progress("coding", total, total)
        entities, agreements = _records(document, segments, passages)
        model = model_version(self.model)
        yield Finished(Analysis(document, entities, agreements, extractor_version(), model))


def _needs_parse(document: Document, part: Segment) -> bool:
    """Whether a segment may hold an undertaking: by a cue of its own or by the words that introduce it."""
    return part.lead_in is not None or has_cue(document.text[part.body : part.end])


def _records(
    document: Document, segments: Sequence[Segment], passages: Sequence[Passage]
) -> tuple[tuple[Entity, ...], tuple[Agreement, ...]]:
    """The entities and agreements of these passages."""
    names = find_entities(document, passages)
    agreements = code(
        document,
        segments,
        [passage for passage in passages if passage.parsed],
        names,
        lambda start, end: find_deadlines(document.text, start, end, document.date),
        lambda start, end: find_amounts(document.text, start, end),
    )
    return names.entities, tuple(agreements)
