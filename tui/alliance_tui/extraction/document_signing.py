"""Words that say that documents are signed or exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles

if TYPE_CHECKING:
    from spacy.tokens import Token


def document_nouns() -> frozenset[str]:
    """The nouns for what is listed, as lemmas in small letters."""
    return load(InstrumentRoles).list_documents


def signing_words() -> frozenset[str]:
    """The lemmas for signing and exchanging documents."""
    roles = load(InstrumentRoles)
    return roles.list_signing_words | roles.list_exchange_words


def signs_documents(word: Token) -> bool:
    """Whether it says that documents are made: "signed", "the signing of", "exchanged the following agreements"."""
    lemma, roles = word.lemma_.lower(), load(InstrumentRoles)
    if lemma not in roles.list_exchange_words:
        return lemma in roles.list_signing_words
    done_to = (child for child in word.subtree if child.dep_ in ("dobj", "obj", "nsubjpass", "pobj"))
    return any(noun.lemma_.lower() in document_nouns() for noun in done_to)
