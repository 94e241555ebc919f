"""Lexicons of roles and of capitalised names, and the type that a head noun gives a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import structs

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames, Dates, Roles
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

HEAD_END = re.compile(r" (?:of|on|for|to|in|between|at)\b")
"""The words between the head of a name and its modifiers: "A Treaty of B"."""


@cache
def official_name_prefix() -> str:
    """Return the pattern of the words before "of" in a state's official name: "Federal Democratic Republic"."""
    government = roles().government
    words, kinds = literal_alternation(government.official_nouns), literal_alternation(government.official_adjectives)
    return rf"(?:(?:{kinds}) ){{0,5}}(?:{words})".replace("'", "[’']")


@cache
def month_names() -> tuple[str, ...]:
    """Full names of the months."""
    return load(Dates).month_names


@cache
def roles() -> Roles:
    """Return the lexicon of offices and of groups of parties."""
    return load(Roles)


@cache
def capitalised_names() -> CapitalisedNames:
    """Return the lexicon of capitalised names: their head nouns, and words that are no names."""
    return load(CapitalisedNames)


@cache
def head_noun_types() -> dict[str, EntityType]:
    """Return the entity type that each head noun gives a name, by singular and plural form."""
    types: dict[str, EntityType] = {}
    for entity_type, nouns in capitalised_names().head_nouns.items():
        for noun in nouns:
            for form in (noun, f"{noun}s", f"{noun[:-1]}ies" if noun.endswith("y") else noun):
                types.setdefault(form, entity_type)
    return types


def head_type(name: Sequence[str]) -> EntityType | None:
    """Return the entity type that the last one or two words of a name give it."""
    for length in (2, 1):
        if len(name) >= length and (entity_type := head_noun_types().get(" ".join(name[-length:]))):
            return entity_type
    return None


@cache
def title_words() -> frozenset[str]:
    """Return every word of a title or an office."""
    return frozenset(word for kind in structs.astuple(roles().titles) for title in kind for word in title.split())


@cache
def office_nouns() -> frozenset[str]:
    """Return the nouns for holders of an office ("Minister", "Secretaries")."""
    titles = roles().titles
    last = {re.split(" (?:of|for) ", title)[0].split()[-1] for title in (*titles.state, *titles.other)}
    plurals = {f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in last}
    return frozenset(last | plurals | set(titles.role_nouns))
