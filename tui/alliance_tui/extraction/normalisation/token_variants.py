"""What a text has otherwise than the pipeline and the lists: words with a prefix that a hyphen sets off ("co-host",
"re-establish", "co-operation"), of which the tokeniser makes three words, the first taken for the verb; British
spellings; verbs in capitals; marks of notes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames
from alliance_tui.extraction.normalisation.british_spelling import american, is_british
from alliance_tui.extraction.regex import literal_alternation

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_PREFIXED = re.compile(r"(?<![\w-])(?P<prefix>co|de|pre|re)-(?P<stem>[a-z]{3,})(?![\w-])", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?<=[\w.,;:!?)”\"’])\[\d{1,3}\]")
_CAPITALS = re.compile("[A-Z]{4}")
_REVERSES = "de"
"""The prefix that turns the deed into another."""
_LEMMATISER = "lemmatizer"


def without_note_marks(text: str) -> str:
    """A text with the marks of notes ("the fund.[3]") as space, so that offsets stay."""
    return _NOTE_MARK.sub(lambda match: " " * len(match[0]), text)


def in_small_letters(text: str) -> str:
    """A text with the verbs that open the paragraphs of a decision in small letters ("DECIDES to"), unless all of it
    stands in capitals.
    """
    if text.isupper() or not _CAPITALS.search(text):
        return text
    return _shouted().sub(lambda match: match[0].lower(), text)


@cache
def _shouted() -> re.Pattern[str]:
    verbs = literal_alternation(verb.upper() for verb in load(CapitalisedNames).variants.in_capitals)
    return re.compile(rf"\b(?:{verbs})(?:E?S)?\b")


def join_prefixed(doc: Doc, text: str) -> None:
    """Make each word with such a prefix one token again, in a doc that has only been tokenised; `text` is its text."""
    if "-" not in text:
        return
    spans = [doc.char_span(*match.span()) for match in _PREFIXED.finditer(text)]
    several = [span for span in spans if span is not None and len(span) > 1]
    if several:
        with doc.retokenize() as retokenizer:
            for span in several:
                retokenizer.merge(span)


def list_lemmas(nlp: Language, doc: Doc, text: str) -> None:
    """Give such words of a tagged doc the lemmas that they are listed by; `text` is its text. Of "organised" it is the
    American one; of a word with a prefix its own without the hyphen where that is one ("cooperate"), else its stem's
    ("co-hosted": "host"), unless the prefix reverses it ("de-escalate").
    """
    text = text.lower()
    if "-" in text and _PREFIXED.search(text) and _LEMMATISER in nlp.pipe_names:
        for token in doc:
            if (match := _PREFIXED.fullmatch(token.lower_)) is not None:
                token.lemma_ = _lemma(nlp, token, match["prefix"], match["stem"])
    if is_british(text):
        for token in doc:
            token.lemma_ = american(token.lemma_)


def _lemma(nlp: Language, token: Token, prefix: str, stem: str) -> str:
    from spacy.tokens import Doc

    alone = Doc(token.vocab, words=[stem], tags=[token.tag_], pos=[token.pos_], morphs=[str(token.morph)])
    lemma: str = nlp.get_pipe(_LEMMATISER)(alone)[0].lemma_
    if prefix == _REVERSES:
        return f"{prefix}-{lemma}"
    joined = prefix + lemma
    return joined if joined in load(CapitalisedNames).variants.hyphenated else lemma
