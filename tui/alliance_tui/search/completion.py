"""Completion of the term under the cursor: filter fields and their values in the searched records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from alliance_tui.records import Analysis
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.search_index import ReaderLabels, SearchIndex
from alliance_tui.search.plan.conditions import PRESENCE_TESTS
from alliance_tui.search.saved_queries import SAVED_FIELD

_MAX_COMPLETIONS = 20
_UNDER_CURSOR = re.compile(r"(?:^|(?<=[\s|!]))(?:(?P<field>[A-Za-z]+):(?P<comparison>[<>]?=?))?(?P<value>[^\s|!:]*)$")
_UNDER_CURSOR_QUOTED = re.compile(r"(?:^|(?<=[\s|!]))(?P<field>[A-Za-z]+):(?P<comparison>)[\"“](?P<value>[^\"”]*)$")


class Completion(Struct, frozen=True):
    """Replace the query's characters `start` to `end` with `text`; `count` records have the value."""

    start: int
    end: int
    text: str
    count: int = 0

    @property
    def is_value(self) -> bool:
        """Whether the completion is a value of a field; otherwise it is the name of a field."""
        return not self.text.endswith(":")

    @property
    def display_text(self) -> str:
        """The value alone, or the name of the field."""
        return self.text.partition(":")[2].lstrip("<>=").strip() if self.is_value else self.text


def document_completions(
    index: SearchIndex, query: str, cursor: int, saved: Iterable[str] = ()
) -> tuple[Completion, ...]:
    """Return the completions of a query for one document (see `completions`); `saved` are names of saved queries."""
    fields = (*FilterField, SAVED_FIELD)
    names = dict.fromkeys(saved, 1)
    return completions(
        query, cursor, fields, lambda field: names if field == SAVED_FIELD else _value_counts(index, field)
    )


def completions(
    query: str, cursor: int, fields: Iterable[str], value_counts: Callable[[str], Mapping[str, int]]
) -> tuple[Completion, ...]:
    """Return the completions of the term before the cursor, most frequent values first.

    Args:
        query: The whole query.
        cursor: The offset of the cursor, from 0 to the length of `query`.
        fields: The names of all fields.
        value_counts: Returns the values of a field (in lower case; it may be unknown) and how many records have each.
    """
    before = query[: max(cursor, 0)]
    match = _UNDER_CURSOR_QUOTED.search(before) or _UNDER_CURSOR.search(before)
    if not match:
        return ()
    start, end = match.start(), len(before)
    typed = fold(match["value"])
    if not match["field"]:
        return tuple(Completion(start, end, f"{f}:") for f in fields if typed and f.startswith(typed))
    field = match["field"].lower()
    counts = [(value, count) for value, count in value_counts(field).items() if _matches_typed(typed, value)]
    counts.sort(key=lambda item: (not fold(item[0]).startswith(typed), -item[1], item[0]))
    head = f"{field}:{match['comparison']}"
    return tuple(
        Completion(start, end, f"{head}{_quoted(value)} ", count) for value, count in counts[:_MAX_COMPLETIONS]
    )


def _matches_typed(typed: str, value: str) -> bool:
    return fold(value).startswith(typed) or any(fold(word).startswith(typed) for word in re.split(r"\W+", value))


def _quoted(value: str) -> str:
    return f'"{value.replace(chr(34), "")}"' if re.search(r"[\s|\"]", value) else value


def _value_counts(index: SearchIndex, field: str) -> Counter[str]:
    """Return how many records have each value of a field; counted once for an index."""
    if field not in index.value_counts:
        counts = _count_tags(index.labels) if field == FilterField.TAG else None
        index.value_counts[field] = counts or (_count_values(index.analysis, field) if index.analysis else Counter())
    return index.value_counts[field]


def _count_tags(labels: ReaderLabels) -> Counter[str]:
    """Return how many records, passages and documents have each word of tags."""
    of_each = (*labels.records.values(), *(passage.labels for passage in labels.passages), labels.document)
    return Counter(label[1:] for each in of_each for label in each if label.startswith("#"))


def _count_values(analysis: Analysis, field: str) -> Counter[str]:
    values: Iterable[str | None]
    agreements = analysis.agreements
    match field:
        case FilterField.PARTY:
            values = (party for agreement in agreements for party in agreement.parties)
        case FilterField.DOES | FilterField.PAYS | FilterField.RECEIVES | FilterField.HOSTS:
            values = (name for agreement in agreements for name in getattr(agreement.roles, field))
        case FilterField.DEADLINE:
            values = (a.deadline.latest[:4] for a in agreements if a.deadline and a.deadline.latest)
        case FilterField.HAS:
            values = (name for name, is_present in PRESENCE_TESTS.items() for a in agreements if is_present(a))
        case FilterField.ENTITY_TYPE:
            values = (entity.type for entity in analysis.entities)
        case FilterField.ATTRIBUTION:
            values = (agreement.attribution for agreement in agreements)
        case FilterField.STRENGTH | FilterField.DOMAIN | FilterField.KIND | FilterField.INSTRUMENT:
            values = (getattr(agreement, field) for agreement in agreements)
        case _:
            values = ()
    return Counter(str(value) for value in values if value)
