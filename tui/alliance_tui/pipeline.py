"""The extraction as a spaCy pipeline, for other programs.

    nlp = alliance_tui.pipeline.load()
    doc = nlp("Norway will lend Kenya two ships.")
    doc._.agreements, doc.spans["agreements"]

Components can be left out, replaced or added as in any spaCy pipeline; `nlp.analyze_pipes()` says what each one needs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from alliance_tui.records import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def load(model: str | None = None, *, exclude: Collection[str] = ()) -> Language:
    """Return the pipeline.

    Args:
        model: The spaCy pipeline that parses the passages; the default one for None.
        exclude: Names of components to leave out.

    Raises ModelError where the spaCy pipeline is missing.
    """
    from alliance_tui.extraction.pipeline import load_components

    return load_components(model, exclude=exclude)


def make_doc(nlp: Language, document: Document) -> Doc:
    """Return the tokenised Doc of a document, which the pipeline takes instead of a text: it knows date and layout."""
    from alliance_tui.extraction.pipeline import make_doc

    return make_doc(nlp, document)
