"""The stages of the extraction as components of a spaCy pipeline.

A component reads and sets attributes of the document's Doc: `doc._.source` (the Document), `segments`, `passages`
(their parses), `read_to` (the end of what is parsed so far), `entities` (the entity table), `mentions`, `candidates`,
`reading_of` (gives the encoder's reading of a candidate), `decisions`, `agreements` and `possible`. The Doc itself is
only tokenised; each passage has a Doc of its own, parsed by the pipeline that the parser component holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.commitments.classification.classifier import classify
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence, locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.commitments.record_builder import build_records
from alliance_tui.extraction.component_names import (
    CLASSIFIER,
    ENCODER,
    ENTITIES,
    FIELDS,
    LAYOUT,
    PARSER,
    SPANS,
    SUGGESTER,
)
from alliance_tui.extraction.cues import has_cue
from alliance_tui.extraction.dates.deadlines import find_date_expressions
from alliance_tui.extraction.dates.named_events import NamedEvents, find_reference_date
from alliance_tui.extraction.encoder.model_file import shipped_encoder
from alliance_tui.extraction.encoder.reading import WordReading, read_word
from alliance_tui.extraction.encoder.windows import Window, windows
from alliance_tui.extraction.layout.segments import Segment, segment
from alliance_tui.extraction.limits import begin_stage, in_steps
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline, parse_segments
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Document
from alliance_tui.records import Span as QuotedSpan

if TYPE_CHECKING:
    from collections.abc import Callable

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

ENTITY_SPANS, AGREEMENT_SPANS, TRIGGER_SPANS = "entities", "agreements", "triggers"
"""The span groups of a Doc; `span._.record` is the record of each span."""

_ATTRIBUTES = ("source", "segments", "passages", "read_to", "entities", "mentions", "candidates", "reading_of")
for _name in (*_ATTRIBUTES, "decisions", "agreements", "possible"):
    Doc.set_extension(_name, default=None, force=True)
Span.set_extension("record", default=None, force=True)


@Language.component(LAYOUT, assigns=["doc._.segments"])
def layout(doc: Doc) -> Doc:
    """Split the text into headings, paragraphs, list items and turns of speech."""
    if doc._.source is None:
        doc._.source = Document.from_text(doc.text, title="")
    doc._.segments = segment(doc._.source.text, doc._.source.structure)
    return doc


class PassageParser:
    """Parses the segments that may state an undertaking; the others have entities only."""

    def __init__(self, model: str | None) -> None:
        self.base = load_pipeline(model)

    def __call__(self, doc: Doc) -> Doc:
        doc._.passages = list(self.stream(doc))
        doc._.read_to = len(doc._.source.text)
        return doc

    def stream(self, doc: Doc) -> Iterator[Passage]:
        """Yield the passages of a doc with a layout as they are parsed."""
        text, segments = doc._.source.text, doc._.segments
        passages = parse_segments(self.base, text, segments, lambda part: _needs_parse(text, part))
        return in_steps(passages, lambda passage: passage.offset)


@Language.factory(PARSER, default_config={"model": None}, requires=["doc._.segments"], assigns=["doc._.passages"])
def make_parser(nlp: Language, name: str, model: str | None) -> PassageParser:
    """Return a parser with the spaCy pipeline of this name. Raises ModelError."""
    return PassageParser(model)


def _needs_parse(text: str, part: Segment) -> bool:
    """Whether a segment may state an undertaking: by a cue of its own, or in a list or above one without a cue."""
    in_list = part.may_omit_actor or part.lead_in is not None
    return in_list or text[part.end - 1] == ":" or has_cue(text[part.body : part.end])


@Language.component(ENTITIES, requires=["doc._.passages"], assigns=["doc._.entities", "doc._.mentions"])
def recognise_entities(doc: Doc) -> Doc:
    """Find the entities, their aliases, and the parties that noun phrases stand for."""
    begin_stage(doc._.read_to)
    doc._.entities = find_entities(doc._.source, doc._.passages, doc._.read_to)
    doc._.mentions = MentionIndex(doc._.entities.entities)
    begin_stage(doc._.read_to)
    return doc


@Language.component(SUGGESTER, requires=["doc._.passages"], assigns=["doc._.candidates"])
def suggest_candidates(doc: Doc) -> Doc:
    """Propose triggers with their cues and evidence."""
    doc._.candidates = locate_candidates(doc._.segments, _parsed(doc), doc._.source.date)
    return doc


class CandidateEncoder:
    """Reads the windows that hold the triggers of candidates: when the classifier asks for them, and each once."""

    def __init__(self) -> None:
        self._model = shipped_encoder()

    def __call__(self, doc: Doc) -> Doc:
        text, segments = doc._.source.text, doc._.segments
        index_of = {segment.body: index for index, segment in enumerate(segments) if segment.body < segment.end}

        def windows_of(passage: Passage) -> list[Window]:
            index, word_pieces = index_of[passage.offset], self._model.word_pieces
            return passage.memo("windows", lambda: list(windows(text, segments, index, word_pieces)))

        def reading_of(located: LocatedCandidate) -> WordReading:
            return self._read(located.passage, windows_of(located.passage), located.trigger_start)

        doc._.reading_of = reading_of
        return doc

    def _read(self, passage: Passage, found: Sequence[Window], offset: int) -> WordReading:
        window = found[max(0, bisect_right(found, offset, key=lambda window: window.word_offsets[0]) - 1)]
        outputs = passage.memo(f"outputs {window.word_offsets[0]}", lambda: self._model.outputs(window.pieces))
        return read_word(outputs[window.piece_at(offset)], self._model.calibration)


@Language.factory(ENCODER, requires=["doc._.candidates"], assigns=["doc._.reading_of"])
def make_encoder(nlp: Language, name: str) -> CandidateEncoder:
    """Return a component with the shipped encoder."""
    return CandidateEncoder()


@Language.component(CLASSIFIER, requires=["doc._.candidates", "doc._.entities"], assigns=["doc._.decisions"])
def classify_candidates(doc: Doc) -> Doc:
    """Decide which candidates are agreements, declaratory statements or packages, with the encoder if it is there."""
    from alliance_tui.extraction.commitments.classification.model_file import shipped_model

    by_sentence = group_by_sentence(doc._.candidates)
    doc._.decisions = classify(
        doc._.candidates, by_sentence, doc._.entities, doc._.mentions, shipped_model(), doc._.reading_of
    )
    return doc


@Language.component(FIELDS, requires=["doc._.decisions"], assigns=["doc._.agreements", "doc._.possible"])
def fill_in_fields(doc: Doc) -> Doc:
    """Make records of the candidates: parties, strength, deadline, amounts, instrument, policy field and title."""
    document = doc._.source
    reference_date = find_reference_date(document.text, document.date)
    events = NamedEvents(document.text[: doc._.read_to], reference_date)
    doc._.agreements, doc._.possible = build_records(
        document,
        doc._.candidates,
        doc._.decisions,
        doc._.entities,
        doc._.mentions,
        doc._.passages,
        lambda start, end: [
            *find_date_expressions(document.text, start, end, reference_date),
            *events.date_expressions(start, end),
        ],
        lambda start, end: find_amounts(document.text, start, end),
    )
    return doc


@Language.component(SPANS, requires=["doc._.agreements", "doc._.entities"], assigns=["doc.spans", "span._.record"])
def add_spans(doc: Doc) -> Doc:
    """Add span groups: mentions of entities, and the evidence and triggers of agreements."""
    span_of = _span_maker(doc)
    doc.spans[ENTITY_SPANS] = [
        span_of(mention.span, entity.type.value, entity)
        for entity in doc._.entities.entities
        for mention in entity.mentions
        if mention.by_name
    ]
    doc.spans[AGREEMENT_SPANS] = [span_of(record.evidence, record.kind.value, record) for record in doc._.agreements]
    doc.spans[TRIGGER_SPANS] = [span_of(record.trigger, record.kind.value, record) for record in doc._.agreements]
    return doc


def _span_maker(doc: Doc) -> Callable[[QuotedSpan, str, object], Span]:
    def make(quoted: QuotedSpan, label: str, record: object) -> Span:
        span = doc.char_span(quoted.start, quoted.end, label=label, alignment_mode="expand")
        assert span is not None
        span._.record = record
        return span

    return make


def _parsed(doc: Doc) -> list[Passage]:
    return [passage for passage in doc._.passages if passage.parsed]
