"""The words of a candidate as features: the lists of features.py tell what kind of word stands where, here the words
speak for themselves, for a model that has seen enough of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.syntax import is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_BESIDE = frozenset({"aux", "auxpass", "mark", "advmod", "npadvmod", "neg"})


def lexical_features(found: LocatedCandidate, target: Token | None) -> Iterator[str]:
    """Names of features: the words of the deed, of its object `target`, its actor and its cues, of the evidence and the
    sentence's main verb.
    """
    candidate, sentence, doc = found.candidate, found.sentence, found.passage.doc
    anchor = candidate.trigger
    yield f"word={_word(anchor)}"
    yield f"tag={anchor.tag_}"
    if target is not None:
        yield from _of_object(anchor, target)
    if candidate.cues:
        yield f"first cue={candidate.cues[0].token.lemma_.lower()}"
        yield "cues=" + ">".join(cue.token.lemma_.lower() for cue in candidate.cues)
    if candidate.actor is not None:
        yield f"actor word={_word(candidate.actor)}"
    yield from (f"says={_word(t)}" for t in doc[found.start_token : found.end_token] if not (t.is_punct or t.is_stop))
    yield f"main={sentence.root.lemma_.lower()}"
    yield f"main tag={sentence.root.tag_}"
    yield from (f"main beside={t.lower_}" for t in sentence.root.lefts if t.dep_ in _BESIDE)
    verb = anchor if is_verb(anchor) else anchor.head
    yield from (f"beside={t.lower_}" for t in verb.children if t.dep_ in _BESIDE)


def _of_object(anchor: Token, target: Token) -> Iterator[str]:
    yield f"object word={_word(target)}"
    yield f"deed to={anchor.lemma_.lower()}|{_word(target)}"
    yield from (f"object beside={_word(t)}" for t in target.lefts)
    for prep in target.rights:
        if prep.dep_ == "prep":
            yield from (f"object {prep.lower_}={_word(t)}" for t in prep.rights)


def _word(token: Token) -> str:
    """Its lemma; of a name only what kind of thing it names."""
    return name_type(token) or token.lemma_.lower()


def name_type(token: Token) -> str | None:
    """What kind of thing a name names, so that nothing is learnt about who it is; None for what is no name."""
    if token.ent_type_ in ("", "ORDINAL") and token.pos_ != "PROPN":
        return None
    return token.ent_type_ or token.pos_
