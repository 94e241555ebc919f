"""Known names, from the lists in extraction/data, found in a text in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.resources import load
from alliance_tui.records import EntityType

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_WORD = re.compile(rf"[^\W{_RAISED}]+|[{_RAISED}]+|[^\w\s]")
"""A word; a raised number is a note's and none of it."""
_INDENT = 9
_PLAIN = str.maketrans("’‘“”–‑", "''\"\"--")


class Sense(StrEnum):
    """How a known form means its entity."""

    NAME = "name"
    CAPITAL = "capital"
    """The state's capital: the government or the city, by context."""
    DEMONYM = "demonym"
    """An adjective of a state: it qualifies and is never a name."""


class Known(Struct, frozen=True):
    """What a form in a list means: the entity's canonical name and type, and in which sense."""

    name: str
    type: EntityType
    sense: Sense = Sense.NAME


class Found(Struct, frozen=True):
    """A known form in a text, code points `start` to `end`."""

    start: int
    end: int
    known: Known


def plain(text: str) -> str:
    """The text with typographic quotes and dashes as in ASCII, one code point for one."""
    return text.translate(_PLAIN)


class Gazetteer:
    """An index of forms by their words, so that a text is matched in one pass whatever the number of forms."""

    def __init__(self, forms: Iterable[tuple[str, Known]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        self._known: dict[str, Known] = {}
        for form, known in forms:
            if form in self._known:
                continue
            self._known[form] = known
            words = tuple(_WORD.findall(plain(form)))
            self._by_first.setdefault(words[0], []).append((words, known))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def get(self, form: str) -> Known | None:
        """What exactly this form means."""
        return self._known.get(form) or self._known.get(plain(form))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """The longest known forms in `text[start:end]`, from left to right, disjoint; offsets index `text`."""
        words = list(_WORD.finditer(plain(text[start:end])))
        tokens = [word.group() for word in words]
        at = 0
        while at < len(tokens):
            for form, known in self._by_first.get(tokens[at], ()):
                if tuple(tokens[at : at + len(form)]) == form and self._unbroken(words, at, form):
                    yield Found(start + words[at].start(), start + words[at + len(form) - 1].end(), known)
                    at += len(form)
                    break
            else:
                at += 1

    def last(self, text: str, start: int, end: int) -> Found | None:
        """The last known form in `text[start:end]`; offsets index `text`."""
        return next(iter([*self.find(text, start, end)][::-1]), None)

    @staticmethod
    def _unbroken(words: list[re.Match[str]], at: int, form: tuple[str, ...]) -> bool:
        """Whether nothing but the spaces of an indented line break, at most, stands between the words."""
        gaps = (words[i + 1].start() - words[i].end() for i in range(at, at + len(form) - 1))
        return all(gap <= _INDENT for gap in gaps)


def _state_forms() -> Iterator[tuple[str, Known]]:
    for name, about in load("states")["states"].items():
        known = Known(name, EntityType.STATE)
        for form in (name, *about.get("forms", ())):
            yield form, known
            if len(form) > 3:
                yield form.upper(), known
        for demonym in about.get("demonyms", ()):
            yield demonym, Known(name, EntityType.STATE, Sense.DEMONYM)
        for capital in (*((about["capital"],) if "capital" in about else ()), *about.get("capitals", ())):
            yield capital, Known(name, EntityType.STATE, Sense.CAPITAL)


def _list_forms(file: str, table: str, kind: EntityType) -> Iterator[tuple[str, Known]]:
    for name, forms in load(file)[table].items():
        for form in (name, *forms):
            yield form, Known(name, kind)
            if " " in form:
                yield form.upper(), Known(name, kind)


def _leader_forms() -> Iterator[tuple[str, Known]]:
    for parties in load("leaders").values():
        for name in (name for names in parties.values() for name in names):
            yield name, Known(name, EntityType.PERSON)


@cache
def gazetteer() -> Gazetteer:
    """All the lists, read once."""
    return Gazetteer(
        [
            *_state_forms(),
            *_list_forms("organisations", "alliances", EntityType.ORGANISATION),
            *_list_forms("organisations", "organisations", EntityType.ORGANISATION),
            *_list_forms("bodies", "bodies", EntityType.BODY),
            *_list_forms("instruments", "instruments", EntityType.INSTRUMENT),
            *_list_forms("programmes", "programmes", EntityType.PROGRAMME),
            *_list_forms("programmes", "systems", EntityType.SYSTEM),
            *_list_forms("programmes", "events", EntityType.EVENT),
            *_list_forms("units", "units", EntityType.UNIT),
            *_list_forms("places", "places", EntityType.PLACE),
            *_list_forms("places", "governed", EntityType.PLACE),
            *_leader_forms(),
        ]
    )
