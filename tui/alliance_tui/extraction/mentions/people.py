"""Persons: full names, names after a title, surnames joined to their one full name, and whom they act for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Leaders
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import GazetteerMatch, gazetteer
from alliance_tui.extraction.mentions.name_lexicon import roles
from alliance_tui.extraction.mentions.offices import (
    find_titled_names,
    honorific_pattern,
    represented_states,
    state_beside,
)
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_JUNIOR = re.compile(r",? (?:Jr|Sr)\.?$", re.IGNORECASE)
_WRITER = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){1,3}")
_NO_WRITERS = frozenset({"Staff", "News", "Agency", "Agencies", "Bureau", "Media", "Press", "Reporters"})
_BYLINE = re.compile(
    rf"^By {_WRITER.pattern}(?:(?:, | and ){_WRITER.pattern}){{0,3}}(?=,? |$)[^\n]{{0,40}}$", re.MULTILINE
)
_TITLED, _FULL = 3, 2
_OFTEN = 3
"""How often a text must name a state for a "Mr." to be its leader by surname alone."""


class Person(Struct):
    """A person, the titles the text gives, and the party for whom he or she acts (None: for nobody but himself)."""

    name: str
    titles: set[str]
    represents: str | None = None


@cache
def _civil() -> frozenset[str]:
    """The titles of anybody: "Mr.", "Ms"."""
    return frozenset(title.title() for title in roles().titles.honorifics)


@cache
def leader_parties() -> dict[str, str]:
    """The party for which each listed leader acts, by full name."""
    leaders = load(Leaders)
    by_party = [*leaders.states.items(), *leaders.organisations.items()]
    return {name: party for party, names in by_party for name in names}


def surname(name: str) -> str:
    """The family name in a full name: in capitals, or first in the orders that put it so, else last."""
    words = _JUNIOR.sub("", name).split()
    capitals = [word for word in words if len(word) > 2 and word.isupper()]
    if capitals and len(capitals) < sum(len(word.strip(".")) > 1 for word in words):
        return capitals[0].title()
    family_first = words[0] in roles().person_names.family_name_first
    if len(words) == 3 and family_first:
        return words[0]
    if len(words) == 2 and family_first and ("-" in words[1] or len(words[1]) < 6):
        return words[0]
    return words[-1]


class PersonIndex:
    """The persons of one document, by the names that it uses. `states` says how often it names each state."""

    def __init__(self, states: Mapping[str, int] | None = None) -> None:
        self._states = states or {}
        self.by_name: dict[str, Person] = {}
        self._by_surname: dict[str, str] = {}

    def add(self, form: str, title: str | None = None, state: str | None = None) -> Person:
        """The person that the form names, made on first sight; `state` is that which the text says beside the name."""
        form = _bare(form)
        name = form if title in _civil() and self._is_stranger(form) else self._canonical(form)
        if state and leader_parties().get(name, state) != state:
            name = form  # "President Cho of Norland" is not the listed leader of that name
        person = self.by_name.setdefault(name, Person(name, set(), leader_parties().get(name)))
        family = (
            surname(name) if name in leader_parties() else surname(form)
        )  # which is told by capitals alone at times
        self._by_surname.setdefault(family.lower(), name)
        if title:
            person.titles.add(title)
            person.represents = person.represents or self.state_of_office(title)
        return person

    def _is_stranger(self, form: str) -> bool:
        """Whether a surname is a listed leader’s by chance: "Mr. Singh" where the text seldom names India."""
        known = {leader_parties()[leader] for leader in leaders_by_surname(form)}
        alone = " " not in form and form.lower() not in self._by_surname
        return alone and bool(known) and all(self._states.get(state, 0) < _OFTEN for state in known)

    def state_of_office(self, title: str) -> str | None:
        """The state that alone has the office, or of several the first that the text names."""
        states = roles().state_offices.get(title, ())
        return states[0] if len(states) == 1 else next((state for state in states if state in self._states), None)

    def find(self, form: str) -> Person | None:
        """The person that a full name or a surname means, if known."""
        name = self._by_surname.get(form.lower()) or self._canonical(_bare(form))
        return self.by_name.get(name)

    def surnames(self) -> Iterable[str]:
        """The surnames in use, in lower case."""
        return self._by_surname.keys()

    def _canonical(self, form: str) -> str:
        form = _JUNIOR.sub("", form)
        words = form.split()
        family = surname(form)
        if turned := _leader_in_any_order(form):
            return turned
        mine = self._by_surname.get(family.lower())
        if mine and (len(words) == 1 or _same_person(mine, form)):
            return mine
        for leader in sorted(leaders_by_surname(family), key=lambda name: -self._states.get(leader_parties()[name], 0)):
            if len(words) == 1 or _same_person(leader, form):
                return leader
        return " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in words)


def _bare(form: str) -> str:
    """The name without what is said before it out of respect."""
    said = honorific_pattern().match(form)
    return form[said.end() :] if said else form


def _known_leader(form: str, states: set[str]) -> bool:
    """Whether a surname is that of just one listed leader, whose state the text names."""
    return " " not in form and len({leader_parties()[name] for name in leaders_by_surname(form)} & states) == 1


def _same_person(name: str, other: str) -> bool:
    """Whether two full names with one surname can be one person's: by a given name, its initial or its short form."""
    one, two = ({w.lower().strip(".") for w in n.split()} for n in (name, other))
    family = surname(name).lower()
    return family in two and any(_same_given(a, b) for a in one - {family} for b in two - {family})


def _same_given(one: str, two: str) -> bool:
    """Whether two given names, in small letters, can be one: Joe and Joseph, J and Joseph."""
    short = roles().short_names
    initial = len(one) == 1 or len(two) == 1
    return short.get(one, one) == short.get(two, two) or (initial and one[0] == two[0])


@cache
def _leaders_by_surname() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in leader_parties():
        found.setdefault(surname(name).lower(), []).append(name)
    return {family: tuple(names) for family, names in found.items()}


@cache
def _leaders_by_words() -> dict[frozenset[str], str]:
    return {frozenset(name.lower().split()): name for name in reversed(leader_parties())}


def _leader_in_any_order(form: str) -> str | None:
    """The listed leader whose name has these words in another order: "Kishida Fumio"."""
    words = form.lower().split()
    return _leaders_by_words().get(frozenset(words)) if len(words) > 1 else None


def leaders_by_surname(family: str) -> tuple[str, ...]:
    """The listed leaders of this surname."""
    return _leaders_by_surname().get(family.lower(), ())


def find_people(
    text: str, listed: Sequence[GazetteerMatch], from_model: Sequence[EntityMention]
) -> tuple[PersonIndex, list[EntityMention]]:
    """The persons of the text and where it names them, from titles, lists (`listed`) and what the spaCy model sees.

    A surname that also begins the name of an organisation ("Ford", the Ford Motor Company) means the organisation.
    """
    people = PersonIndex(Counter(f.entry.name for f in listed if f.entry.type is EntityType.STATE))
    namings: list[EntityMention] = []
    titled = list(find_titled_names(text))
    states = {name.start: state_beside(text, name) for name in titled}
    named: list[tuple[int, int, str | None]] = [(t.start, t.end, t.title) for t in titled]
    named += [(start, end, None) for start, end in (*_seen(text, listed, from_model), *_writers(text))]
    for start, end, title in sorted(named, key=lambda n: (" " not in text[n[0] : n[1]], n[2] is None)):
        person = people.add(text[start:end], title, states.get(start))
        namings.append(EntityMention(start, end, person.name, EntityType.PERSON, _TITLED if title else _FULL))
    firms = {n.name.split()[0] for n in from_model if n.type is EntityType.ORGANISATION and " " in n.name}
    for match in _surname_pattern(people).finditer(text):
        meant = people.find(match.group())
        if meant and match.group() not in firms:
            namings.append(EntityMention(match.start(), match.end(), meant.name, EntityType.PERSON))
    by_given_name = _given_names(text, from_model, people)
    namings += [naming for naming in by_given_name if text[naming.start : naming.end] not in firms]
    for holder, state in represented_states(text, titled, namings).items():
        people.by_name[holder].represents = state
    return people, namings


def _seen(
    text: str, listed: Sequence[GazetteerMatch], from_model: Sequence[EntityMention]
) -> Iterator[tuple[int, int]]:
    """Persons' names without a title: full names, and the surnames of leaders whose state the text names."""
    states = {f.entry.name for f in listed if f.entry.type is EntityType.STATE}
    yield from ((f.start, f.end) for f in listed if f.entry.type is EntityType.PERSON)
    for naming in from_model:
        form = text[naming.start : naming.end]
        if naming.type is EntityType.PERSON and (" " in form or _known_leader(form, states)):
            yield naming.start, naming.end


def _writers(text: str) -> Iterator[tuple[int, int]]:
    """The names in a line that tells who wrote a report: "By ANA RUIZ and Per Lund"."""
    for line in _BYLINE.finditer(text):
        for name in _WRITER.finditer(text, line.start() + 3, line.end()):
            if _NO_WRITERS.isdisjoint(name.group().title().split()):
                yield name.start(), name.end()


def _given_names(text: str, from_model: Sequence[EntityMention], people: PersonIndex) -> Iterator[EntityMention]:
    """Where the text calls by the given name alone the one person who bears it, whatever the model takes it for."""
    bearers: dict[str, list[str]] = {}
    for name in people.by_name:
        if " " in name and surname(name) != name.split()[0]:
            bearers.setdefault(name.split()[0], []).append(name)
    taken = {surname(name) for name in people.by_name}
    for naming in from_model:
        form = text[naming.start : naming.end]
        if len(bearers.get(form, ())) == 1 and form not in taken and gazetteer().get(form) is None:
            yield EntityMention(naming.start, naming.end, bearers[form][0], EntityType.PERSON, _FULL)


def _surname_pattern(people: PersonIndex) -> re.Pattern[str]:
    forms = {form for family in people.surnames() for form in (family.title(), family.upper(), family.capitalize())}
    forms |= {surname(name) for name in people.by_name}
    return re.compile(r"(?<!\w)(?:" + literal_alternation(forms) + r")(?!\w)" if forms else r"(?!)")
