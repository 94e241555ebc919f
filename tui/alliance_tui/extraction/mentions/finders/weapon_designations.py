"""Mentions of weapons and vehicles by designation (F-35), and of ships by class (Island-class boats) or name (HMS
Heron).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_PRIORITY = 2
_BLOCK = r"(?: Block \d+\+?| Mk\.? ?\d+)?"
_NAME = r"[A-Z][\w’'-]{1,60}"  # bounded: one may begin after each apostrophe


def find_system_mentions(text: str) -> Iterator[EntityMention]:
    """Yield the systems that the text names by designation, class or ship's name."""
    for match in _designation().finditer(text):
        if not _other_designation().match(match.group()):
            yield _mention(match, _PRIORITY)
    for match in _unhyphenated_designation().finditer(text):
        if gazetteer().get(match.group()) is None:
            yield _mention(match, _PRIORITY)
    for match in _ship_class().finditer(text):
        if match["class"].split("-")[0] not in capitalised_names().classes:
            yield _mention(match, _PRIORITY + 1, (match["class"],) if match["class"] != match.group() else ())
    for match in _ship_name().finditer(text):
        yield _mention(match, _PRIORITY + 2)


def _mention(match: re.Match[str], priority: int, nested_forms: tuple[str, ...] = ()) -> EntityMention:
    return EntityMention(match.start(), match.end(), match.group(), EntityType.SYSTEM, priority, nested_forms)


@cache
def _designation() -> re.Pattern[str]:
    """Pattern of a designation with its number, version and name: "F-16 Block 52+", "P-3K2 Orions"."""
    makers = literal_alternation(capitalised_names().manufacturer_prefixes)
    return re.compile(
        rf"(?<![\w/-])(?:AN/)?(?:[A-Z]{{1,4}}|{makers})-\d{{1,4}}(?:[A-Z]{{0,3}}|[A-Z]\d)"
        rf"(?:{_BLOCK}(?![\w-])|s(?![\w-]))(?: (?!Block|Mk)[A-Z][a-z]\w+)?(?![\w-])"
    )


@cache
def _other_designation() -> re.Pattern[str]:
    return re.compile(rf"(?:{literal_alternation(capitalised_names().other_prefixes)})-\d")


@cache
def _unhyphenated_designation() -> re.Pattern[str]:
    """Pattern of a designation as one word before its type of system: "M113 armored personnel carriers"."""
    arms = literal_alternation(capitalised_names().weapon_nouns)
    return re.compile(rf"(?<![\w/-])[A-Z]{{1,4}}\d{{1,4}}[A-Z]?\d?(?= (?:[a-z][a-z-]+ ){{0,3}}(?:{arms})s?\b)")


@cache
def _ship_class() -> re.Pattern[str]:
    """Pattern of a class of ships: "Island-class patrol boats"."""
    ships = literal_alternation(capitalised_names().ship_nouns)
    return re.compile(rf"(?<![\w-])(?P<class>{_NAME}(?: {_NAME})?[- ]class)(?: (?:\w+ )?(?:{ships})s?)?(?!\w)")


@cache
def _ship_name() -> re.Pattern[str]:
    """Pattern of a ship's name behind its navy's prefix: "ROKS Hong Gil Dong II"."""
    prefixes = literal_alternation(capitalised_names().ship_prefixes)
    return re.compile(rf"(?<!\w)(?:{prefixes}) {_NAME}(?: (?:[“\"][A-Z]\w+[”\"] )?{_NAME}){{0,2}}(?: [IVX]+\b)?")
