"""The parties of the agreements in a library, whose rows hold them as they are shown: names joined with commas."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

_COMMA, _COMMA_IN_NAME = ", ", "\0"


class AgreementParties:
    """Cuts shown parties into names, some of which have commas in them: "Ministry of Trade, Tourism and Industry"."""

    def __init__(self, db: sqlite3.Connection) -> None:
        names: dict[tuple[int, int], list[str]] = defaultdict(list)
        query = """SELECT document, position, names.name FROM names JOIN parties ON parties.name = names.number
            WHERE instr(names.name, ?)"""
        for document, position, name in db.execute(query, (_COMMA,)):
            names[document, position].append(name)
        self._names_with_commas = names
        self._without_commas: dict[str, tuple[str, ...]] = {}
        """The names of parties without a comma in any: many agreements have the same."""

    def split(self, document: int, position: int, shown: str) -> tuple[str, ...]:
        """Return the names of an agreement's parties in their order."""
        if (document, position) not in self._names_with_commas:
            if (names := self._without_commas.get(shown)) is None:
                names = self._without_commas[shown] = tuple(filter(None, shown.split(_COMMA)))
            return names
        for name in self._names_with_commas[document, position]:
            shown = shown.replace(name, name.replace(_COMMA, _COMMA_IN_NAME))
        return tuple(name.replace(_COMMA_IN_NAME, _COMMA) for name in shown.split(_COMMA) if name)
