"""Mentions by names of the gazetteer, each disambiguated by its context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerMatch, Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, official_name_prefix, roles
from alliance_tui.extraction.normalisation.glued_names import glued_name_pattern
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_PRIORITY = 2
_OFFICIAL_NAME_REACH = 48
"""The most characters of an official name before the state's short name."""


@cache
def _state_forces() -> re.Pattern[str]:
    """Forces, whose names contain the state's official name: "Republic of Norland Navy"."""
    return re.compile(rf" (?:{literal_alternation(capitalised_names().state_forces)})\b")


@cache
def _locative_context() -> re.Pattern[str]:
    """Left context of a capital as a place: "in Oslo", "Lillestrøm, Oslo"."""
    words = literal_alternation(roles().capitals.locative_words)
    return re.compile(rf"(?:\b(?:{words})|(?-i:[A-Z])[\w.’-]{{0,40}}, )\s?$", re.IGNORECASE)


def find_gazetteer_mentions(text: str, matches: Iterable[GazetteerMatch]) -> Iterator[EntityMention]:
    """Yield the matches that name an entity in the text; demonyms only where they make a name of the state."""
    for match in matches:
        entry = match.entry
        if entry.type is EntityType.PERSON or text[match.end : match.end + 2].lstrip().startswith("$"):
            continue
        if government := _government_mention(text, match):
            yield government
        elif entry.sense is Sense.DEMONYM:
            continue
        elif entry.sense is Sense.CAPITAL and not denotes_government(text, match.start, match.end):
            yield EntityMention(match.start, match.end, text[match.start : match.end], EntityType.PLACE, _PRIORITY)
        elif entry.type is not EntityType.STATE or not _is_foreign_region(text, match):
            short = _form_without_state(text, match)
            yield EntityMention(match.start, match.end, entry.name, entry.type, _PRIORITY, short)
    yield from _find_glued_states(text)


@cache
def _government_words() -> re.Pattern[str]:
    names = literal_alternation(roles().government.name_nouns)
    return re.compile(rf" (?:{names})(?![\w’'])")


@cache
def _official_name_start() -> re.Pattern[str]:
    """Pattern of the left context of a state's name within a longer one: "Republic of", "Government of the"."""
    return re.compile(rf"(?<![Ss] of )\b{official_name_prefix()} of (?:the )?$")


@cache
def _adjectival_state_noun() -> re.Pattern[str]:
    """Pattern of the nouns that make a name of a state's adjective: " Republic" after "Portuguese"."""
    return re.compile(rf" (?:{literal_alternation(roles().government.adjectival_nouns)})(?!\w| [A-Z])")


def _government_mention(text: str, match: GazetteerMatch) -> EntityMention | None:
    """Return the longer name of a state around its short one: "Japanese government", "Republic of Kenya"."""
    entry = match.entry
    if entry.type is not EntityType.STATE or entry.sense is Sense.CAPITAL:
        return None
    after = _government_words().match(text, match.end)
    if after is None and entry.sense is Sense.DEMONYM:
        after = _adjectival_state_noun().match(text, match.end)
    if after:
        return EntityMention(match.start, after.end(), entry.name, EntityType.STATE, _PRIORITY + 1)
    before = _official_name_start().search(text[max(0, match.start - _OFFICIAL_NAME_REACH) : match.start])
    if _state_forces().match(text, match.end):
        return None
    if before and entry.sense is Sense.NAME:
        start = match.start - len(before.group())
        return EntityMention(start, match.end, entry.name, EntityType.STATE, _PRIORITY + 1)
    return None


def _form_without_state(text: str, match: GazetteerMatch) -> tuple[str, ...]:
    """Return the shorter form in "U.S. Inflation Act", where the gazetteer has the name without the state too."""
    form = text[match.start : match.end]
    for state in ("U.S. ", "US "):
        rest = form.removeprefix(state)
        if rest != form and not match.entry.name.startswith("U.S.") and gazetteer().get(rest) == match.entry:
            return (rest,)
    return ()


@cache
def _agentive_context() -> re.Pattern[str]:
    """Pattern of the right context of a capital that means its government: "’s offer", " will"."""
    capitals = roles().capitals
    city_nouns, verbs = literal_alternation(capitals.city_nouns), literal_alternation(capitals.government_verbs)
    return re.compile(rf"(?:[’']s?\s(?!{city_nouns})|\s(?:{verbs})\b)")


def denotes_government(text: str, start: int, end: int) -> bool:
    """Return whether a capital's name means the government: it acts or owns, and nothing makes it a place."""
    before = text[max(0, start - 24) : start]
    if re.search(r"\b(?:between|against|pressed|urged|told|with|by) $", before):
        return True
    if _locative_context().search(before):
        return False
    if re.search(r"(?:[A-Z]\w{1,40}|[A-Z]\.|\bSt\.) $", before) or text[end : end + 2] == ", ":
        return False
    return _agentive_context().match(text[end : end + 40]) is not None


def _is_foreign_region(text: str, match: GazetteerMatch) -> bool:
    """Return whether a state's name after a city is that of another state's region: "Atlanta, Georgia"."""
    if not load(States).states[match.entry.name].is_region_elsewhere:
        return False
    city = re.search(r"([A-Z][\w.]{1,40}), $", text[max(0, match.start - 20) : match.start])
    entry = gazetteer().get(city[1]) if city else None
    return city is not None and (entry is None or entry.type is EntityType.PLACE)


def _find_glued_states(text: str) -> Iterator[EntityMention]:
    """Yield states whose name has lost the space before the next word: "Japanfollowing"."""
    for match in glued_name_pattern().finditer(text):
        word = match.group()
        if gazetteer().get(word) is None and gazetteer().get(word.removesuffix("s")) is None:  # Omanis
            yield EntityMention(match.start("name"), match.end("name"), match["name"], EntityType.STATE, _PRIORITY)
