"""Known names, from the lists in extraction/data, found in a text in one pass over its words."""

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
"""A word; a raised number is a note's and none of it."""
_MAX_GAP = 9
_ASCII_PUNCTUATION = str.maketrans("’‘“”–‑", "''\"\"--")


class Sense(StrEnum):
    """How a known form means its entity."""

    NAME = "name"
    CAPITAL = "capital"
    """The state's capital: the government or the city, by context."""
    DEMONYM = "demonym"
    """An adjective of a state: it qualifies and is never a name."""


class GazetteerEntry(Struct, frozen=True):
    """What a form in a list means: the entity's canonical name and type, and in which sense."""

    name: str
    type: EntityType
    sense: Sense = Sense.NAME


class GazetteerMatch(Struct, frozen=True):
    """A known form in a text, code points `start` to `end`."""

    start: int
    end: int
    entry: GazetteerEntry


def normalise_punctuation(text: str) -> str:
    """The text with typographic quotes and dashes as in ASCII, one code point for one."""
    return text.translate(_ASCII_PUNCTUATION)


class Gazetteer:
    """An index of forms by their words, so that a text is matched in one pass whatever the number of forms."""

    def __init__(self, forms: Iterable[tuple[str, GazetteerEntry]]) -> None:
        self._forms_by_first_word: dict[str, list[tuple[tuple[str, ...], GazetteerEntry]]] = {}
        self._entries: dict[str, GazetteerEntry] = {}
        for form, known in forms:
            if form in self._entries:
                continue
            self._entries[form] = known
            words = tuple(_WORD.findall(normalise_punctuation(form)))
            self._forms_by_first_word.setdefault(words[0], []).append((words, known))
        for entries in self._forms_by_first_word.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def get(self, form: str) -> GazetteerEntry | None:
        """What exactly this form means."""
        return self._entries.get(form) or self._entries.get(normalise_punctuation(form))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[GazetteerMatch]:
        """The longest known forms in `text[start:end]`, from left to right, disjoint; offsets index `text`."""
        words = list(_WORD.finditer(normalise_punctuation(text[start:end])))
        tokens = [word.group() for word in words]
        at = 0
        while at < len(tokens):
            for form, known in self._forms_by_first_word.get(tokens[at], ()):
                if tuple(tokens[at : at + len(form)]) == form and self._is_contiguous(words, at, form):
                    yield GazetteerMatch(start + words[at].start(), start + words[at + len(form) - 1].end(), known)
                    at += len(form)
                    break
            else:
                at += 1

    def find_last(self, text: str, start: int, end: int) -> GazetteerMatch | None:
        """The last known form in `text[start:end]`; offsets index `text`."""
        return next(iter([*self.find(text, start, end)][::-1]), None)

    @staticmethod
    def _is_contiguous(words: list[re.Match[str]], at: int, form: tuple[str, ...]) -> bool:
        """Whether nothing but the spaces of an indented line break, at most, stands between the words."""
        gaps = (words[i + 1].start() - words[i].end() for i in range(at, at + len(form) - 1))
        return all(gap <= _MAX_GAP for gap in gaps)


def _state_forms() -> Iterator[tuple[str, GazetteerEntry]]:
    for name, state in load(States).states.items():
        known = GazetteerEntry(name, EntityType.STATE)
        for form in (name, *state.forms):
            yield form, known
            if len(form) > 3:
                yield form.upper(), known
        for demonym in state.demonyms:
            yield demonym, GazetteerEntry(name, EntityType.STATE, Sense.DEMONYM)
        for capital in (*filter(None, [state.capital]), *state.capital_variants):
            yield capital, GazetteerEntry(name, EntityType.STATE, Sense.CAPITAL)


def _alias_forms(aliases: Mapping[str, Sequence[str]], entity_type: EntityType) -> Iterator[tuple[str, GazetteerEntry]]:
    """Forms as listed, then those of several words in capitals: where two entries share one, a listed form wins."""
    forms = [(form, GazetteerEntry(name, entity_type)) for name, also in aliases.items() for form in (name, *also)]
    yield from forms
    yield from ((form.upper(), entry) for form, entry in forms if " " in form)


def _leader_forms() -> Iterator[tuple[str, GazetteerEntry]]:
    leaders = load(Leaders)
    for names in (*leaders.states.values(), *leaders.organisations.values()):
        yield from ((name, GazetteerEntry(name, EntityType.PERSON)) for name in names)


@cache
def gazetteer() -> Gazetteer:
    """All lexicons of names, as one index."""
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
