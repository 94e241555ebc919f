"""Lexical features: the words of a candidate themselves, where other features read their classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.syntax import is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_FUNCTION_RELATIONS = frozenset({"aux", "auxpass", "mark", "advmod", "npadvmod", "neg"})


def lexical_features(located: LocatedCandidate, target: Token | None) -> Iterator[str]:
    """Yield the words of trigger, object (`target`), actor, cues and evidence, and of the sentence's main verb."""
    candidate, root = located.candidate, located.sentence.root
    trigger = candidate.trigger
    yield f"word={_lemma(trigger)}"
    yield f"tag={trigger.tag_}"
    if target is not None:
        yield from _object_features(trigger, target)
    if candidate.cues:
        lemmas = [cue.token.lemma_.lower() for cue in candidate.cues]
        yield f"first cue={lemmas[0]}"
        yield "cues=" + ">".join(lemmas)
    if candidate.actor is not None:
        yield f"actor word={_lemma(candidate.actor)}"
    evidence = located.passage.doc[located.start_token : located.end_token]
    yield from (f"says={_lemma(token)}" for token in evidence if not (token.is_punct or token.is_stop))
    yield f"main={root.lemma_.lower()}"
    yield f"main tag={root.tag_}"
    yield from (f"main beside={token.lower_}" for token in root.lefts if token.dep_ in _FUNCTION_RELATIONS)
    verb = trigger if is_verb(trigger) else trigger.head
    yield from (f"beside={token.lower_}" for token in verb.children if token.dep_ in _FUNCTION_RELATIONS)


def _object_features(trigger: Token, target: Token) -> Iterator[str]:
    yield f"object word={_lemma(target)}"
    yield f"deed to={trigger.lemma_.lower()}|{_lemma(target)}"
    yield from (f"object beside={_lemma(token)}" for token in target.lefts)
    for prep in target.rights:
        if prep.dep_ == "prep":
            yield from (f"object {prep.lower_}={_lemma(token)}" for token in prep.rights)


def _lemma(token: Token) -> str:
    """Return a token's lemma; the type of a name instead."""
    return name_type(token) or token.lemma_.lower()


def name_type(token: Token) -> str | None:
    """Return the type of a name, so that nothing is learnt about who it is; None for other words."""
    if token.ent_type_ in ("", "ORDINAL") and token.pos_ != "PROPN":
        return None
    return token.ent_type_ or token.pos_
