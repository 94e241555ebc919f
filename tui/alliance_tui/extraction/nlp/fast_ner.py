"""The pipeline's named-entity recogniser, with every word scored at once.

spaCy asks at each word, for each of its moves, whether that is allowed, and takes Python's lock for each of these
questions: more time than the model's own arithmetic. Yet outside a name the scores of a word hang on that word alone.
So all of them are had by one multiplication; only the words of a name that has begun are taken one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Span
from spacy.util import minibatch

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NER = "ner"
SCORING_AT_ONCE = "ner_at_once"
"""The name in the pipeline of the recogniser that takes the place of spaCy's."""

_FEATURES = 3
"""What spaCy's model looks at: the word, the first word of the open name and the word before within it."""

Scores = NDArray[np.float32]


def score_at_once(nlp: Language) -> None:
    """Puts a recogniser that scores all words at once in the place of the pipeline's own, if that is greedy and of the
    architecture for which this is the same. The two find the same names in texts without names given beforehand.
    """
    if _NER in nlp.pipe_names and _is_scorable(nlp.get_pipe(_NER)):
        nlp.add_pipe(SCORING_AT_ONCE, after=_NER)
        nlp.disable_pipe(_NER)


@Language.factory(SCORING_AT_ONCE, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def _scoring_at_once(nlp: Language, name: str) -> Recogniser:
    return Recogniser(nlp.get_pipe(_NER))


class Recogniser:
    """Finds the names that spaCy's greedy transition-based recogniser `ner` finds."""

    def __init__(self, ner: Any) -> None:
        self._tok2vec = ner.model.get_ref("tok2vec")
        self._lower = ner.model.get_ref("lower")
        self._lower_bias: Scores = self._lower.get_param("b")
        weights, biases = (ner.model.get_ref("upper").get_param(name) for name in ("W", "b"))
        moves = [_move(ner.moves.get_class_name(number)) for number in range(ner.moves.n_moves)]
        opening = [number for number, (action, _) in enumerate(moves) if action in ("B", "U", "O")]
        self._moves = [moves[number] for number in opening]
        self._weights: Scores = weights[opening]
        self._biases: Scores = biases[opening]
        self._begins = np.array([action == "B" for action, _ in self._moves])
        self._outside = self._moves.index(("O", ""))
        self._going_on = {
            label: (weights[inside] - weights[last], biases[inside] - biases[last])
            for inside, (action, label) in enumerate(moves)
            if action == "I"
            for last in [moves.index(("L", label))]
        }

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """The docs in order, with their names set."""
        for batch in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            words = self._lower.predict(self._tok2vec.predict(batch))
            padding, at = words[0], 1
            for doc in batch:
                doc.set_ents(self._names(doc, words[at : at + len(doc)], padding))
                at += len(doc)
            yield from batch

    def _names(self, doc: Doc, words: Scores, padding: Scores) -> list[Span]:
        """The names of a doc whose words have these vectors for each of the features."""
        is_space, can_go_on = _where_names_may(doc)
        hidden = (words[:, 0] + padding[1] + padding[2] + self._lower_bias).max(axis=-1)
        scores = hidden @ self._weights.T + self._biases
        scores[np.ix_(~can_go_on, self._begins)] = -np.inf
        best = np.where(is_space, self._outside, scores.argmax(axis=1))
        names: list[Span] = []
        end = 0
        for start in np.flatnonzero(best != self._outside).tolist():
            if start >= end:
                action, label = self._moves[best[start]]
                end = start + 1 if action == "U" else self._end(words, start, label, can_go_on)
                names.append(Span(doc, start, end, label=label))
        return names

    def _end(self, words: Scores, start: int, label: str, can_go_on: NDArray[np.bool_]) -> int:
        """Where the name of several words that begins at `start` ends: behind the first that is rather its last."""
        weights, bias = self._going_on[label]
        at = start + 1
        while can_go_on[at]:
            hidden = (words[at, 0] + words[start, 1] + words[at - 1, 2] + self._lower_bias).max(axis=-1)
            if hidden @ weights + bias < 0:
                break
            at += 1
        return at + 1


def _where_names_may(doc: Doc) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each word, whether it is space, at which no name begins, and whether a name may go on behind it."""
    is_space, starts = doc.to_array([IS_SPACE, SENT_START]).T
    return is_space == 1, np.append(starts[1:] != 1, False)[: len(doc)]  # an empty doc has no last word either


def _move(name: str) -> tuple[str, str]:
    action, _, label = name.partition("-")
    return action, label


def _is_scorable(ner: Any) -> bool:
    if not isinstance(ner, EntityRecognizer) or ner.cfg["beam_width"] != 1 or not ner.model.attrs["has_upper"]:
        return False
    lower = ner.model.get_ref("lower")
    looks_at_the_same = lower.get_dim("nF") == _FEATURES and lower.get_dim("nP") > 1
    return looks_at_the_same and not ner.model.attrs["unseen_classes"]
