"""Normalisation of tokens that the pipeline or the lexicons have in another form.

These are words with a hyphenated prefix ("co-host", "re-establish", "co-operation"), which the tokeniser splits so that
the prefix is taken for the verb; British spellings; enacting verbs in capitals; note marks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames
from alliance_tui.extraction.normalisation.british_spelling import has_british_spelling, to_american
from alliance_tui.extraction.regex import literal_alternation

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_PREFIXED = re.compile(r"(?<![\w-])(?P<prefix>co|de|pre|re)-(?P<stem>[a-z]{3,})(?![\w-])", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?<=[\w.,;:!?)”\"’])\[\d{1,3}\]")
_CAPITALS = re.compile("[A-Z]{4}")
_REVERSING_PREFIX = "de"
"""The prefix that reverses an action, so that the lemma keeps it."""
_LEMMATISER = "lemmatizer"


def blank_note_marks(text: str) -> str:
    """Replace note marks ("the fund.[3]") by spaces, so that offsets stay."""
    return _NOTE_MARK.sub(lambda match: " " * len(match[0]), text)


def lower_enacting_verbs(text: str) -> str:
    """Lower-case the enacting verbs of a decision ("DECIDES to"), unless all of the text is in capitals."""
    if text.isupper() or not _CAPITALS.search(text):
        return text
    return _enacting_verbs_in_capitals().sub(lambda match: match[0].lower(), text)


@cache
def _enacting_verbs_in_capitals() -> re.Pattern[str]:
    verbs = literal_alternation(verb.upper() for verb in load(CapitalisedNames).variants.in_capitals)
    return re.compile(rf"\b(?:{verbs})(?:E?S)?\b")


def merge_prefixed_words(doc: Doc, text: str) -> None:
    """Merge each word with a hyphenated prefix into one token, in a doc that is only tokenised; `text` is its text."""
    if "-" not in text:
        return
    spans = [doc.char_span(*match.span()) for match in _PREFIXED.finditer(text)]
    split_words = [span for span in spans if span is not None and len(span) > 1]
    if split_words:
        with doc.retokenize() as retokenizer:
            for span in split_words:
                retokenizer.merge(span)


def normalise_lemmas(nlp: Language, doc: Doc, text: str) -> None:
    """Set the lemmas of a tagged doc to the forms that the lexicons have; `text` is the doc's text.

    A British spelling has the American lemma ("organised": "organize"). A word with a hyphenated prefix has the lemma
    without the hyphen if that is a word ("co-operate": "cooperate"), else that of its stem ("co-hosted": "host"),
    unless the prefix reverses it ("de-escalate").
    """
    text = text.lower()
    if "-" in text and _PREFIXED.search(text) and _LEMMATISER in nlp.pipe_names:
        for token in doc:
            if (match := _PREFIXED.fullmatch(token.lower_)) is not None:
                token.lemma_ = _lemma(nlp, token, match["prefix"], match["stem"])
    if has_british_spelling(text):
        for token in doc:
            token.lemma_ = to_american(token.lemma_)


def _lemma(nlp: Language, token: Token, prefix: str, stem: str) -> str:
    from spacy.tokens import Doc

    stem_doc = Doc(token.vocab, words=[stem], tags=[token.tag_], pos=[token.pos_], morphs=[str(token.morph)])
    lemma: str = nlp.get_pipe(_LEMMATISER)(stem_doc)[0].lemma_
    if prefix == _REVERSING_PREFIX:
        return f"{prefix}-{lemma}"
    joined = prefix + lemma
    return joined if joined in load(CapitalisedNames).variants.hyphenated else lemma
