"""Names from the lists, each in the sense that its place in the text gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import GazetteerMatch, Sense, gazetteer
from alliance_tui.extraction.mentions.name_lexicon import official_name_prefix, roles
from alliance_tui.extraction.normalisation.glued_names import name_and_word
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_RANK = 2
_OFFICIAL_NAME_REACH = 48
"""How many characters before a state's name may belong to its official name."""


def find_gazetteer_mentions(text: str, matches: Iterable[GazetteerMatch]) -> Iterator[EntityMention]:
    """The names in the text that stand in a list; demonyms only where they make a name of the state."""
    for found in matches:
        known = found.entry
        if known.type is EntityType.PERSON or text[found.end : found.end + 2].lstrip().startswith("$"):
            continue
        if government := _government_mention(text, found):
            yield government
        elif known.sense is Sense.DEMONYM:
            continue
        elif known.sense is Sense.CAPITAL and not denotes_government(text, found.start, found.end):
            yield EntityMention(found.start, found.end, text[found.start : found.end], EntityType.PLACE, _RANK)
        elif known.type is not EntityType.STATE or not _is_foreign_region(text, found):
            yield EntityMention(found.start, found.end, known.name, known.type, _RANK, _form_without_state(text, found))
    yield from _find_glued_states(text)


@cache
def _government_words() -> re.Pattern[str]:
    names = literal_alternation(roles().government.name_nouns)
    return re.compile(rf" (?:{names})(?![\w’'])")


_FORCES = re.compile(r" (?:Air Force|Armed Forces|Army|Coast Guard|Marine|Navy|National Guard|Police)\b")
"""What makes the state's official name a part of its force's: "Republic of Norland Navy"."""


@cache
def _official_name_start() -> re.Pattern[str]:
    """What may stand before a state's name as a part of a longer one: "Republic of", "Government of the"."""
    return re.compile(rf"(?<![Ss] of )\b{official_name_prefix()} of (?:the )?$")


@cache
def _adjectival_state_noun() -> re.Pattern[str]:
    """What makes a state's adjective a name of it: " Republic" after "Portuguese"."""
    return re.compile(rf" (?:{literal_alternation(roles().government.adjectival_nouns)})(?!\w| [A-Z])")


def _government_mention(text: str, found: GazetteerMatch) -> EntityMention | None:
    """A form of the state such as "Japanese government", "government of Canada"."""
    if found.entry.type is not EntityType.STATE or found.entry.sense is Sense.CAPITAL:
        return None
    after = _government_words().match(text, found.end)
    if after is None and found.entry.sense is Sense.DEMONYM:
        after = _adjectival_state_noun().match(text, found.end)
    if after:
        return EntityMention(found.start, after.end(), found.entry.name, EntityType.STATE, _RANK + 1)
    before = _official_name_start().search(text[max(0, found.start - _OFFICIAL_NAME_REACH) : found.start])
    if _FORCES.match(text, found.end):
        return None
    if before and found.entry.sense is Sense.NAME:
        start = found.start - len(before.group())
        return EntityMention(start, found.end, found.entry.name, EntityType.STATE, _RANK + 1)
    return None


def _form_without_state(text: str, found: GazetteerMatch) -> tuple[str, ...]:
    """The shorter form in "U.S. Inflation Act", where the name is known without the state before it."""
    form = text[found.start : found.end]
    for state in ("U.S. ", "US "):
        rest = form.removeprefix(state)
        if rest != form and not found.entry.name.startswith("U.S.") and gazetteer().get(rest) == found.entry:
            return (rest,)
    return ()


_LOCATIVE_CONTEXT = re.compile(
    r"(?:\b(?:in|to|at|from|near|outside|around|through|into|via|across|leaving|visit|visited|visiting|downtown|of)"
    r"|(?-i:[A-Z])[\w.’-]*, )\s?$",
    re.IGNORECASE,
)


@cache
def _agentive_context() -> re.Pattern[str]:
    words = roles().capitals
    owns_not, acts = literal_alternation(words.city_nouns), literal_alternation(words.government_verbs)
    return re.compile(rf"(?:[’']s?\s(?!{owns_not})|\s(?:{acts})\b)")


def denotes_government(text: str, start: int, end: int) -> bool:
    """Whether a capital's name means the government: it acts or owns something, and nothing places it on a map."""
    before = text[max(0, start - 24) : start]
    if re.search(r"\b(?:between|against|pressed|urged|told|with|by) $", before):
        return True
    if _LOCATIVE_CONTEXT.search(before):
        return False
    if re.search(r"(?:[A-Z]\w+|[A-Z]\.|\bSt\.) $", before) or text[end : end + 2] == ", ":
        return False
    return _agentive_context().match(text[end : end + 40]) is not None


def _is_foreign_region(text: str, found: GazetteerMatch) -> bool:
    """Whether a state's name after a city is that of a region of another state: "Atlanta, Georgia"."""
    if not load(States).states[found.entry.name].is_region_elsewhere:
        return False
    city = re.search(r"([A-Z][\w.]+), $", text[max(0, found.start - 20) : found.start])
    known = gazetteer().get(city[1]) if city else None
    return city is not None and (known is None or known.type is EntityType.PLACE)


def _find_glued_states(text: str) -> Iterator[EntityMention]:
    """States whose name is glued to the next word by a bad copy: "Japanfollowing"."""
    for match in name_and_word().finditer(text):
        word = match.group()
        if gazetteer().get(word) is None and gazetteer().get(word.removesuffix("s")) is None:  # Omanis
            yield EntityMention(match.start("name"), match.end("name"), match["name"], EntityType.STATE, _RANK)
