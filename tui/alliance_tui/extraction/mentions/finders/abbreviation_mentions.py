"""Mentions by abbreviation, resolved through the long forms that the text defines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace
from rapidfuzz import fuzz

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.abbreviations import Abbreviation
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerEntry, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, head_type
from alliance_tui.extraction.mentions.names.normalised_names import normalised_name
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_PRIORITY = 2
_BRACKETED = re.compile(r" \((?P<short>[A-Z]{3,10})\)")
_SIMILAR = 80
"""The least similarity (of 100) of a misspelt long form to the gazetteer's of the same abbreviation."""


def find_foreign_abbreviations(
    text: str, mentions: Iterable[EntityMention]
) -> Iterator[tuple[Abbreviation, EntityMention]]:
    """Yield abbreviations of another language, by position alone: "State Property Agency (AVAS)"."""
    for mention in mentions:
        match = _BRACKETED.match(text, mention.end)
        if match and mention.type is EntityType.ORGANISATION and mention.priority and " " in mention.name:
            yield Abbreviation(mention.start, mention.end, match["short"], match.start("short"), True), mention


def find_abbreviation_mentions(
    text: str, resolved: Iterable[tuple[Abbreviation, EntityMention]]
) -> Iterator[EntityMention]:
    """Yield every occurrence of a defined abbreviation as a mention of its long form's entity."""
    by_short = {abbreviation.short: mention for abbreviation, mention in reversed(list(resolved))}
    if not by_short:
        return
    alternatives = literal_alternation(by_short)
    for match in re.finditer(rf"(?<![\w-])(?:{alternatives})(?!\w)", text):
        long = by_short[match.group()]
        yield EntityMention(match.start(), match.end(), long.name, long.type, _PRIORITY)


def resolve_long_form(abbreviation: Abbreviation, mentions: Sequence[EntityMention], text: str) -> EntityMention | None:
    """Return the mention at a long form, or one made of the whole long form by its head noun.

    The head may come after the brackets: "Exchange and Teaching (JET) Programme". None where the long form is a common
    noun, or only modifies a longer name: "Liquid Gas (LG) Terminal". `mentions` are disjoint and by offset.
    """
    start, end = abbreviation.long_span
    form = text[start:end]
    entry = gazetteer().get(form) or _entry_of_short_form(abbreviation.short, form)
    index = bisect_right(mentions, start, key=lambda mention: mention.start) - 1
    mention = mentions[index] if index >= 0 else None
    if mention and end <= mention.end and mention.type is not EntityType.PERSON and mention.priority:
        if entry:
            return replace(mention, name=entry.name, type=entry.type)
        last = text[mention.start : mention.end].split()[-1].lower()
        ends_there = mention.end <= max(end, abbreviation.short_end + 1)
        return mention if ends_there or _tail_type(last) else None
    if entry:
        return EntityMention(start, end, entry.name, entry.type, _PRIORITY)
    if not abbreviation.is_name:
        return None
    after = re.match(r"\) (\w+)", text[abbreviation.short_end : abbreviation.short_end + 30])
    if after and end < abbreviation.short_start and (entity_type := _tail_type(after[1])):
        tail_end = abbreviation.short_end + after.end()
        return EntityMention(start, tail_end, text[start:tail_end], entity_type, _PRIORITY + 1)
    head = re.split(r" (?:of|for|on|to|in|through|with|at)\b", form)[0]
    head_noun_type = head_type(head.split()) or head_type(form.split())
    return EntityMention(start, end, form, head_noun_type, _PRIORITY + 1) if head_noun_type else None


def _entry_of_short_form(short: str, form: str) -> GazetteerEntry | None:
    """Return the gazetteer's entry of an abbreviation, if its long form in the text is nearly the gazetteer's."""
    entry = gazetteer().get(short)
    return entry if entry and fuzz.ratio(normalised_name(entry.name), normalised_name(form)) > _SIMILAR else None


def _tail_type(word: str) -> EntityType | None:
    """Return the entity type that a noun after the brackets gives."""
    heads = capitalised_names().lowercase_heads.items()
    return next((entity_type for entity_type, nouns in heads if word.lower() in nouns), None)
