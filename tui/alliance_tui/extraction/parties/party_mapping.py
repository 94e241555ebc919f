"""Whom names stand for when they act: leaders for their states, administrations, groups and their members, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Bodies, Organisations, Places
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.name_lexicon import agency_states, roles
from alliance_tui.extraction.mentions.people import PersonIndex, leader_parties, leaders_by_surname
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

PartyNames = tuple[str, ...]
_ACTORS = {EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.UNIT}
_SPEAKERS = {EntityType.STATE, EntityType.PERSON}
_OWNER = re.compile(r"[’']s? ")


def party_of(naming: EntityMention, people: PersonIndex) -> str | None:
    """The party that a name stands for when it acts: a leader's state, else the actor in its own name."""
    if naming.type is EntityType.PERSON:
        person = people.find(naming.name)
        return (person.represents if person else None) or naming.name
    if naming.type in _ACTORS:
        return agency_states().get(naming.name) or administration_state(naming.name) or naming.name
    return None


def state_in_name(name: str) -> str | None:
    """The state that an agency’s name begins with, or holds: "U.S. Department of State", "Bank of Kenya"."""
    words = name.split()
    begins = (gazetteer().get(" ".join(words[:count])) for count in (1, 2, 3))
    known = [*(one for one in begins if one), *(found.entry for found in gazetteer().find(name))]
    return next((one.name for one in known if one.type is EntityType.STATE), None)


@cache
def administration_state(name: str) -> str | None:
    """The state of the listed leaders whose administration the name is: "the Biden-Harris Administration"."""
    leading, _, head = name.rpartition(" ")
    if head != "Administration":
        return None
    known = [
        {leader_parties()[leader] for leader in leaders_by_surname(family)} for family in re.split("[- ]", leading)
    ]
    states = [of for of in known if of]
    shared = set.intersection(*states) if states else set()
    return next(iter(shared)) if len(shared) == 1 else None


def states_represented(namings: Iterable[EntityMention], people: PersonIndex) -> PartyNames:
    """The states named, and those for which the persons named act."""
    found: dict[str, None] = {}
    for naming in namings:
        if naming.type in _SPEAKERS:
            name = party_of(naming, people)
            if name and (naming.type is EntityType.STATE or name != naming.name):
                found[name] = None
    return tuple(found)


def represented_party(name: str, people: PersonIndex) -> str | None:
    """The party for which somebody acts, by the text or by the list of leaders, where a surname may be one state’s."""
    person = people.find(name)
    if person is not None:
        return person.represents or leader_parties().get(person.name)
    states = {leader_parties()[leader] for leader in leaders_by_surname(name)}
    only = states.pop() if len(states) == 1 else None
    return leader_parties().get(name) or only


@cache
def self_governing_territories() -> frozenset[str]:
    """The territories that have a government of their own."""
    return frozenset(load(Places).self_governing)


@cache
def state_groups() -> frozenset[str]:
    """The listed groups and alliances of states."""
    return frozenset((*load(Bodies).bodies, *load(Organisations).alliances))


def first_state_group(namings: Iterable[EntityMention]) -> PartyNames:
    """The first group or alliance of states among the names: G7, Quad, NATO."""
    return tuple(n.name for n in namings if n.name in state_groups())[:1]


def named_group_members(namings: Iterable[EntityMention], people: PersonIndex) -> dict[str, PartyNames]:
    """The small formats among the names, each with its members, where all of these are named too."""
    names = {name for naming in namings if (name := party_of(naming, people))}
    members = load(Bodies).members
    return {name: tuple(of) for name, of in members.items() if name in names and names.issuperset(of)}


@cache
def _list_link() -> re.Pattern[str]:
    """What stands between two names of a list: ", and the", " members, and Norwegian Prime Minister"."""
    title = rf"(?:(?:[A-Z]\w+ ){{0,2}}(?:{literal_alternation((*roles().titles.state, *roles().titles.other))}) )?"
    sets = r"(?: (?:members|member states|countries|states|leaders|partners|allies))?"
    joins = r"(?P<comma>,)?(?P<and> and|(?<=,)and| &| as well as)?"
    return re.compile(rf"[⁰¹²³⁴-⁹*†]?{sets}(?: \([^()]*\))?{joins} (?:the |The )?{title}")


def enumerated_after(text: str, first: EntityMention, after: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The names that follow in the list which `first` opens: "A, B (the B Agency), and C's Ministry, and D"."""
    chain: list[EntityMention] = []
    last, commas, held, closed = first.end, 0, None, False
    for naming in after:
        gap = text[last : naming.start]
        if gap == " (" and text[naming.end : naming.end + 1] == ")":
            last = naming.end + 1
            continue
        link = held if held and not gap else _list_link().fullmatch(gap)
        if closed and not (link and link["and"]):
            break
        if link is None or not (
            naming.type in {*_ACTORS, EntityType.PERSON} or naming.name in self_governing_territories()
        ):
            return
        owner = _OWNER.match(text, naming.end)
        if owner and held is None:
            last, held = owner.end(), link
            continue
        chain.append(naming)
        last, held = naming.end, None
        commas += link["comma"] is not None
        closed = closed or link["and"] is not None
    if closed and (len(chain) > 1 or not commas):
        yield from chain
