"""The gazetteer: the lexicons of names as one index, matched against a text in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import (
    Bodies,
    Instruments,
    Leaders,
    Organisations,
    Places,
    Programmes,
    States,
    Units,
)
from alliance_tui.records import EntityType

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_WORD = re.compile(rf"[^\W{_SUPERSCRIPTS}]+|[{_SUPERSCRIPTS}]+|[^\w\s]")
"""A token; superscript footnote marks are tokens of their own."""
_MAX_GAP = 9
"""The most characters between two words of a name: a line break and an indent."""
_ASCII_PUNCTUATION = str.maketrans("’‘“”–‑", "''\"\"--")


class Sense(StrEnum):
    """Sense in which a form refers to its entity."""

    NAME = "name"
    CAPITAL = "capital"
    """The capital of a state: its government or the city, by context."""
    DEMONYM = "demonym"
    """An adjective of a state, which qualifies and is no name by itself."""


class GazetteerEntry(Struct, frozen=True):
    """The entity that a form refers to, by canonical name and type, and the sense in which it does."""

    name: str
    type: EntityType
    sense: Sense = Sense.NAME


class GazetteerMatch(Struct, frozen=True):
    """A form of the gazetteer at a span of the text (code points, end exclusive)."""

    start: int
    end: int
    entry: GazetteerEntry


def normalise_punctuation(text: str) -> str:
    """Replace typographic quotes and dashes by ASCII ones, one code point for one."""
    return text.translate(_ASCII_PUNCTUATION)


class Gazetteer:
    """An index of forms by their first word, so that one pass matches a text whatever the number of forms."""

    def __init__(self, forms: Iterable[tuple[str, GazetteerEntry]]) -> None:
        self._forms_by_first_word: dict[str, list[tuple[tuple[str, ...], GazetteerEntry]]] = {}
        self._entries: dict[str, GazetteerEntry] = {}
        for form, entry in forms:
            if form in self._entries:
                continue
            self._entries[form] = entry
            words = tuple(_WORD.findall(normalise_punctuation(form)))
            self._forms_by_first_word.setdefault(words[0], []).append((words, entry))
        for entries in self._forms_by_first_word.values():
            entries.sort(key=lambda form: -len(form[0]))

    def get(self, form: str) -> GazetteerEntry | None:
        """Return the entry of exactly this form."""
        return self._entries.get(form) or self._entries.get(normalise_punctuation(form))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[GazetteerMatch]:
        """Yield the longest forms in `text[start:end]`, left to right and disjoint; offsets index `text`."""
        words = list(_WORD.finditer(normalise_punctuation(text[start:end])))
        tokens = [word.group() for word in words]
        at = 0
        while at < len(tokens):
            for form, entry in self._forms_by_first_word.get(tokens[at], ()):
                if tuple(tokens[at : at + len(form)]) == form and self._is_contiguous(words, at, form):
                    yield GazetteerMatch(start + words[at].start(), start + words[at + len(form) - 1].end(), entry)
                    at += len(form)
                    break
            else:
                at += 1

    def find_last(self, text: str, start: int, end: int) -> GazetteerMatch | None:
        """Return the last form in `text[start:end]`; offsets index `text`."""
        return next(iter([*self.find(text, start, end)][::-1]), None)

    @staticmethod
    def _is_contiguous(words: list[re.Match[str]], at: int, form: tuple[str, ...]) -> bool:
        """Return whether no more than an indented line break parts the words of a form."""
        gaps = (words[i + 1].start() - words[i].end() for i in range(at, at + len(form) - 1))
        return all(gap <= _MAX_GAP for gap in gaps)


def _state_forms() -> Iterator[tuple[str, GazetteerEntry]]:
    for name, state in load(States).states.items():
        entry = GazetteerEntry(name, EntityType.STATE)
        for form in (name, *state.forms):
            yield form, entry
            if len(form) > 3:
                yield form.upper(), entry
        for demonym in state.demonyms:
            yield demonym, GazetteerEntry(name, EntityType.STATE, Sense.DEMONYM)
        for capital in (*filter(None, [state.capital]), *state.capital_variants):
            yield capital, GazetteerEntry(name, EntityType.STATE, Sense.CAPITAL)


def _alias_forms(aliases: Mapping[str, Sequence[str]], entity_type: EntityType) -> Iterator[tuple[str, GazetteerEntry]]:
    """Yield forms as listed, then those of several words in capitals, so that a listed form wins over them."""
    forms = [(form, GazetteerEntry(name, entity_type)) for name, also in aliases.items() for form in (name, *also)]
    yield from forms
    yield from ((form.upper(), entry) for form, entry in forms if " " in form)


def _leader_forms() -> Iterator[tuple[str, GazetteerEntry]]:
    leaders = load(Leaders)
    for names in (*leaders.states.values(), *leaders.organisations.values()):
        yield from ((name, GazetteerEntry(name, EntityType.PERSON)) for name in names)


@cache
def gazetteer() -> Gazetteer:
    """Return the index of all lexicons of names, built once."""
    organisations, programmes, places = load(Organisations), load(Programmes), load(Places)
    return Gazetteer(
        [
            *_state_forms(),
            *_alias_forms(organisations.alliances, EntityType.ORGANISATION),
            *_alias_forms(organisations.organisations, EntityType.ORGANISATION),
            *_alias_forms(load(Bodies).bodies, EntityType.BODY),
            *_alias_forms(load(Instruments).instruments, EntityType.INSTRUMENT),
            *_alias_forms(programmes.programmes, EntityType.PROGRAMME),
            *_alias_forms(programmes.systems, EntityType.SYSTEM),
            *_alias_forms(programmes.events, EntityType.EVENT),
            *_alias_forms(load(Units).units, EntityType.UNIT),
            *_alias_forms(places.places, EntityType.PLACE),
            *_alias_forms(places.self_governing, EntityType.PLACE),
            *_leader_forms(),
        ]
    )
