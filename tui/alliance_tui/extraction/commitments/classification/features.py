"""Features of a candidate: the names of those that hold, as the classifier's model was trained on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, Modality, Opening
from alliance_tui.extraction.commitments.classification.candidate_properties import YEAR, object_head, trigger_classes
from alliance_tui.extraction.commitments.classification.feature_crosses import feature_crosses
from alliance_tui.extraction.commitments.classification.lexical_features import lexical_features
from alliance_tui.extraction.commitments.classification.specificity_features import (
    checkability_features,
    object_features,
    trigger_features,
    value_features,
)
from alliance_tui.extraction.commitments.fields.strength import candidate_strength, is_reaffirmation
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.syntax import is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_MAX_SENTENCES, _MAX_CANDIDATES = 4, 5
"""The highest counts of sentences in a passage and of candidates in a sentence."""
_TIME_BEFORE, _TIME_AFTER = 6, 3
"""Tokens around the evidence in which time adverbs count."""


def extract_features(
    located: LocatedCandidate, table: EntityTable, mentions: MentionIndex, neighbours: Sequence[LocatedCandidate]
) -> list[str]:
    """Return the features of a candidate.

    Args:
        located: The candidate.
        table: The entities of the document.
        mentions: Its mentions.
        neighbours: All candidates of the sentence.
    """
    return [
        *_cue_chain_features(located),
        *trigger_features(located),
        *object_features(located),
        *_actor_features(located, table),
        *_segment_features(located),
        *_clause_features(located),
        *_neighbour_features(located, neighbours),
        *_time_features(located),
        *feature_crosses(located, table, mentions),
        *checkability_features(located, neighbours),
        *value_features(located),
        *_position_features(located),
        *lexical_features(located, object_head(located)),
    ]


def _cue_chain_features(located: LocatedCandidate) -> Iterator[str]:
    candidate = located.candidate
    group = candidate.pattern.group
    strength = candidate_strength(candidate)
    yield "bias"
    yield f"opening={candidate.pattern}"
    yield f"rung={strength}"
    yield f"opening+rung={group}+{strength}"
    yield "first" if candidate.is_first_conjunct else "later"
    if is_reaffirmation(candidate):
        yield "reaffirms"
        yield f"reaffirms+{group}"
    for cue in candidate.cues:
        yield f"role={cue.role}"
        yield f"cue={cue.token.lemma_.lower()}"
    if Modality.NOMINAL in candidate.modality:
        yield from _nominal_cue_features(candidate.cues[0].token)
    for mark in candidate.modality:
        yield f"note={mark}"
        yield f"note+opening={mark}+{group}"


def _nominal_cue_features(noun: Token) -> Iterator[str]:
    """Yield how a nominal cue is attached, and to what verb."""
    yield f"noun dep={noun.dep_}"
    if noun.dep_ == "pobj":
        yield f"noun after={noun.head.lower_}"
    verb = next((head for head in noun.ancestors if is_verb(head)), None)
    if verb is not None:
        known = cues()
        lemma = verb.lemma_.lower()
        is_welcome, is_announcement = lemma in known.welcome_verbs, lemma in known.announcement_verbs
        role = "welcoming" if is_welcome else "announcing" if is_announcement else "other"
        yield f"noun under={role}"
        yield f"noun under={role}+{noun.dep_}"


def _actor_features(located: LocatedCandidate, table: EntityTable) -> Iterator[str]:
    candidate = located.candidate
    actor, owner = candidate.actor, candidate.owner
    if candidate.pattern.opening is Opening.INCLUSION:
        yield "bundle"
        return
    if owner is not None:
        yield "owned"
        yield f"owner party={bool(table.resolve(candidate.passage_of(owner, located.passage), owner))}"
    if actor is None:
        yield "no actor"
        return
    is_party = bool(table.resolve(candidate.passage_of(actor, located.passage), actor))
    group = candidate.pattern.group
    word = actor.lower_
    yield f"actor party={is_party}"
    if actor.pos_ == "PRON" or word in ("this", "that", "these", "it", "which"):
        yield f"actor={word}"
        yield f"actor={word}+{group}"
    elif actor.lemma_.lower() in load(Specificity).inanimate_subjects:
        yield "actor thing"
        yield f"actor thing+party={is_party}"
        yield f"actor thing+{group}"
    else:
        yield f"actor pos={actor.pos_}"
        yield f"actor pos+party={actor.pos_}+{is_party}"
    if any(child.lower_ in ("this", "these", "such") for child in actor.lefts):
        yield "actor this"
    if actor.dep_ == "nsubjpass":
        yield "actor passive"


def _segment_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield the kind of segment, and whether it is spoken or has a label."""
    segment = located.passage.segment
    yield f"segment={segment.kind.value}"
    if segment.speaker is not None:
        yield "spoken"
        yield f"spoken+{located.candidate.pattern.group}"
        yield from (f"spoken+{name}" for name in trigger_classes(located))
    yield f"labelled={segment.label is not None}"


def _clause_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield how the clause is attached, and whether the sentence quotes or sets a condition."""
    candidate = located.candidate
    first = candidate.cues[0].token if candidate.cues else candidate.trigger
    verb = first if is_verb(first) else first.head
    yield f"clause={verb.dep_}"
    if verb.dep_ in ("ccomp", "advcl", "acl", "relcl", "pcomp") and verb.head != verb:
        yield f"under={verb.head.pos_}"
    for child in verb.children:
        if child.dep_ == "mark":
            yield f"mark={child.lower_}"
    words = {token.lower_ for token in located.sentence}
    if words & {"“", "”", '"', "``", "''"}:
        yield "quotation"
    if "if" in words or "unless" in words:
        yield "condition"


def _neighbour_features(located: LocatedCandidate, neighbours: Sequence[LocatedCandidate]) -> Iterator[str]:
    """Yield where a candidate is among the sentences of its passage and the candidates of its sentence."""
    trigger = located.candidate.trigger
    others = [neighbour for neighbour in neighbours if neighbour is not located]
    if any(located.start_token <= other.candidate.trigger.i < located.end_token for other in others):
        yield "holds another"
    if any(other.start_token <= trigger.i < other.end_token for other in others):
        yield "held by another"
    sentences = list(located.passage.doc.sents)
    sentences_before = sum(sentence.start < located.sentence.start for sentence in sentences)
    candidates_before = sum(neighbour.candidate.trigger.i < trigger.i for neighbour in neighbours)
    yield f"sentence={min(_MAX_SENTENCES, sentences_before)}"
    yield f"sentences={min(_MAX_SENTENCES, len(sentences))}"
    yield f"candidates={min(_MAX_CANDIDATES, len(neighbours))}"
    yield f"before={min(_MAX_CANDIDATES, candidates_before)}"


def _time_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield whether a past event is of an earlier year, and the time adverbs near the evidence."""
    sentence, date = located.sentence, located.document_date
    is_past = bool(located.candidate.modality & PAST_TENSES)
    if is_past and date is not None:
        years = {int(token.text) for token in sentence if YEAR.fullmatch(token.text)}
        if years and max(years) < int(date[:4]):
            yield "earlier year"
        elif years and min(years) < int(date[:4]):
            yield "some earlier year"
    start = max(sentence.start, located.start_token - _TIME_BEFORE)
    near = {token.lower_ for token in located.passage.doc[start : min(sentence.end, located.end_token + _TIME_AFTER)]}
    context = load(Specificity).context
    for name, words in (("past", context.past), ("fresh", context.recent)):
        if near & words:
            yield f"time={name}"
            if is_past:
                yield f"time={name}+past"


def _position_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield whether the passage opens or closes the document."""
    if located.relative_position < 0.1:
        yield "opens"
    if located.relative_position > 0.95:
        yield "closes"
