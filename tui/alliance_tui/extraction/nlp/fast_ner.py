"""The pipeline's named-entity recogniser, with the scores of all tokens computed at once.

spaCy asks at each token, for each of its moves, whether that is allowed, and takes Python's lock for each of these
questions: more time than the model's own arithmetic. Yet outside an entity the scores of a token depend on that token
alone. All of them are computed by one multiplication; only inside an entity are tokens taken one after the other.
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
FAST_NER = "fast_ner"
"""Name of the component that replaces spaCy's recogniser."""

_FEATURES = 3
"""The features of spaCy's model: the token, the first token of the open entity, and the token before within it."""

FloatArray = NDArray[np.float32]


def install_fast_ner(nlp: Language) -> None:
    """Replace the pipeline's recogniser by a fast one, if it is greedy and of an architecture that allows it.

    The two find the same entities in texts without entities set beforehand.
    """
    if _NER in nlp.pipe_names and _is_supported(nlp.get_pipe(_NER)):
        nlp.add_pipe(FAST_NER, after=_NER)
        nlp.disable_pipe(_NER)


@Language.factory(FAST_NER, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def _create_fast_ner(nlp: Language, name: str) -> FastEntityRecognizer:
    return FastEntityRecognizer(nlp.get_pipe(_NER))


class FastEntityRecognizer:
    """Finds the entities that spaCy's greedy transition-based recogniser `ner` finds.

    Moves are in the BILUO scheme: an entity begins with B and ends with L, or is one token (U); O is outside.
    """

    def __init__(self, ner: Any) -> None:
        self._tok2vec = ner.model.get_ref("tok2vec")
        self._lower = ner.model.get_ref("lower")
        self._lower_bias: FloatArray = self._lower.get_param("b")
        weights, biases = (ner.model.get_ref("upper").get_param(name) for name in ("W", "b"))
        moves = [_split_move(ner.moves.get_class_name(number)) for number in range(ner.moves.n_moves)]
        outside_moves = [number for number, (action, _) in enumerate(moves) if action in ("B", "U", "O")]
        self._moves = [moves[number] for number in outside_moves]
        self._weights: FloatArray = weights[outside_moves]
        self._biases: FloatArray = biases[outside_moves]
        self._begins = np.array([action == "B" for action, _ in self._moves])
        self._outside = self._moves.index(("O", ""))
        self._continuation = {
            label: (weights[inside] - weights[last], biases[inside] - biases[last])
            for inside, (action, label) in enumerate(moves)
            if action == "I"
            for last in [moves.index(("L", label))]
        }
        """By label, weights and bias of the score of going on (I) above that of ending (L)."""

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Yield the docs in order, with their entities set."""
        for batch in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            vectors = self._lower.predict(self._tok2vec.predict(batch))
            padding, start = vectors[0], 1
            for doc in batch:
                doc.set_ents(self._entities(doc, vectors[start : start + len(doc)], padding))
                start += len(doc)
            yield from batch

    def _entities(self, doc: Doc, vectors: FloatArray, padding: FloatArray) -> list[Span]:
        """The entities of a doc; `vectors` are of shape (tokens, features, hidden units, pieces)."""
        is_space, can_continue = _constraints(doc)
        hidden = (vectors[:, 0] + padding[1] + padding[2] + self._lower_bias).max(axis=-1)
        scores = hidden @ self._weights.T + self._biases
        scores[np.ix_(~can_continue, self._begins)] = -np.inf
        best = np.where(is_space, self._outside, scores.argmax(axis=1))
        entities: list[Span] = []
        end = 0
        for start in np.flatnonzero(best != self._outside).tolist():
            if start >= end:
                action, label = self._moves[best[start]]
                end = start + 1 if action == "U" else self._entity_end(vectors, start, label, can_continue)
                entities.append(Span(doc, start, end, label=label))
        return entities

    def _entity_end(self, vectors: FloatArray, start: int, label: str, can_continue: NDArray[np.bool_]) -> int:
        """End (exclusive) of the entity of several tokens that begins at `start`."""
        weights, bias = self._continuation[label]
        index = start + 1
        while can_continue[index]:
            hidden = (vectors[index, 0] + vectors[start, 1] + vectors[index - 1, 2] + self._lower_bias).max(axis=-1)
            if hidden @ weights + bias < 0:
                break
            index += 1
        return index + 1


def _constraints(doc: Doc) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each token: is it white space, where no entity begins, and may an entity continue after it?"""
    is_space, starts = doc.to_array([IS_SPACE, SENT_START]).T
    return is_space == 1, np.append(starts[1:] != 1, False)[: len(doc)]  # an empty doc has no last token either


def _split_move(name: str) -> tuple[str, str]:
    """Action and label of a move: "B-GPE"."""
    action, _, label = name.partition("-")
    return action, label


def _is_supported(ner: Any) -> bool:
    if not isinstance(ner, EntityRecognizer) or ner.cfg["beam_width"] != 1 or not ner.model.attrs["has_upper"]:
        return False
    lower = ner.model.get_ref("lower")
    has_same_features = lower.get_dim("nF") == _FEATURES and lower.get_dim("nP") > 1
    return has_same_features and not ner.model.attrs["unseen_classes"]
