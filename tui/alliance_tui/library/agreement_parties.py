"""The parties of the agreements in a library, whose rows hold them as they are shown: names joined with commas."""

from __future__ import annotations

import sqlite3

_COMMA, _COMMA_IN_NAME = ", ", "\0"


class AgreementParties:
    """Cuts shown parties into names, some of which have commas in them: "Ministry of Trade, Tourism and Industry"."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        query = """SELECT name, number FROM names
            WHERE instr(name, ?) AND EXISTS (SELECT 1 FROM parties WHERE parties.name = number)"""
        self._names_with_commas: dict[str, int] = dict(db.execute(query, (_COMMA,)))
        self._without_commas: dict[str, tuple[str, ...]] = {}
        """The names of parties without a comma in any: many agreements have the same."""

    def split(self, document: int, position: int, shown: str) -> tuple[str, ...]:
        """Return the names of an agreement's parties in their order."""
        if (names := self._without_commas.get(shown)) is not None:
            return names
        possible = [name for name in self._names_with_commas if name in shown]
        if not possible:
            names = self._without_commas[shown] = tuple(filter(None, shown.split(_COMMA)))
            return names
        for name in filter(lambda name: self._is_party(name, document, position), possible):
            shown = shown.replace(name, name.replace(_COMMA, _COMMA_IN_NAME))
        return tuple(name.replace(_COMMA_IN_NAME, _COMMA) for name in shown.split(_COMMA) if name)

    def _is_party(self, name: str, document: int, position: int) -> bool:
        """Return whether an agreement has this party: the same words may be two parties of another."""
        place = self._names_with_commas[name], document, position
        query = "SELECT 1 FROM parties WHERE (name, document, position) = (?, ?, ?)"
        return self._db.execute(query, place).fetchone() is not None
