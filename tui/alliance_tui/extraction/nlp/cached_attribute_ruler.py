"""A cache in front of the pipeline's attribute ruler, asked once for each class of tokens instead of once a token.

The ruler holds some 180 patterns against every token, an eighth of the time of the whole pipeline. Nearly all of them
test one token: its tag, its relation, and whether it is one of the few words that they list. What the ruler assigns to
one token it assigns to all tokens that are alike in these.
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
_CACHED_RULER = "cached_attribute_ruler"
_TESTED = {"TAG", "LOWER", "DEP", "IS_SPACE"}
"""The token attributes that patterns may test."""
_OPERATORS = {"IN", "NOT_IN", "REGEX"}
_ASSIGNED = {"POS": POS, "MORPH": MORPH, "LEMMA": LEMMA}
"""The token attributes that patterns may assign."""

_Signature = tuple[int, int, int]


def install_cached_ruler(nlp: Language) -> None:
    """Replace the pipeline's ruler by a cached one, unless it tests or assigns attributes that are not cached.

    The two assign every token the same part of speech, morphology and lemma.
    """
    if _RULER in nlp.pipe_names and _is_cacheable(nlp.get_pipe(_RULER)):
        nlp.add_pipe(_CACHED_RULER, after=_RULER)
        nlp.disable_pipe(_RULER)


@Language.factory(_CACHED_RULER, assigns=["token.pos", "token.morph", "token.lemma"])
def _create_cached_ruler(nlp: Language, name: str) -> CachedAttributeRuler:
    return CachedAttributeRuler(nlp.get_pipe(_RULER))


class CachedAttributeRuler:
    """Assigns to a token what `ruler` assigned to the first token with its signature."""

    def __init__(self, ruler: Any) -> None:
        self._ruler = ruler
        self._relations = {ruler.vocab.strings[name] for name in _tested_values(ruler, "DEP")}
        self._words = _tested_values(ruler, "LOWER")
        tests = [_tests(token, "LOWER") for token in _token_patterns(ruler)]
        self._word_patterns = [re.compile(test["REGEX"]) for test in tests if "REGEX" in test]
        self._phrases = Matcher(ruler.vocab)
        if phrases := [pattern for pattern in _patterns(ruler) if len(pattern) > 1]:
            self._phrases.add("phrases", phrases)
        self._word_ids: dict[int, int] = {}
        self._values: dict[_Signature, list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        rows = doc.to_array([TAG, DEP, LOWER, IS_SPACE])
        if rows[:, 3].any() or self._phrases(doc, allow_missing=True):
            self._ruler(doc)  # it assigns white space more than is cached
            return doc
        signatures = [self._signature(*row) for row in rows[:, :3].tolist()]
        if all(signature in self._values for signature in signatures):
            values = np.array([self._values[signature] for signature in signatures], np.uint64)
            return doc.from_array([*_ASSIGNED.values()], values)  # type: ignore[arg-type]
        self._ruler(doc)
        self._values.update(zip(signatures, doc.to_array([*_ASSIGNED.values()]).tolist(), strict=True))
        return doc

    def _signature(self, tag: int, relation: int, word: int) -> _Signature:
        """All that the patterns can distinguish of a token: tag, relation and word, the latter two 0 if untested."""
        if word not in self._word_ids:
            text = self._ruler.vocab.strings[word]
            is_tested = text in self._words or any(pattern.search(text) for pattern in self._word_patterns)
            self._word_ids[word] = word if is_tested else 0
        return tag, relation if relation in self._relations else 0, self._word_ids[word]


def _patterns(ruler: Any) -> list[list[dict[str, Any]]]:
    """The ruler's patterns, each a list of token patterns; spaCy's types for them are wider than what they are."""
    return [pattern for entry in ruler.patterns for pattern in entry["patterns"]]


def _token_patterns(ruler: Any) -> Iterator[dict[str, Any]]:
    return (token for pattern in _patterns(ruler) for token in pattern)


def _is_cacheable(ruler: Any) -> bool:
    tests_are_cached = all(
        _TESTED.issuperset(token) and all(_OPERATORS.issuperset(_tests(token, attribute)) for attribute in token)
        for token in _token_patterns(ruler)
    )
    return tests_are_cached and all(
        _ASSIGNED.keys() >= entry["attrs"].keys() or all("IS_SPACE" in pattern[0] for pattern in entry["patterns"])
        for entry in ruler.patterns
    )


def _tests(token: dict[str, Any], attribute: str) -> dict[str, Any]:
    """The tests of a token pattern on an attribute, by operator."""
    tests = token.get(attribute, {})
    return tests if isinstance(tests, dict) else {"IN": [tests]}


def _tested_values(ruler: Any, attribute: str) -> set[str]:
    tests = [_tests(token, attribute) for token in _token_patterns(ruler)]
    return {value for test in tests for value in (*test.get("IN", ()), *test.get("NOT_IN", ()))}
