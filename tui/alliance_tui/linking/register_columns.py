"""Columns of the rows of a register, for its queries; each is made when first needed, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import and_

from alliance_tui.linking.register import RegisterRow, Statement, Status
from alliance_tui.search.indexing.tokenizer import folded_words

Mask = bytes | bytearray
"""A byte for each row of a register: 1 where something is true of it, else 0."""

ANY_FIELD = ""
"""Title, parties and instrument together, as a field."""
_WORDS_OF: Mapping[str, Callable[[Statement], str]] = {
    ANY_FIELD: lambda statement: f"{statement.title} {' '.join(statement.parties)} {statement.instrument or ''}",
    "party": lambda statement: " ".join(statement.parties),
    "instrument": lambda statement: statement.instrument or "",
    "domain": lambda statement: statement.domain or "",
    "strength": lambda statement: statement.strength or "",
    "title": lambda statement: statement.title,
}
WORD_FIELDS = tuple(_WORDS_OF)
"""The fields of statements in which words are found."""

_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}


class RegisterColumns:
    """The rows of a register by column; not to be used by two threads at once."""

    def __init__(self, rows: Iterable[RegisterRow]) -> None:
        self.rows = tuple(rows)
        self._words: dict[str, list[str]] = {}

    @cached_property
    def statuses(self) -> list[Status]:
        """The status of each row."""
        return [row.status for row in self.rows]

    @cached_property
    def first(self) -> list[str]:
        """The date of the first statement of each row."""
        return [row.first for row in self.rows]

    @cached_property
    def last(self) -> list[str]:
        """The date of the last statement of each row."""
        return [row.last for row in self.rows]

    @cached_property
    def documents(self) -> list[int]:
        """How many documents state each row."""
        return [row.documents if len(row.statements) > 1 else 1 for row in self.rows]

    @cached_property
    def silent(self) -> Mask:
        """The rows that later documents do not state."""
        known: dict[tuple[tuple[str, ...], str], bool] = {}
        mask = bytearray(len(self.rows))
        for index, (row, status, last) in enumerate(zip(self.rows, self.statuses, self.last, strict=True)):
            parties = row.parties
            if status is not Status.DELIVERED and parties and last:
                if (key := (parties, last)) not in known:
                    known[key] = row.context.later_documents(parties, last) > 0
                mask[index] = known[key]
        return mask

    def words(self, field: str) -> list[str]:
        """Return the folded words of a field of each statement, each word after a space."""
        if field not in self._words:
            words_of = _WORDS_OF[field]
            known: dict[str, str] = {}
            self._words[field] = [
                known[text] if (text := words_of(each)) in known else known.setdefault(text, _folded(text))
                for each in self.statements
            ]
        return self._words[field]

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """The first statement of each row, then all later ones."""
        return [row.statements[0] for row in self.rows] + [each for row in self.rows for each in row.statements[1:]]

    @cached_property
    def _rows_of_later_statements(self) -> list[int]:
        return [index for index, row in enumerate(self.rows) for _ in row.statements[1:]]

    def with_statement(self, flags: Iterable[bool]) -> Mask:
        """Return the rows with a statement of which something is true, given for each of `statements`."""
        of_statements = bytearray(flags)
        mask = of_statements[: len(self.rows)]
        for row, flag in zip(self._rows_of_later_statements, of_statements[len(self.rows) :], strict=True):
            mask[row] |= flag
        return mask


def both(one: Mask, other: Mask) -> Mask:
    """Return the rows that are in both masks."""
    return bytes(map(and_, one, other))


def negated(mask: Mask) -> Mask:
    """Return the rows that are not in a mask."""
    return mask.translate(_NEGATION)


_NEGATION = bytes([1, 0, *range(2, 256)])


def _folded(text: str) -> str:
    """Return the folded words of a text, each after a space."""
    if text.isascii() and "." not in text and "'" not in text:  # the same, several times as fast
        return f" {text.lower().translate(_SEPARATORS)}"
    return "".join(f" {word}" for word in folded_words(text))
