"""The lists of names in other spellings (data/SOURCES), looked up by a folded name.

Each list holds a group of names a line. It is kept as one string with the sorted offsets of its names, so that it takes
little memory.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import Indel

_WORD = re.compile(r"[a-z]+")
_CACHED_NAMES = 1 << 12
_MAIN_NAME = 0.7
"""The least similarity of a spelling of a city's main name to it."""


class NameGroups:
    """Groups of names, each a line of text; a name may belong to several."""

    def __init__(self, lines: str) -> None:
        self._lines = lines
        by_initial: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for match in _WORD.finditer(lines):
            by_initial[match.group()[0]].append((match.group(), match.start()))
        self._offsets = array("I")
        for initial in sorted(by_initial):  # one sort of all would keep other threads waiting
            self._offsets.extend(offset for _, offset in sorted(by_initial[initial]))

    def groups(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the groups to which a folded name belongs, each as its names in order."""
        return _groups(self, name)

    def find_groups(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield the same, without a cache."""
        for i in range(self._first(name), len(self._offsets)):
            offset = self._offsets[i]
            if self._name_at(offset) != name:
                break
            start, end = self._lines.rfind("\n", 0, offset) + 1, self._lines.index("\n", offset)
            yield tuple(self._lines[start:end].split())

    def others(self, name: str) -> frozenset[str]:
        """Return the names that share a group with a folded name, itself included."""
        return frozenset(other for group in self.groups(name) for other in group)

    def __contains__(self, name: str) -> bool:
        return bool(self.groups(name))

    def _first(self, name: str) -> int:
        return bisect_left(self._offsets, name, key=self._name_at)

    def _name_at(self, offset: int) -> str:
        match = _WORD.match(self._lines, offset)
        return match.group() if match else ""


@lru_cache(maxsize=_CACHED_NAMES)
def _groups(names: NameGroups, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(names.find_groups(name))


@cache
def people() -> NameGroups:
    """The spellings of given and family names of people."""
    return _read("people")


@cache
def national_forms() -> NameGroups:
    """The forms of one given name in neighbouring languages: Oleksandr and Alexander."""
    return _read("national_forms")


@cache
def family_names() -> NameGroups:
    """The romanisations of Chinese and Korean family names; one spelling may stand for several names."""
    return _read("family_names")


@cache
def cities() -> NameGroups:
    """The names of cities in other languages and of former times, their words run together."""
    return _read("cities")


def city_names(key: str) -> frozenset[str]:
    """Return the other names of the city that a key (its words run together) names.

    Of two names, one must be the city's main name, which is the first of its group, or a spelling of it.
    """
    names = {
        name
        for group in cities().groups(key)
        for name in group
        if _is_main_name(name, group[0]) or _is_main_name(key, group[0])
    }
    return frozenset(names - {key})


def other_names(key: str) -> list[str]:
    """Return the other names of the city or the person that a key names, a city's main name first."""
    names = city_names(key) | (further_names().others(key) - {key})
    return sorted(names, key=lambda name: (not any(group[0] == name for group in cities().groups(key)), name))


def _is_main_name(name: str, main: str) -> bool:
    return name == main or (Indel.normalized_similarity(name, main) >= _MAIN_NAME and name not in people())


@cache
def further_names() -> NameGroups:
    """Full names by which one person is also known, their words run together."""
    return _read("further_names")


@cache
def _short_forms() -> NameGroups:
    return _read("short_forms", "further_short_forms")


def full_forms(short: str) -> Iterator[str]:
    """Yield the names of which a folded name is a short or pet form."""
    for group in _short_forms().groups(short):
        if group[0] == short:
            yield from group[1:]


def is_short_for(short: str, full: str) -> bool:
    """Whether a folded name is a short or pet form of another."""
    return full in full_forms(short)


def is_english_given_name(name: str) -> bool:
    """Whether a folded name is a given name of English with short forms, or one of these."""
    return name in _short_forms()


def listed_forms(name: str) -> frozenset[str]:
    """Return all that a folded name may be another form of, by lists of words."""
    lists = (people(), national_forms(), family_names(), _short_forms())
    return frozenset(other for names in lists for other in names.others(name))


def _read(*names: str) -> NameGroups:
    folder = files("alliance_tui.search.names").joinpath("data")
    texts = [folder.joinpath(f"{name}.txt").read_text(encoding="ascii") for name in names]
    lines = [line for text in texts for line in text.splitlines(keepends=True)]
    return NameGroups("".join(line for line in lines if not line.startswith("#")))
