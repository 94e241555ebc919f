"""Enumerations of parties, read from the text where the parse loses their members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.parties.party_mapping import ACTOR_TYPES, self_governing_territories
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_POSSESSIVE = re.compile(r"[’']s? ")


@cache
def _separator() -> re.Pattern[str]:
    """Pattern of the separators in an enumeration: ", and the", " members, and Norwegian Prime Minister"."""
    titles = literal_alternation((*roles().titles.state, *roles().titles.other))
    title = rf"(?:(?:[A-Z]\w+ ){{0,2}}(?:{titles}) )?"
    group_nouns = r"(?: (?:members|member states|countries|states|leaders|partners|allies))?"
    conjunction = r"(?P<comma>,)?(?P<and> and|(?<=,)and| &| as well as)?"
    return re.compile(rf"[⁰¹²³⁴-⁹*†]?{group_nouns}(?: \([^()]*\))?{conjunction} (?:the |The )?{title}")


def enumerated_after(text: str, first: EntityMention, following: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Yield the members after `first` of the enumeration that it opens: "A, B (the B Agency), and C's Ministry, and D".

    `following` are the mentions behind `first`, by offset.
    """
    members: list[EntityMention] = []
    last, commas, owner_separator, closed = first.end, 0, None, False
    for mention in following:
        gap = text[last : mention.start]
        if gap == " (" and text[mention.end : mention.end + 1] == ")":
            last = mention.end + 1
            continue
        separator = owner_separator if owner_separator and not gap else _separator().fullmatch(gap)
        if closed and not (separator and separator["and"]):
            break
        may_be_member = (
            mention.type in {*ACTOR_TYPES, EntityType.PERSON} or mention.name in self_governing_territories()
        )
        if separator is None or not may_be_member:
            return
        possessive = _POSSESSIVE.match(text, mention.end)
        if possessive and owner_separator is None:
            last, owner_separator = possessive.end(), separator
            continue
        members.append(mention)
        last, owner_separator = mention.end, None
        commas += separator["comma"] is not None
        closed = closed or separator["and"] is not None
    if closed and (len(members) > 1 or not commas):
        yield from members
