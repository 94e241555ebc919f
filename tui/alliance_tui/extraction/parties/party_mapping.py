"""Whom names stand for when they act: leaders for their states, administrations, groups and their members, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from alliance_tui.extraction.mentions.entity_mention import Naming
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.name_lexicon import for_state, roles
from alliance_tui.extraction.mentions.people import People, leaders, leaders_named
from alliance_tui.extraction.resources import load
from alliance_tui.records import EntityType

Names = tuple[str, ...]
_ACTORS = {EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.UNIT}
_SPEAKERS = {EntityType.STATE, EntityType.PERSON}
_OWNER = re.compile(r"[’']s? ")


def party(naming: Naming, people: People) -> str | None:
    """The party that a name stands for when it acts: a leader's state, else the actor in its own name."""
    if naming.type is EntityType.PERSON:
        person = people.find(naming.name)
        return (person.acts_for if person else None) or naming.name
    if naming.type in _ACTORS:
        return for_state().get(naming.name) or administration(naming.name) or naming.name
    return None


def state_in(name: str) -> str | None:
    """The state that an agency’s name begins with, or holds: "U.S. Department of State", "Bank of Kenya"."""
    words = name.split()
    begins = (gazetteer().get(" ".join(words[:count])) for count in (1, 2, 3))
    known = [*(one for one in begins if one), *(found.known for found in gazetteer().find(name))]
    return next((one.name for one in known if one.type is EntityType.STATE), None)


@cache
def administration(name: str) -> str | None:
    """The state of the listed leaders whose administration the name is: "the Biden-Harris Administration"."""
    leading, _, head = name.rpartition(" ")
    if head != "Administration":
        return None
    known = [{leaders()[leader] for leader in leaders_named(family)} for family in re.split("[- ]", leading)]
    states = [of for of in known if of]
    shared = set.intersection(*states) if states else set()
    return next(iter(shared)) if len(shared) == 1 else None


def states_of(namings: Iterable[Naming], people: People) -> Names:
    """The states named, and those for which the persons named act."""
    found: dict[str, None] = {}
    for naming in namings:
        if naming.type in _SPEAKERS:
            name = party(naming, people)
            if name and (naming.type is EntityType.STATE or name != naming.name):
                found[name] = None
    return tuple(found)


def represented(name: str, people: People) -> str | None:
    """The party for which somebody acts, by the text or by the list of leaders, where a surname may be one state’s."""
    person = people.find(name)
    if person is not None:
        return person.acts_for or leaders().get(person.name)
    states = {leaders()[leader] for leader in leaders_named(name)}
    only = states.pop() if len(states) == 1 else None
    return leaders().get(name) or only


@cache
def governed() -> frozenset[str]:
    """The territories that have a government of their own."""
    return frozenset(load("places")["governed"])


@cache
def groups() -> frozenset[str]:
    """The listed groups and alliances of states."""
    return frozenset((*load("bodies")["bodies"], *load("organisations")["alliances"]))


def groups_in(namings: Iterable[Naming]) -> Names:
    """The first group or alliance of states among the names: G7, Quad, NATO."""
    return tuple(n.name for n in namings if n.name in groups())[:1]


def members_named(namings: Iterable[Naming], people: People) -> dict[str, Names]:
    """The small formats among the names, each with its members, where all of these are named too."""
    names = {name for naming in namings if (name := party(naming, people))}
    members = load("bodies")["members"]
    return {name: tuple(of) for name, of in members.items() if name in names and names.issuperset(of)}


@cache
def _list_link() -> re.Pattern[str]:
    """What stands between two names of a list: ", and the", " members, and Norwegian Prime Minister"."""
    titles = sorted((*roles()["titles"]["state"], *roles()["titles"]["other"]), key=len, reverse=True)
    title = rf"(?:(?:[A-Z]\w+ ){{0,2}}(?:{'|'.join(map(re.escape, titles))}) )?"
    sets = r"(?: (?:members|member states|countries|states|leaders|partners|allies))?"
    joins = r"(?P<comma>,)?(?P<and> and|(?<=,)and| &| as well as)?"
    return re.compile(rf"[⁰¹²³⁴-⁹*†]?{sets}(?: \([^()]*\))?{joins} (?:the |The )?{title}")


def listed(text: str, first: Naming, after: Sequence[Naming]) -> Iterator[Naming]:
    """The names that follow in the list which `first` opens: "A, B (the B Agency), and C's Ministry, and D"."""
    chain: list[Naming] = []
    last, commas, held, closed = first.end, 0, None, False
    for naming in after:
        gap = text[last : naming.start]
        if gap == " (" and text[naming.end : naming.end + 1] == ")":
            last = naming.end + 1
            continue
        link = held if held and not gap else _list_link().fullmatch(gap)
        if closed and not (link and link["and"]):
            break
        if link is None or not (naming.type in {*_ACTORS, EntityType.PERSON} or naming.name in governed()):
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
