"""Parts of persons' names: surnames in either order, and given names with their short forms."""

from __future__ import annotations

import re

from alliance_tui.extraction.mentions.names.name_lexicon import roles

_JUNIOR = re.compile(r",? (?:Jr|Sr)\.?$", re.IGNORECASE)


def without_junior(name: str) -> str:
    """Return a name without "Jr." or "Sr." at its end."""
    return _JUNIOR.sub("", name)


def surname(name: str) -> str:
    """Return the surname in a full name: in capitals, or first in the orders that put it so, else last."""
    words = without_junior(name).split()
    capitals = [word for word in words if len(word) > 2 and word.isupper()]
    if capitals and len(capitals) < sum(len(word.strip(".")) > 1 for word in words):
        return capitals[0].title()
    family_first = words[0] in roles().person_names.family_name_first
    if len(words) == 3 and family_first:
        return words[0]
    if len(words) == 2 and family_first and ("-" in words[1] or len(words[1]) < 6):
        return words[0]
    return words[-1]


def may_be_same_person(name: str, other: str) -> bool:
    """Return whether two full names with one surname can be one person's.

    They can by a given name that both have, by its initial, or by its short form.
    """
    parts, other_parts = ({w.lower().strip(".") for w in n.split()} for n in (name, other))
    family = surname(name).lower()
    return family in other_parts and any(
        _may_be_same_given_name(given, other_given)
        for given in parts - {family}
        for other_given in other_parts - {family}
    )


def _may_be_same_given_name(given: str, other: str) -> bool:
    """Return whether two given names in lower case can be one: Joe and Joseph, J and Joseph."""
    short = roles().short_names
    initial = len(given) == 1 or len(other) == 1
    return short.get(given, given) == short.get(other, other) or (initial and given[0] == other[0])
