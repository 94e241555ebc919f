"""The word lists of names and roles, and what a head noun says of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import structs

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames, Organisations, Roles
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def official_name_prefix() -> str:
    """The pattern of what comes before a state's name in its official one: "Federal Democratic Republic"."""
    government = roles().government
    words, kinds = literal_alternation(government.official_nouns), literal_alternation(government.official_adjectives)
    return rf"(?:(?:{kinds}) )*(?:{words})".replace("'", "[’']")


@cache
def roles() -> Roles:
    """The words for offices and for groups of parties."""
    return load(Roles)


@cache
def agency_states() -> dict[str, str]:
    """The state for which each organisation acts whose acts are simply the state's."""
    return load(Organisations).state_metonyms


@cache
def capitalised_names() -> CapitalisedNames:
    """How names look: heads, joins, words that are no names."""
    return load(CapitalisedNames)


@cache
def head_noun_types() -> dict[str, EntityType]:
    """The type that each head noun gives, in the singular and the plural."""
    found: dict[str, EntityType] = {}
    for kind, nouns in capitalised_names().head_nouns.items():
        for noun in nouns:
            for form in (noun, f"{noun}s", f"{noun[:-1]}ies" if noun.endswith("y") else noun):
                found.setdefault(form, kind)
    return found


def head_type(name: Sequence[str]) -> EntityType | None:
    """What the last words of a name say that it is."""
    for length in (2, 1):
        if len(name) >= length and (kind := head_noun_types().get(" ".join(name[-length:]))):
            return kind
    return None


@cache
def title_words() -> frozenset[str]:
    """Every word of a title or an office."""
    return frozenset(word for kind in structs.astuple(roles().titles) for title in kind for word in title.split())


@cache
def office_nouns() -> frozenset[str]:
    """The nouns that name a holder of an office ("Minister", "Secretaries")."""
    titles = roles().titles
    last = {re.split(" (?:of|for) ", title)[0].split()[-1] for title in (*titles.state, *titles.other)}
    plurals = {f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in last}
    return frozenset(last | plurals | set(titles.role_nouns))
