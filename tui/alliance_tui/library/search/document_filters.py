"""Filters of a query on documents, which are split off before the rest of it is searched for.

    date:2021..2022      a date or a range, to the precision typed; also >=, <=, > and <; so `added:` and `opened:`
    source:reuters       words, or prefixes of words, of the source; so `title:` and `path:`
    kind:statement       the kind of document (a value that is a kind of record filters records)
    language:fr          the language, by its code or its name
    words:>1000          a number or a range of numbers; so `entities:` and `agreements:`
    has:duplicate        a document with the same text, or nearly the same, as an earlier one

All filters must pass; `!` negates one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from alliance_tui.documents.language_detection import language_name
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.plan.conditions import matching_values


class DocumentField(StrEnum):
    """The fields of filters on documents, as typed before the colon, in the order in which they are completed."""

    DATE = "date"
    SOURCE = "source"
    TITLE = "title"
    PATH = "path"
    KIND = "kind"
    LANGUAGE = "language"
    WORDS = "words"
    ENTITIES = "entities"
    AGREEMENTS = "agreements"
    ADDED = "added"
    OPENED = "opened"
    HAS = "has"


DUPLICATE = "duplicate"
"""The value of `has:` for documents; all others are for records."""


class FilterableDocument(Protocol):
    """The fields of a document that filters read; `library.library_document.LibraryDocument` has them."""

    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def date(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def words(self) -> int: ...
    @property
    def entities(self) -> int: ...
    @property
    def agreements(self) -> int: ...
    @property
    def added(self) -> str: ...
    @property
    def opened(self) -> str | None: ...
    @property
    def same_as(self) -> str | None: ...
    @property
    def similar_to(self) -> str | None: ...


DocumentPredicate = Callable[[FilterableDocument], bool]
_Value = str | int

_DATE_FIELDS = (DocumentField.DATE, DocumentField.ADDED, DocumentField.OPENED)
_NUMBER_FIELDS = (DocumentField.WORDS, DocumentField.ENTITIES, DocumentField.AGREEMENTS)
_FILTER = re.compile(
    rf"""(?:^|(?<=\s))(?P<not>!*)(?P<field>{"|".join(DocumentField)}):(?P<comparison>[<>]?=?)
    (?:["“](?P<phrase>[^"”]*)["”]? | (?P<bare>[^\s|]*))""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}(?:-\d{0,2}){0,2}")
_COMPARE: dict[str, Callable[[_Value, _Value], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class DocumentFilters(Struct, frozen=True):
    """The filters of a query on documents, the query without them, and messages on invalid values."""

    remaining_query: str
    predicates: tuple[DocumentPredicate, ...] = ()
    problems: tuple[str, ...] = ()

    def passes(self, document: FilterableDocument) -> bool:
        """Whether the document passes all filters."""
        return all(predicate(document) for predicate in self.predicates)


def split_document_filters(query: str) -> DocumentFilters:
    """Split a query into its filters on documents and the rest. Never raises: invalid values become problems."""
    predicates: list[DocumentPredicate] = []
    problems: list[str] = []

    def take(match: re.Match[str]) -> str:
        field, value = DocumentField(match["field"].lower()), match["phrase"] or match["bare"] or ""
        if not _is_document_filter(field, value):
            return match[0]
        predicate = _predicate(field, match["comparison"], value)
        if predicate is None:
            problems.append(f"{field}: {_expected_value(field)}" if value else f"{field}: waits for a value")
        elif match["not"]:
            predicates.append(lambda document: not predicate(document))
        else:
            predicates.append(predicate)
        return ""

    return DocumentFilters(_FILTER.sub(take, query).lstrip(), tuple(predicates), tuple(problems))


def _is_document_filter(field: DocumentField, value: str) -> bool:
    """Whether the filter is on documents: two fields are those of records too, and their values decide."""
    if field is DocumentField.KIND:
        return bool(value) and not matching_values(FilterField.KIND, value)
    if field is DocumentField.HAS:
        return len(value) > 1 and DUPLICATE.startswith(value.lower().removesuffix("s"))
    return True


def _predicate(field: DocumentField, comparison: str, value: str) -> DocumentPredicate | None:
    if field is DocumentField.HAS:
        return lambda document: bool(document.same_as or document.similar_to)
    if field in _DATE_FIELDS:
        return _range_predicate(lambda document: getattr(document, field), comparison, value, _parse_date)
    if field in _NUMBER_FIELDS:
        return _range_predicate(lambda document: getattr(document, field), comparison, value, _parse_number)
    if field is DocumentField.LANGUAGE:
        return _language_predicate(value)
    return _prefix_predicate(lambda document: getattr(document, field), value)


def _expected_value(field: DocumentField) -> str:
    if field in _DATE_FIELDS:
        return "takes a date such as 2021, 2021-03 or 2021..2022"
    return "takes a number such as 10, >10 or 10..20" if field in _NUMBER_FIELDS else "has no word yet"


def _range_predicate(
    value_of: Callable[[FilterableDocument], _Value | None],
    comparison: str,
    typed: str,
    parse: Callable[[str], _Value | None],
) -> DocumentPredicate | None:
    """Return the test whether a value lies in the typed range or compares with the typed bound; None if invalid."""
    first, dots, last = typed.partition("..")
    bounds: list[tuple[str, _Value | None]]
    if dots:
        bounds = [(">=", parse(first)), ("<=", parse(last))]
        if any(bound is None for text, (_, bound) in zip((first, last), bounds, strict=True) if text):
            return None
    else:
        bound = parse(typed)
        bounds = [(comparison, bound)] if comparison in _COMPARE else [(">=", bound), ("<=", bound)]
        if bound is None:
            return None
    comparisons = [(_COMPARE[symbol], bound) for symbol, bound in bounds if bound is not None]

    def passes(document: FilterableDocument) -> bool:
        value = value_of(document)
        return value is not None and all(compare(_cut(value, bound), bound) for compare, bound in comparisons)

    return passes if comparisons else None


def _cut(value: _Value, bound: _Value) -> _Value:
    """Return a date to the precision of the bound, a number as it is."""
    return value[: len(bound)] if isinstance(value, str) and isinstance(bound, str) else value


def _parse_date(text: str) -> str | None:
    return text if _DATE.fullmatch(text) else None


def _parse_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _prefix_predicate(value_of: Callable[[FilterableDocument], str | None], typed: str) -> DocumentPredicate | None:
    """Return the test whether each typed word is a prefix of a word of a value; None without any word."""
    prefixes = folded_words(typed)
    if not prefixes:
        return None

    def passes(document: FilterableDocument) -> bool:
        words = folded_words(value_of(document) or "")
        return all(any(word.startswith(prefix) for word in words) for prefix in prefixes)

    return passes


def _language_predicate(typed: str) -> DocumentPredicate | None:
    language = typed.strip().lower()
    if not language:
        return None
    return lambda document: (
        document.language is not None
        and (document.language == language or language_name(document.language).lower().startswith(language))
    )
