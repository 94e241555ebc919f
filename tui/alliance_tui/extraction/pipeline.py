"""The extraction pipeline, from a document to its analysis."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.extraction.component_names import COMPONENTS, ENCODER, LAYOUT, PARSER, SPANS
from alliance_tui.extraction.events import Event, Finished, Partial, Progress
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.limits import limited, reporting_steps
from alliance_tui.records import Analysis, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_FIRST_PARTIAL = 2_000
"""Characters after which the first partial result is sent."""

_PAUSE_FACTOR = 4.0
"""The pause after a partial result, in multiples of the time that it took: partial results then take a small and steady
share of the whole, however long the document."""

_PROGRESS_STEPS = 200
"""About how many times progress is reported."""

_LAST_STAGE = "finding agreements"


def _ignore(_: Progress) -> None:
    pass


class Extractor:
    """Finds the entities and agreements of documents with one spaCy pipeline, loaded at first use.

    A document over the limits (`extraction/limits.py` has the rule) is given up with ExtractionLimitError. A `quick`
    extractor does without the encoder, for archives.
    """

    def __init__(self, model: str | None = None, limits: Limits = DEFAULT_LIMITS, *, quick: bool = False) -> None:
        self.model = model
        self._limits = limits
        self._quick = quick

    @cached_property
    def nlp(self) -> Language:
        """The pipeline of components. Raises ModelError where the spaCy pipeline is missing."""
        return load_components(self.model, exclude=(ENCODER, SPANS) if self._quick else (SPANS,))

    def analyse(self, document: Document) -> Analysis:
        """Find the document's entities and agreements. Raises ModelError and ExtractionLimitError."""
        nlp = self.nlp
        with limited(self._limits, len(document.text)):
            return self._analysis(nlp(_doc_without_tokens(nlp, document)))

    def stream(self, document: Document, on_step: Callable[[Progress], None] = _ignore) -> Iterator[Event]:
        """Analyse a document, with Progress and Partial on the way and Finished at the end.

        The analysis of the last event is that of `analyse`. `on_step` is called with the progress through a long text
        after it is read, while no event can be yielded. Raises ModelError and ExtractionLimitError.
        """
        yield Progress("loading the language model", 0, len(document.text))
        nlp = self.nlp
        with limited(self._limits, len(document.text)):
            yield from self._events(nlp, document, on_step)

    def _events(self, nlp: Language, document: Document, on_step: Callable[[Progress], None]) -> Iterator[Event]:
        total = len(document.text)
        doc = nlp.get_pipe(LAYOUT)(_doc_without_tokens(nlp, document))
        doc._.passages = []
        reported, next_partial_at = 0, 0.0
        for passage in nlp.get_pipe(PARSER).stream(doc):  # type: ignore[attr-defined]
            doc._.passages.append(passage)
            done = doc._.read_to = passage.segment.end
            if not reported or done - reported >= total / _PROGRESS_STEPS:
                yield Progress("reading", done, total)
                reported = done
            if done >= _FIRST_PARTIAL and (begin := perf_counter()) >= next_partial_at:
                _run_after(nlp, PARSER, doc)
                partial = Partial(doc._.entities.entities, doc._.agreements)
                next_partial_at = perf_counter() + _PAUSE_FACTOR * (perf_counter() - begin)
                yield partial
        yield Progress(_LAST_STAGE, total, total)
        doc._.read_to = total
        with reporting_steps(lambda offset: on_step(Progress(_LAST_STAGE, offset, total))):
            _run_after(nlp, PARSER, doc)
        yield Finished(self._analysis(doc))

    def _analysis(self, doc: Doc) -> Analysis:
        extractor, model = extractor_version(quick=self._quick), model_version(self.model)
        return Analysis(doc._.source, doc._.entities.entities, doc._.agreements, extractor, model, doc._.possible)


def load_components(model: str | None = None, *, exclude: Collection[str] = ()) -> Language:
    """Return the pipeline of components.

    Args:
        model: The spaCy pipeline that parses the passages; the default one for None.
        exclude: Names of components to leave out.

    Raises ModelError where the spaCy pipeline is missing.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported
    from spacy.language import Language

    import alliance_tui.extraction.components  # noqa: F401  (registers the components)

    nlp = Language()
    nlp.max_length = sys.maxsize
    for name in COMPONENTS:
        if name not in exclude:
            nlp.add_pipe(name, config={"model": model} if name == PARSER else {})
    if PARSER in nlp.pipe_names:  # its tokenizer, since to make another one takes a tenth of a second
        nlp.tokenizer = nlp.get_pipe(PARSER).base.tokenizer  # type: ignore[attr-defined]
    return nlp


def make_doc(nlp: Language, document: Document) -> Doc:
    """Return the tokenised Doc of a document."""
    doc = nlp.make_doc(document.text)
    doc._.source = document
    return doc


def _doc_without_tokens(nlp: Language, document: Document) -> Doc:
    """Return a Doc of a document that need not be tokenised: only SPANS reads the tokens, passages have their own.

    A long run of brackets takes the tokenizer time in the square of its length.
    """
    from spacy.tokens import Doc

    doc = Doc(nlp.vocab)
    doc._.source = document
    return doc


def _run_after(nlp: Language, name: str, doc: Doc) -> None:
    """Run the components after one of this name."""
    names = nlp.pipe_names
    for later in names[names.index(name) + 1 :]:
        nlp.get_pipe(later)(doc)
