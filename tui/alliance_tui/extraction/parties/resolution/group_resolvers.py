"""Resolution of groups: "the leaders of A and B", "the two sides", "our Allies", "U.S. companies"."""

from __future__ import annotations

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Organisations, States
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.parties.party_mapping import PartyNames, party_of, state_groups, states_represented, unique
from alliance_tui.extraction.parties.resolution.antecedents import UNLIMITED, find_antecedent
from alliance_tui.extraction.parties.resolution.discourse import (
    FIRST_PERSON_PLURAL,
    THIRD_PERSON,
    Discourse,
    NounPhrase,
)
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import (
    cardinality,
    has_restrictive_clause,
    included_examples,
    is_definite,
    is_newly_counted,
    phrase_text,
)
from alliance_tui.extraction.parties.resolution.pronoun_resolver import resolve_pronoun
from alliance_tui.records import EntityType

_QUANTIFIERS = frozenset({"all", "both", "each"})
_COLLECTIVES = frozenset({"pair", "duo", "trio"})
_FORMER_AND_LATTER = {"former": slice(0, 1), "latter": slice(1, 2)}


def resolve_group(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve a group noun or a quantifier to the group's members."""
    if phrase.word not in roles().group_nouns.parties and phrase.word not in _QUANTIFIERS:
        return None
    return _resolve_members(discourse, phrase) or None


def _resolve_members(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    for resolver in (_of_phrase, resolve_modifiers):
        if (parties := resolver(discourse, phrase)) is not None:
            return parties
    if phrase.has_left_child({"other"}):
        return None  # "the Quad and other partners"
    for resolver in (_our_allies, _possessor_of_singular):
        if (parties := resolver(discourse, phrase)) is not None:
            return parties
    if phrase.word in _QUANTIFIERS:
        includes_us = any(token.lower_ in FIRST_PERSON_PLURAL for token in phrase.head.subtree)
        return discourse.document_parties if includes_us else None
    if phrase.head.tag_ not in {"NNS", "NNPS"} and phrase.word not in _COLLECTIVES:
        return None
    return _unnamed_group(discourse, phrase) or _by_number(discourse, phrase)


def _of_phrase(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "the leaders of A and B", "representatives from A"."""
    below = (token for child in phrase.head.children if child.lower_ in {"of", "from"} for token in child.children)
    resolved = (discourse.resolve(phrase.headed_by(token)) for token in below if token.dep_ == "pobj")
    return next((names for names in resolved if names), None)


def resolve_modifiers(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve by the parties before the head: "Japanese and Korean leaders", "Quad partners"."""
    left = phrase.head.left_edge.idx
    matches = gazetteer().find(phrase.passage.text[left : phrase.head.idx])
    parties = [match.entry.name for match in matches if match.entry.type is EntityType.STATE]
    if not parties:  # "the Obama administration", "Quad partners"
        whole = phrase.word == "members"
        parties = [
            party
            for mention in discourse.lookup.mentions_in(phrase.passage.offset + left, phrase.offset)
            if (party := party_of(mention, discourse.people))
            and (whole or party != mention.name or mention.type is EntityType.BODY or party in state_groups())
        ]
    if phrase.word == "members" and len(parties) == 1 and _may_consist_of_parties(discourse, parties[0]):
        return discourse.document_parties
    return unique(parties) if parties else None


def _may_consist_of_parties(discourse: Discourse, body: str) -> bool:
    """Return whether the members of an unlisted body are the document parties, which are several states."""
    parties = discourse.document_parties
    return len(parties) > 2 and body not in parties and gazetteer().get(body) is None


def _our_allies(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "our Allies" to the alliance mentioned last before; not "its Allies"."""
    is_others = any(child.dep_ == "poss" and child.lower_ != "our" for child in phrase.head.lefts)
    if phrase.head.text != "Allies" or phrase.head.is_sent_start or is_others:
        return None
    alliances = load(Organisations).alliances
    names = (mention.name for mention in discourse.mentions_before(phrase) if mention.name in alliances)
    return next(((name,) for name in names), None)


def _possessor_of_singular(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "his country" by its possessive pronoun."""
    possessor = next((child for child in phrase.head.lefts if child.lower_ in THIRD_PERSON), None)
    if possessor is None or phrase.head.tag_ != "NN":
        return None
    return resolve_pronoun(discourse, phrase.headed_by(possessor))


def _unnamed_group(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Take the words of a group that the text counts or describes anew: "over 190 countries"."""
    head = phrase.head
    if cardinality(head) != len(discourse.document_parties) and is_newly_counted(head):
        return (phrase_text(head),)
    if has_restrictive_clause(head):
        return (head.doc[head.left_edge.i : head.right_edge.i + 1].text,)
    return None


def _by_number(discourse: Discourse, phrase: NounPhrase) -> PartyNames:
    """Resolve by the number of parties: to the document parties, or to a fitting antecedent if they do not fit."""
    number, parties = cardinality(phrase.head), discourse.document_parties
    fits = number is None and (len(parties) != 1 or parties[0] in state_groups())
    if len(parties) == number or fits:
        return parties
    names = find_antecedent(discourse, phrase, at_least=number or 2, at_most=number or UNLIMITED)
    if names and _may_be(phrase, names):
        return names
    if parties and number is not None and (names := _so_many_mentioned(discourse, phrase, number)):
        return names
    return parties


def _so_many_mentioned(discourse: Discourse, phrase: NounPhrase, number: int) -> PartyNames:
    """Return so many states: of more document parties those mentioned last, else these and others mentioned last.

    States are mentioned by name or by who represents them.
    """
    parties = discourse.document_parties
    if not all(name in load(States).states for name in parties):
        return ()  # a group, whose members the text need not name
    mentioned = states_represented(discourse.mentions_before(phrase), discourse.people)
    if len(parties) > number:
        chosen = [name for name in mentioned if name in parties][:number]
        return tuple(name for name in parties if name in chosen) if len(chosen) == number else ()
    others = [name for name in mentioned if name not in parties][: number - len(parties)]
    return (*parties, *others) if len(parties) + len(others) == number else ()


def _may_be(phrase: NounPhrase, names: PartyNames) -> bool:
    """Return whether a group noun may refer to these parties: "the two governments" are no firms."""
    if phrase.word not in roles().group_nouns.states:
        return True
    entries = (gazetteer().get(name) for name in names)
    return all(
        entry is not None and (entry.type is EntityType.STATE or entry.name in state_groups()) for entry in entries
    )


def resolve_organisations(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "the two agencies" to as many organisations mentioned last before."""
    if phrase.word not in roles().group_nouns.organisations or not is_definite(phrase.head):
        return None
    number = cardinality(phrase.head) or 2
    if phrase.word == "ministries" and number == len(discourse.document_parties):
        return discourse.document_parties
    before = discourse.mentions_before(phrase)
    names = unique(mention.name for mention in before if mention.type is EntityType.ORGANISATION)
    return names[:number][::-1] if len(names) >= number else ()


def resolve_unnamed_organisations(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Take the words for organisations known by state or number alone: "U.S. companies", "61 organizations"."""
    nouns, head, text = roles().group_nouns, phrase.head, phrase.passage.text
    is_unnamed = phrase.word in nouns.unnamed_organisations
    if not is_unnamed and phrase.word not in nouns.organisations:
        return None
    if examples := included_examples(head):
        return unique(*(discourse.resolve(phrase.headed_by(example)) for example in examples))
    if not is_unnamed:
        return None
    left = head.left_edge.idx
    states = [m for m in gazetteer().find(text[left : head.idx]) if m.entry.type is EntityType.STATE]
    if not states and is_newly_counted(head):
        return (phrase_text(head),)
    if len(states) == 1:
        return (text[left + states[0].start : head.idx + len(head)],)
    return tuple(f"{text[left + m.start : left + m.end]} {head.text}" for m in states)


def resolve_former_and_latter(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "the former" and "the latter" to the first and the second of two parties."""
    if phrase.word not in _FORMER_AND_LATTER:
        return None
    pair = find_antecedent(discourse, phrase, at_least=2, at_most=2)
    return pair[_FORMER_AND_LATTER[phrase.word]]
