"""What is known of a candidate when it is judged: names of features that hold for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

from msgspec import structs

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, Modality, Opening
from alliance_tui.extraction.commitments.classification.lexical_features import lexical_features
from alliance_tui.extraction.commitments.fields.domains import domain_scores
from alliance_tui.extraction.commitments.fields.strength import candidate_strength, is_reaffirmation
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.syntax import direct_object, is_nominal, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_MONEY = re.compile(r"[$€£¥]|\b(?:million|billion|trillion|percent)\b|%")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_SENTENCES, _MOST_CANDIDATES = 4, 5
"""How far sentences of a passage and candidates of a sentence are counted."""
_REPORTED = frozenset({Modality.PASSIVE, Modality.PROGRESSIVE, Modality.PAST, Modality.PERFECT})
_OBJECTS = ("dobj", "obj", "attr", "nsubjpass", "dative", "oprd")


@cache
def _classes(part: Literal["verbs", "nouns", "adjectives"]) -> dict[str, frozenset[str]]:
    """The classes of verbs, nouns or adjectives, by name."""
    words = load(Specificity)
    return structs.asdict({"verbs": words.verbs, "nouns": words.nouns, "adjectives": words.adjectives}[part])


def extract_features(
    found: LocatedCandidate, table: EntityTable, places: MentionIndex, neighbours: Sequence[LocatedCandidate]
) -> list[str]:
    """The features of a candidate; `neighbours` are the candidates of its sentence."""
    return [
        *_chain(found),
        *_deed(found),
        *_object(found),
        *_actor(found, table),
        *_place(found, neighbours),
        *_crossed(found, table, places),
        *_checkable(found, neighbours),
        *_setting(found),
        *lexical_features(found, object_head(found)),
    ]


_CHECKABLE = frozenset({"event", "body", "text", "programme", "money", "material"})
_DOING = frozenset({"create", "transfer", "change"})


def _checkable(found: LocatedCandidate, neighbours: Sequence[LocatedCandidate]) -> Iterator[str]:
    """The commitment test, for the deed and for those that share its first cue."""
    points = _points(found)
    yield from (f"checkable>={level}" for level in range(-4, 8) if points >= level)
    first = found.candidate.cues[0].token.i if found.candidate.cues else -1
    others = [
        _points(n) for n in neighbours if n is not found and n.candidate.cues and n.candidate.cues[0].token.i == first
    ]
    if others:
        mean = sum(others) / len(others)
        yield from (f"listed with>={level}" for level in range(-3, 6, 2) if mean >= level)


def _points(found: LocatedCandidate) -> int:
    """How much the words name something that one could later check was done."""
    anchor, span = found.candidate.trigger, _own_words(found)
    target = object_head(found) if is_verb(anchor) else anchor
    points = 0
    done = set(_classed(anchor, "verbs")) if is_verb(anchor) else {"create"}
    points += 1 if done & _DOING else -1 if done & {"stance", "effect"} else 0
    if target is not None:
        things = set(_classed(target, "nouns"))
        points += 2 if things & _CHECKABLE else 0
        points -= 2 if "vague" in things else 0
        points -= any(child.lower_ in load(Specificity).adjectives.vague for child in target.lefts)
        points += any(child.lower_ in load(Specificity).adjectives.new for child in target.lefts)
        points += target.pos_ == "PROPN"
    else:
        points -= 2
    names = [token for token in span if token.pos_ == "PROPN" and token.i != anchor.i]
    points += bool(names) + (len(names) > 2)
    points += bool(_MONEY.search(span.text)) + any(token.like_num for token in span)
    return points + min(2, len(_fields(found)))


def _setting(found: LocatedCandidate) -> Iterator[str]:
    """Whether the sentence and its paragraph speak of values, and whether they open or close the document."""
    for name, tokens in (("sentence", found.sentence), ("paragraph", found.passage.doc)):
        share = found.passage.memo(f"values {tokens[0].i} {len(tokens)}", partial(_share_of_values, tokens))
        yield from (f"values in {name}>={level}%" for level in (2, 4, 7, 10, 14) if 100 * share >= level)
    if found.relative_position < 0.1:
        yield "opens"
    if found.relative_position > 0.95:
        yield "closes"


def _share_of_values(tokens: Doc | Span) -> float:
    values = load(Specificity).context.values
    return sum(token.lower_ in values for token in tokens) / len(tokens)


def _crossed(found: LocatedCandidate, table: EntityTable, places: MentionIndex) -> Iterator[str]:
    """The combinations on which the close calls turn: what is done to what by whom, and whether a field is named."""
    candidate = found.candidate
    anchor = candidate.trigger
    opening = candidate.pattern.group
    target = object_head(found)
    done = _classed(anchor, "verbs" if is_verb(anchor) else "nouns")
    things = _classed(target, "nouns") if target is not None else ["none"]
    fields = "field" if _fields(found) else "no field"
    kinds = actor_types(found, table, places)
    for deed in done:
        yield f"{opening}+{deed}"
        yield f"{deed}+{fields}"
        yield from (f"{deed}+{thing}" for thing in things)
        yield from (f"{deed}+{thing}+{fields}" for thing in things)
        yield from (f"{deed}+by {kind}" for kind in kinds)
    for thing in things:
        yield f"{thing}+{fields}"
    rung = candidate_strength(candidate).value
    for deed in done:
        yield f"{rung}+{deed}"
        yield f"{rung}+{deed}+{fields}"
        if is_reaffirmation(candidate):
            yield f"reaffirms+{deed}"
            yield f"reaffirms+{deed}+{fields}"
    for thing in things:
        yield f"{rung}+{thing}"
    for kind in kinds:
        yield f"actor kind={kind}"
        yield f"{opening}+by {kind}"
        for note in candidate.modality & _REPORTED:
            yield f"{note}+by {kind}"
    if Modality.PASSIVE in candidate.modality:
        yield from (f"{opening}+passive+{deed}" for deed in done)


def _classed(token: Token, part: Literal["verbs", "nouns"]) -> list[str]:
    lemma = token.lemma_.lower()
    return [kind for kind, words in _classes(part).items() if lemma in words] or ["unlisted"]


def _fields(found: LocatedCandidate) -> list[str]:
    """The policy fields that the deed's words tell."""

    def told() -> list[str]:
        return [field.value for field, score in domain_scores([(_own_words(found).text, 1.0)]).items() if score]

    return found.passage.memo(f"fields {found.candidate.trigger.i} {found.start_token} {found.end_token}", told)


def _own_words(found: LocatedCandidate) -> Span:
    """What follows the deed in the evidence; of a nominal deed all the evidence."""
    anchor = found.candidate.trigger
    return anchor.doc[anchor.i + 1 if is_verb(anchor) else found.start_token : found.end_token]


def actor_types(found: LocatedCandidate, table: EntityTable, places: MentionIndex) -> list[str]:
    """The types of entity that the actor is."""
    actor = found.candidate.actor
    if found.candidate.pattern.opening is Opening.INCLUSION:
        return ["bundle"]
    if actor is None:
        return ["none"]
    passage = found.candidate.passage_of(actor, found.passage)
    named = places.type_at(passage.offset + actor.idx)
    if named is not None and actor.pos_ != "PRON":
        return [named.value]
    parties = table.resolve(passage, actor)
    return sorted(
        {places.entity_types[name].value if name in places.entity_types else "unnamed" for name in parties}
    ) or ["unresolved"]


def _chain(found: LocatedCandidate) -> Iterator[str]:
    candidate = found.candidate
    yield "bias"
    opening = candidate.pattern.group
    rung = candidate_strength(candidate).value
    yield f"opening={candidate.pattern}"
    yield f"rung={rung}"
    yield f"opening+rung={opening}+{rung}"
    yield "first" if candidate.is_first_conjunct else "later"
    if is_reaffirmation(candidate):
        yield "reaffirms"
        yield f"reaffirms+{opening}"
    for cue in candidate.cues:
        yield f"role={cue.role}"
        yield f"cue={cue.token.lemma_.lower()}"
    if Modality.NOMINAL in candidate.modality:
        yield from _nominal(candidate.cues[0].token)
    for note in candidate.modality:
        yield f"note={note}"
        yield f"note+opening={note}+{opening}"


def _nominal(noun: Token) -> Iterator[str]:
    """Where a nominal cue stands: what governs it and how."""
    yield f"noun dep={noun.dep_}"
    if noun.dep_ == "pobj":
        yield f"noun after={noun.head.lower_}"
    head = next((head for head in noun.ancestors if is_verb(head)), None)
    if head is not None:
        known = cues()
        lemma = head.lemma_.lower()
        role = (
            "welcoming"
            if lemma in known.welcome_verbs
            else "announcing"
            if lemma in known.announcement_verbs
            else "other"
        )
        yield f"noun under={role}"
        yield f"noun under={role}+{noun.dep_}"


def _deed(found: LocatedCandidate) -> Iterator[str]:
    anchor = found.candidate.trigger
    lemma = anchor.lemma_.lower()
    yield f"anchor pos={anchor.pos_}"
    for name, words in _classes("verbs" if is_verb(anchor) else "nouns").items():
        if lemma in words:
            yield f"deed class={name}"


def object_head(found: LocatedCandidate) -> Token | None:
    """The head of what the deed is done to."""
    anchor = found.candidate.trigger
    for child in anchor.rights if is_verb(anchor) else ():
        if child.dep_ in _OBJECTS and child.i < found.end_token:
            return child
    for child in anchor.children:
        if child.dep_ == "nsubjpass":
            return child
    for prep in anchor.rights:
        if prep.dep_ in ("prep", "prt", "agent") and prep.i < found.end_token:
            for child in prep.rights:
                if child.dep_ == "pobj":
                    return child
    embedded = next(
        (child for child in anchor.rights if child.dep_ in ("ccomp", "xcomp") and child.i < found.end_token), None
    )
    return direct_object(embedded) if embedded is not None else None  # "allow them to build X"


def _object(found: LocatedCandidate) -> Iterator[str]:
    anchor = found.candidate.trigger
    target, span = object_head(found), _own_words(found)
    if target is None:
        yield "no object"
    else:
        yield from _head(target, "object")
        yield f"object pos={target.pos_}"
        for prep in target.rights:
            if prep.dep_ == "prep" and prep.i < found.end_token:
                yield f"object prep={prep.lower_}"
                for inner in prep.rights:
                    if is_nominal(inner):
                        yield from _head(inner, "inner")
        for child in target.lefts:
            yield from _modifier(child)
    if not is_verb(anchor):
        for child in anchor.lefts:
            yield from _modifier(child)
    for prep in anchor.rights:
        if prep.dep_ == "prep" and prep.i < found.end_token:
            yield f"anchor prep={prep.lower_}"
    fields = _fields(found)
    yield f"fields={min(len(fields), 4)}"
    yield from (f"field={field}" for field in fields)
    yield from _specifics(span)
    yield f"length={min(len(span) // 4, 8)}"


def _head(token: Token, name: str) -> Iterator[str]:
    lemma = token.lemma_.lower()
    classes = [kind for kind, words in _classes("nouns").items() if lemma in words]
    for kind in classes or ["unlisted"]:
        yield f"{name} class={kind}"


def _modifier(child: Token) -> Iterator[str]:
    lower = child.lower_
    for kind, words in _classes("adjectives").items():
        if lower in words:
            yield f"modifier={kind}"
    if child.dep_ in ("compound", "nmod"):
        yield "compound object"
    if child.dep_ == "poss":
        yield "possessed object"
    if child.dep_ == "det":
        yield f"object det={lower}"


def _specifics(span: object) -> Iterator[str]:
    tokens = list(span)  # type: ignore[call-overload]
    text = getattr(span, "text", "")
    capitals = sum(t.pos_ == "PROPN" and t.text[:1].isupper() for t in tokens)
    yield f"capitals={min(capitals, 4)}"
    if _MONEY.search(text):
        yield "money"
    if _YEAR.search(text):
        yield "year"
    if any(t.like_num for t in tokens):
        yield "number"
    if any(t.text.isupper() and len(t.text) > 2 for t in tokens):
        yield "acronym"


def _actor(found: LocatedCandidate, table: EntityTable) -> Iterator[str]:
    candidate = found.candidate
    actor = candidate.actor
    if candidate.pattern.opening is Opening.INCLUSION:
        yield "bundle"
        return
    if candidate.owner is not None:
        yield "owned"
        passage = candidate.passage_of(candidate.owner, found.passage)
        yield f"owner party={bool(table.resolve(passage, candidate.owner))}"
    if actor is None:
        yield "no actor"
        return
    party = bool(table.resolve(candidate.passage_of(actor, found.passage), actor))
    yield f"actor party={party}"
    opening = candidate.pattern.group
    lower = actor.lower_
    if actor.pos_ == "PRON" or lower in ("this", "that", "these", "it", "which"):
        yield f"actor={lower}"
        yield f"actor={lower}+{opening}"
    elif actor.lemma_.lower() in load(Specificity).inanimate_subjects:
        yield "actor thing"
        yield f"actor thing+party={party}"
        yield f"actor thing+{opening}"
    else:
        yield f"actor pos={actor.pos_}"
        yield f"actor pos+party={actor.pos_}+{party}"
    if any(child.lower_ in ("this", "these", "such") for child in actor.lefts):
        yield "actor this"
    if actor.dep_ == "nsubjpass":
        yield "actor passive"


def _place(found: LocatedCandidate, neighbours: Sequence[LocatedCandidate]) -> Iterator[str]:
    candidate = found.candidate
    anchor = candidate.trigger
    segment = found.passage.segment
    yield f"segment={segment.kind.value}"
    if segment.speaker is not None:
        yield "spoken"
        yield f"spoken+{candidate.pattern.group}"
        yield from (f"spoken+{deed}" for deed in _classed(anchor, "verbs" if is_verb(anchor) else "nouns"))
    yield f"labelled={segment.label is not None}"
    opener = candidate.cues[0].token if candidate.cues else anchor
    verb = opener if is_verb(opener) else opener.head
    yield f"clause={verb.dep_}"
    head = verb.head
    if verb.dep_ in ("ccomp", "advcl", "acl", "relcl", "pcomp") and head != verb:
        yield f"under={head.pos_}"
    for child in verb.children:
        if child.dep_ == "mark":
            yield f"mark={child.lower_}"
    inside = [n for n in neighbours if n is not found and found.start_token <= n.candidate.trigger.i < found.end_token]
    if inside:
        yield "holds another"
    if any(n is not found and n.start_token <= anchor.i < n.end_token for n in neighbours):
        yield "held by another"
    sentences = list(found.passage.doc.sents)
    yield f"sentence={min(_MOST_SENTENCES, sum(one.start < found.sentence.start for one in sentences))}"
    yield f"sentences={min(_MOST_SENTENCES, len(sentences))}"
    yield f"candidates={min(_MOST_CANDIDATES, len(neighbours))}"
    yield f"before={min(_MOST_CANDIDATES, sum(n.candidate.trigger.i < anchor.i for n in neighbours))}"
    yield from _time(found)
    words = {token.lower_ for token in found.sentence}
    if words & {"“", "”", '"', "``", "''"}:
        yield "quotation"
    if "if" in words or "unless" in words:
        yield "condition"


def _time(found: LocatedCandidate) -> Iterator[str]:
    doc = found.passage.doc
    near = {
        doc[i].lower_
        for i in range(max(found.sentence.start, found.start_token - 6), min(found.sentence.end, found.end_token + 3))
    }
    past = found.candidate.modality & PAST_TENSES
    date = found.document_date
    if past and date is not None:
        years = {int(token.text) for token in found.sentence if _YEAR.fullmatch(token.text)}
        if years and max(years) < int(date[:4]):
            yield "earlier year"
        elif years and min(years) < int(date[:4]):
            yield "some earlier year"
    for name, words in (("past", load(Specificity).context.past), ("fresh", load(Specificity).context.recent)):
        if near & words:
            yield f"time={name}"
            if past:
                yield f"time={name}+past"
