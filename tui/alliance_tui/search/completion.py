"""What the term under the cursor may become: names of fields, and the values that these have in what is searched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from alliance_tui.records import Analysis
from alliance_tui.search.filters import PRESENCE_TESTS
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.query import FILTER_FIELDS

_MAX_COMPLETIONS = 20
_UNDER_CURSOR = re.compile(r"(?:^|(?<=[\s|!]))(?:(?P<field>[A-Za-z]+):(?P<comparison>[<>]?=?))?(?P<value>[^\s|!:]*)$")
_UNDER_CURSOR_QUOTED = re.compile(r"(?:^|(?<=[\s|!]))(?P<field>[A-Za-z]+):(?P<comparison>)[\"“](?P<value>[^\"”]*)$")


class Completion(Struct, frozen=True):
    """Put `text` in place of the query's characters `start` to `end`. `count` is how many records have the value."""

    start: int
    end: int
    text: str
    count: int = 0

    @property
    def is_value(self) -> bool:
        """Whether it is the value of a field; else it is a field's name."""
        return not self.text.endswith(":")

    @property
    def display_text(self) -> str:
        """The value, or the field's name, by itself."""
        return self.text.partition(":")[2].lstrip("<>=").strip() if self.is_value else self.text


def document_completions(index: SearchIndex, query: str, cursor: int) -> tuple[Completion, ...]:
    """The completions in one document, with the values of its own records (see `completions`)."""
    return completions(query, cursor, FILTER_FIELDS, lambda field: _value_counts(index, field))


def completions(
    query: str, cursor: int, fields: Sequence[str], values_of: Callable[[str], Mapping[str, int]]
) -> tuple[Completion, ...]:
    """What may stand before `cursor` (0 to the length of `query`), likeliest first; empty where nothing fits.

    `fields` are the names of all fields. `values_of` gives the values of a field in lower case, whether there is one of
    this name or not, with how many records have each.
    """
    before = query[: max(cursor, 0)]
    found = _UNDER_CURSOR_QUOTED.search(before) or _UNDER_CURSOR.search(before)
    if not found:
        return ()
    start, end = found.start(), len(before)
    typed = fold(found["value"])
    if not found["field"]:
        return tuple(Completion(start, end, f"{f}:") for f in fields if typed and f.startswith(typed))
    field = found["field"].lower()
    fitting = [(value, count) for value, count in values_of(field).items() if _matches_typed(typed, value)]
    fitting.sort(key=lambda one: (not fold(one[0]).startswith(typed), -one[1], one[0]))
    head = f"{field}:{found['comparison']}"
    return tuple(
        Completion(start, end, f"{head}{_quoted(value)} ", count) for value, count in fitting[:_MAX_COMPLETIONS]
    )


def _matches_typed(typed: str, value: str) -> bool:
    return fold(value).startswith(typed) or any(fold(word).startswith(typed) for word in re.split(r"\W+", value))


def _quoted(value: str) -> str:
    return f'"{value.replace(chr(34), "")}"' if re.search(r"[\s|\"]", value) else value


def _value_counts(index: SearchIndex, field: str) -> Counter[str]:
    """Each value that the field has among the records, with how many have it; counted once for an index."""
    if field not in index.value_counts:
        index.value_counts[field] = _count_values(index.analysis, field) if index.analysis else Counter()
    return index.value_counts[field]


def _count_values(analysis: Analysis, field: str) -> Counter[str]:
    values: Iterable[str | None]
    agreements = analysis.agreements
    if field == "party":
        values = (party for agreement in agreements for party in agreement.parties)
    elif field == "by":
        values = (a.deadline.latest[:4] for a in agreements if a.deadline and a.deadline.latest)
    elif field == "has":
        values = (name for name, has in PRESENCE_TESTS.items() for agreement in agreements if has(agreement))
    elif field == "type":
        values = (entity.type for entity in analysis.entities)
    elif field in FILTER_FIELDS:
        attribute = "attribution" if field == "said" else field
        values = (getattr(agreement, attribute) for agreement in agreements)
    else:
        values = ()
    return Counter(str(value) for value in values if value)
