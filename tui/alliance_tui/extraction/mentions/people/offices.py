"""Offices, their portfolios and holders' titles, and the states that offices belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Organisations
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerEntry, GazetteerMatch, Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import official_name_prefix, roles, title_words
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_REACH = 70
"""The most characters between an office and its state ("Republic of Korea (ROK) President")."""


class OfficeDescription(Struct, frozen=True):
    """An office with its state: "the Kenyan leader", "president of Kenya" (code points, end exclusive)."""

    start: int
    end: int
    state: str
    office: str


@cache
def state_office_pattern() -> str:
    """Return the pattern of the offices of state."""
    return literal_alternation(roles().titles.state)


@cache
def portfolio_pattern() -> str:
    """Return the pattern of the portfolios of an office: "Energy", "Trade, Industry and Energy"."""
    words = literal_alternation(roles().offices.portfolios)
    return rf"(?:{words})(?:(?:,| and|, and| &) (?:{words})){{0,6}}"


def of_portfolio_pattern() -> str:
    """Return the pattern of portfolios behind their office: " of Energy", " for Trade, Industry and Energy"."""
    return rf" (?:of|for) (?:the )?{portfolio_pattern()}"


@cache
def honorific_pattern() -> re.Pattern[str]:
    """Pattern of the honorifics before a name: "H.E. Dr. ", "the Hon "."""
    return re.compile(rf"(?:(?:{literal_alternation(roles().titles.honorifics)}) ){{1,6}}")


@cache
def postnominal_pattern() -> re.Pattern[str]:
    """Pattern of the post-nominal letters at the end of a person's name: "Ana Ruiz MP"."""
    return re.compile(rf",? (?:{literal_alternation(roles().titles.post_nominals)})$")


@cache
def state_titles() -> frozenset[str]:
    """Return the titles of those who may act for a state."""
    return frozenset(title.title() for title in roles().titles.state)


def is_title(name: str) -> bool:
    """Return whether every word is a word of titles."""
    return all(word.title() in title_words() for word in name.split())


def may_have_offices(match: GazetteerMatch) -> bool:
    """Return whether a name is that of a state or an alliance; a capital has offices of its own."""
    if match.entry.name in load(Organisations).alliances:
        return True
    return match.entry.type is EntityType.STATE and match.entry.sense is not Sense.CAPITAL


@cache
def _between_state_and_office() -> re.Pattern[str]:
    """Pattern of the text between a state and an office of it.

    As in "Kenya’s President", "the Kenyan interim prime minister", "Kenyan Deputy Premier and Minister of Energy".
    """
    first = rf"(?:(?:{state_office_pattern()})(?:{of_portfolio_pattern()})? and )?"
    before = rf"{literal_alternation(roles().offices.qualifiers)}|[a-z]+ ministry"
    return re.compile(rf"(?:[’']s)?(?: \([^()]*\)|\))? (?:(?:{before}) ){{0,3}}{first}")


def state_before_office(text: str, office_start: int) -> GazetteerMatch | None:
    """Return the state in "Y’s Prime Minister", "Japanese Foreign Minister", "Republic of Korea (ROK) President"."""
    last = gazetteer().find_last(text, max(0, office_start - _REACH), office_start)
    if last is not None and last.entry.sense is Sense.CAPITAL and text[last.end : last.end + 2] in ("’s", "'s"):
        last = GazetteerMatch(last.start, last.end, GazetteerEntry(last.entry.name, last.entry.type))  # "Seoul’s envoy"
    if last is None or not may_have_offices(last):
        return None
    return last if _between_state_and_office().fullmatch(text, last.end, office_start) else None


def state_after_of(text: str, end: int) -> GazetteerMatch | None:
    """Return the state behind "of" at `end`: "president of the Republic of Y", "President X of Y"."""
    of = _of_pattern().match(text, end)
    if of is None:
        return None
    first = next(gazetteer().find(text, of.end(), of.end() + _REACH), None)
    return first if first is not None and first.start == of.end() and may_have_offices(first) else None


@cache
def _of_pattern() -> re.Pattern[str]:
    """Pattern from an office to its state: "of the Republic of", where the gazetteer has the short name alone."""
    return re.compile(rf" of (?:the )?(?:{official_name_prefix()} of (?:the )?)?", re.IGNORECASE)


@cache
def _office_pattern() -> re.Pattern[str]:
    titles = roles().titles.state
    words = literal_alternation((*titles, *(title.lower() for title in titles), *roles().offices.descriptions))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@lru_cache(maxsize=8)  # a text and the lines of its title
def find_office_descriptions(text: str) -> tuple[OfficeDescription, ...]:
    """Return the offices in a text that have their state beside them."""
    return tuple(_office_descriptions(text))


def _office_descriptions(text: str) -> Iterator[OfficeDescription]:
    for office in _office_pattern().finditer(text):
        if before := state_before_office(text, office.start()):
            yield OfficeDescription(before.start, office.end(), before.entry.name, office.group())
        elif after := state_after_of(text, office.end()):
            yield OfficeDescription(office.start(), after.end, after.entry.name, office.group())


def states_by_office(text: str) -> dict[str, set[str]]:
    """Return the states of which the text mentions an office, by the office in title case: "Prime Minister"."""
    states: dict[str, set[str]] = {}
    for description in find_office_descriptions(text):
        states.setdefault(description.office.title(), set()).add(description.state)
    return states


@cache
def _department_head() -> re.Pattern[str]:
    """Pattern of the office that heads a department: "The Secretary of Health and Human Services"."""
    offices = literal_alternation(roles().offices.departments)
    secretary = rf"Secretary of (?P<field>(?:the )?{portfolio_pattern()})"
    return re.compile(rf"(?:[Tt]he )?(?:{secretary}|(?P<office>{offices}))")


def department_of_office(words: str) -> str | None:
    """Return the listed department that words name the head of: "The Secretary of Commerce"."""
    match = _department_head().fullmatch(words)
    if match is None:
        return None
    if match["office"]:
        return roles().offices.departments[match["office"]]
    entry = gazetteer().get(f"Department of {match['field']}")
    return entry.name if entry else None
