"""Saved queries, by name: `saved:NAME` in a query stands for the terms of the query that is saved under the name."""

from __future__ import annotations

import re
from collections.abc import Mapping

SAVED_FIELD = "saved"
"""The field of a query, as typed before the colon."""

_REFERENCE = re.compile(
    rf"""(?:^|(?<=\s))(?P<not>!*){SAVED_FIELD}:(?:["“](?P<quoted>[^"”]*)["”]? | (?P<bare>[^\s|]*))""",
    re.VERBOSE | re.IGNORECASE,
)


def expand_saved(query: str, saved: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return a query with the terms of the saved ones that it names, and messages on those that it cannot have."""
    problems: list[str] = []

    def terms(match: re.Match[str]) -> str:
        name = match["quoted"] if match["quoted"] is not None else match["bare"]
        known = next((query_ for name_, query_ in saved.items() if name_.casefold() == name.casefold()), None)
        if match["not"]:
            problems.append(f"{SAVED_FIELD}: cannot be negated: negate its terms")
        elif known is None:
            problems.append(f"{SAVED_FIELD}: {_expected(saved)}")
        else:
            return f"{known} "
        return ""

    return (_REFERENCE.sub(terms, query), tuple(problems)) if f"{SAVED_FIELD}:" in query.lower() else (query, ())


def _expected(saved: Mapping[str, str]) -> str:
    return f"takes {', '.join(sorted(saved))}" if saved else "no query is saved yet"


def reference_to(name: str) -> str:
    """Return the term that stands for a saved query."""
    return f'{SAVED_FIELD}:"{name}"' if re.search(r"[\s|]", name) else f"{SAVED_FIELD}:{name}"
