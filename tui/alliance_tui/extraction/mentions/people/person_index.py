"""The persons of a document by the names that it uses, and whom they represent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.names.person_names import may_be_same_person, surname, without_junior
from alliance_tui.extraction.mentions.people.affiliations import (
    leader_in_any_order,
    leader_parties,
    leaders_by_surname,
    surname_parties,
)
from alliance_tui.extraction.mentions.people.offices import honorific_pattern

_FREQUENT = 3
"""The least count of a state's name in a text at which a "Mr." is its leader by surname alone."""


class Person(Struct):
    """A person, the titles that the text gives, and the party he or she represents (None: nobody else)."""

    name: str
    titles: set[str]
    represents: str | None = None


@cache
def _courtesy_titles() -> frozenset[str]:
    """Return the titles that anybody may have: "Mr.", "Ms"."""
    return frozenset(title.title() for title in roles().titles.honorifics)


class PersonIndex:
    """The persons of one document by the names that it uses.

    `state_counts` says how often the document names each state.
    """

    def __init__(self, state_counts: Mapping[str, int] | None = None) -> None:
        self._state_counts = state_counts or {}
        self.by_name: dict[str, Person] = {}
        self._by_surname: dict[str, str] = {}

    def add(self, form: str, title: str | None = None, state: str | None = None) -> Person:
        """Return the person that a form names, added if new; `state` is the one that the text gives beside the name."""
        form = _without_honorific(form)
        name = form if title in _courtesy_titles() and self._is_namesake(form) else self._canonical_name(form)
        if title in roles().titles.royal and " " not in form and not name.startswith(form):
            name = form  # the given name of a king is no surname: not that of "Sigrid af Norland"
        if state and leader_parties().get(name, state) != state:
            name = form  # "President Cho of Norland" is not the listed leader of that name
        person = self.by_name.setdefault(name, Person(name, set(), leader_parties().get(name)))
        family = surname(name) if name in leader_parties() else surname(form)  # which at times only capitals show
        self._by_surname.setdefault(family.lower(), name)
        if title:
            person.titles.add(title)
            person.represents = person.represents or self.state_of_office(title)
        return person

    def _is_namesake(self, form: str) -> bool:
        """Return whether a surname is a listed leader's by chance: "Mr. Singh" where the text seldom names India."""
        states = surname_parties(form)
        alone = " " not in form and form.lower() not in self._by_surname
        return alone and bool(states) and all(self._state_counts.get(state, 0) < _FREQUENT for state in states)

    def state_of_office(self, title: str) -> str | None:
        """Return the state that alone has an office, or of several the first that the text names."""
        states = roles().state_offices.get(title, ())
        return states[0] if len(states) == 1 else next((state for state in states if state in self._state_counts), None)

    def find(self, form: str) -> Person | None:
        """Return the person that a full name or a surname refers to."""
        name = self._by_surname.get(form.lower()) or self._canonical_name(_without_honorific(form))
        return self.by_name.get(name)

    def surnames(self) -> Iterable[str]:
        """Return the surnames in use, in lower case."""
        return self._by_surname.keys()

    def _canonical_name(self, form: str) -> str:
        form = without_junior(form)
        words = form.split()
        family = surname(form)
        if leader := leader_in_any_order(form):
            return leader
        added = self._by_surname.get(family.lower())
        if added and (len(words) == 1 or may_be_same_person(added, form)):
            return added
        if leader := leader_of_surname(form, self._state_counts):
            return leader
        return " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in words)


def leader_of_surname(form: str, state_counts: Mapping[str, int]) -> str | None:
    """Return the listed leader whom a surname or full name denotes: Joe Biden by "Biden" and "Joseph R. Biden, Jr.".

    Of several it is the one whose state the document names most, by `state_counts`.
    """
    form = without_junior(form)
    namesakes = sorted(leaders_by_surname(surname(form)), key=lambda name: -state_counts.get(leader_parties()[name], 0))
    is_surname = " " not in form
    return next((leader for leader in namesakes if is_surname or may_be_same_person(leader, form)), None)


def _without_honorific(form: str) -> str:
    """Return a name without the honorifics before it."""
    honorific = honorific_pattern().match(form)
    return form[honorific.end() :] if honorific else form
