"""The pipeline's attribute ruler, asked once for each kind of word instead of once for each word.

The ruler holds some 180 patterns against every word, which takes an eighth of all the time of reading. Nearly all of
them look at one word alone: its tag, its relation, and whether it is one of the few words that they name. What the
ruler makes of one such word, it makes of the next of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RULER = "attribute_ruler"
_REMEMBERING = "remembering_attribute_ruler"
_LOOKED_AT = {"TAG", "LOWER", "DEP", "IS_SPACE"}
_TESTS = {"IN", "NOT_IN", "REGEX"}
_GIVEN = {"POS": POS, "MORPH": MORPH, "LEMMA": LEMMA}


def remember(nlp: Language) -> None:
    """Puts a ruler that remembers in the place of the pipeline's own, if that looks at and gives nothing but what is
    remembered. The two give every word the same part of speech, morphology and lemma.
    """
    if _RULER in nlp.pipe_names and _is_rememberable(nlp.get_pipe(_RULER)):
        nlp.add_pipe(_REMEMBERING, after=_RULER)
        nlp.disable_pipe(_RULER)


@Language.factory(_REMEMBERING, assigns=["token.pos", "token.morph", "token.lemma"])
def _remembering(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.get_pipe(_RULER))


class RememberingRuler:
    """Gives a word what `ruler` gave to the first of its kind."""

    def __init__(self, ruler: Any) -> None:
        self._ruler = ruler
        self._relations = {ruler.vocab.strings[name] for name in _values(ruler, "DEP")}
        self._named = _values(ruler, "LOWER")
        tests = [_tests(word, "LOWER") for word in _words(ruler)]
        self._shapes = [re.compile(test["REGEX"]) for test in tests if "REGEX" in test]
        self._phrases = Matcher(ruler.vocab)
        if phrases := [pattern for pattern in _patterns(ruler) if len(pattern) > 1]:
            self._phrases.add("phrases", phrases)
        self._words: dict[int, int] = {}
        self._given: dict[tuple[int, int, int], list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        rows = doc.to_array([TAG, DEP, LOWER, IS_SPACE])
        if rows[:, 3].any() or self._phrases(doc, allow_missing=True):
            self._ruler(doc)  # spaces are given more than is remembered
            return doc
        kinds = [self._kind(*row) for row in rows[:, :3].tolist()]
        if all(kind in self._given for kind in kinds):
            given = np.array([self._given[kind] for kind in kinds], np.uint64)
            return doc.from_array([*_GIVEN.values()], given)  # type: ignore[arg-type]
        self._ruler(doc)
        self._given.update(zip(kinds, doc.to_array([*_GIVEN.values()]).tolist(), strict=True))
        return doc

    def _kind(self, tag: int, relation: int, word: int) -> tuple[int, int, int]:
        """All that the patterns can tell of a word."""
        if word not in self._words:
            spelt = self._ruler.vocab.strings[word]
            is_named = spelt in self._named or any(shape.search(spelt) for shape in self._shapes)
            self._words[word] = word if is_named else 0
        return tag, relation if relation in self._relations else 0, self._words[word]


def _patterns(ruler: Any) -> list[list[dict[str, Any]]]:
    """The ruler's patterns, each a list of words; spaCy's types for them are wider than what they are."""
    return [pattern for entry in ruler.patterns for pattern in entry["patterns"]]


def _words(ruler: Any) -> Iterator[dict[str, Any]]:
    """Each word of each pattern."""
    return (word for pattern in _patterns(ruler) for word in pattern)


def _is_rememberable(ruler: Any) -> bool:
    looks_at_no_more = all(
        _LOOKED_AT.issuperset(word) and all(_TESTS.issuperset(_tests(word, attribute)) for attribute in word)
        for word in _words(ruler)
    )
    return looks_at_no_more and all(
        _GIVEN.keys() >= entry["attrs"].keys() or all("IS_SPACE" in pattern[0] for pattern in entry["patterns"])
        for entry in ruler.patterns
    )


def _tests(word: dict[str, Any], attribute: str) -> dict[str, Any]:
    """What a pattern asks of an attribute of a word: that it be IN a list, NOT_IN one, or of a shape (REGEX)."""
    asked = word.get(attribute, {})
    return asked if isinstance(asked, dict) else {"IN": [asked]}


def _values(ruler: Any, attribute: str) -> set[str]:
    tests = [_tests(word, attribute) for word in _words(ruler)]
    return {value for test in tests for value in (*test.get("IN", ()), *test.get("NOT_IN", ()))}
