"""The fields of a query that ask of documents: taken off before the rest of it is searched for.

    date:2021..2022      a date, or a range of them, as much of each as was typed; also >=, <=, > and <; so `added:` and
                         `opened:`
    source:reuters       words that the source has, or the beginnings of its words; so `title:` and `path:`
    kind:statement       the kind of document (where it names a kind of record, it asks for records)
    language:fr          the language, by its code or its name
    words:>1000          a number, or a range of them; so `entities:` and `agreements:`
    has:duplicate        the same text, or nearly the same, is in the library under another path

They narrow each other and all the rest; `!` before one asks for the opposite.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from alliance_tui.documents.language_detection import language_name
from alliance_tui.search.filters import matching_values
from alliance_tui.search.query import FilterField
from alliance_tui.search.tokenizer import folded_words


class FilterableDocument(Protocol):
    """What is asked of a document; `library.store.Kept` has it."""

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


DocumentTest = Callable[[FilterableDocument], bool]

_NAMES = ("title", "path", "source")
_DATES = ("date", "added", "opened")
_NUMBERS = ("words", "entities", "agreements")
FIELDS = (*_DATES[:1], "source", "title", "path", "kind", "language", *_NUMBERS, *_DATES[1:], "has")
"""The names of the fields, as typed before the colon."""

_TERM = re.compile(
    rf"""(?:^|(?<=\s))(?P<not>!*)(?P<field>{"|".join(FIELDS)}):(?P<comparison>[<>]?=?)
    (?:["“](?P<phrase>[^"”]*)["”]? | (?P<bare>[^\s|]*))""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}(?:-\d{0,2}){0,2}")
DUPLICATE = "duplicate"
_COMPARE: dict[str, Callable[[str | int, str | int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class DocumentFilters(Struct, frozen=True):
    """A query without its fields of documents, the tests that these are, and words on what makes no sense yet."""

    remaining_query: str
    tests: tuple[DocumentTest, ...] = ()
    problems: tuple[str, ...] = ()

    def passes(self, document: FilterableDocument) -> bool:
        """Whether the document has all that is asked of documents."""
        return all(test(document) for test in self.tests)


def split_document_filters(query: str) -> DocumentFilters:
    """The query taken apart. Never raises: what makes no sense yet is passed over with a problem."""
    tests: list[DocumentTest] = []
    problems: list[str] = []

    def taken(found: re.Match[str]) -> str:
        field, value = found["field"].lower(), found["phrase"] or found["bare"] or ""
        if not _of_documents(field, value):
            return found[0]
        test = _test(field, found["comparison"], value)
        if test is None:
            problems.append(f"{field}: {_wanted(field)}" if value else f"{field}: waits for a value")
        elif found["not"]:
            tests.append(lambda document: not test(document))
        else:
            tests.append(test)
        return ""

    return DocumentFilters(_TERM.sub(taken, query).strip(), tuple(tests), tuple(problems))


def _of_documents(field: str, value: str) -> bool:
    """Whether the field asks of documents: two names are of records too, and their values decide."""
    if field == "kind":
        return bool(value) and not matching_values(FilterField.KIND, value)
    if field == "has":
        return len(value) > 1 and DUPLICATE.startswith(value.lower().removesuffix("s"))
    return True


def _test(field: str, comparison: str, value: str) -> DocumentTest | None:
    if field == "has":
        return lambda document: bool(document.same_as or document.similar_to)
    if field in _DATES:
        return _within(_date_of(field), comparison, value, _day)
    if field in _NUMBERS:
        return _within(lambda document: getattr(document, field), comparison, value, _number)
    if field == "language":
        return _language(value)
    return _begun(lambda document: getattr(document, field), value)


def _wanted(field: str) -> str:
    if field in _DATES:
        return "takes a date such as 2021, 2021-03 or 2021..2022"
    return "takes a number such as 10, >10 or 10..20" if field in _NUMBERS else "has no word yet"


def _date_of(field: str) -> Callable[[FilterableDocument], str | None]:
    return lambda document: getattr(document, field)


def _within(
    of: Callable[[FilterableDocument], str | int | None],
    comparison: str,
    value: str,
    read: Callable[[str], str | int | None],
) -> DocumentTest | None:
    """Whether what `of` gives lies in a range, or compares so with one end; None where `value` is neither."""
    first, dots, last = value.partition("..")
    if dots:
        bounds = [(">=", read(first)), ("<=", read(last))]
        if any(bound is None for text, (_, bound) in zip((first, last), bounds, strict=True) if text):
            return None
    else:
        bound = read(value)
        bounds = [(comparison, bound)] if comparison in _COMPARE else [(">=", bound), ("<=", bound)]
        if bound is None:
            return None
    compared = [(_COMPARE[how], bound) for how, bound in bounds if bound is not None]

    def passes(document: FilterableDocument) -> bool:
        had = of(document)
        if had is None:
            return False
        return all(
            compare(had[: len(bound)] if isinstance(had, str) and isinstance(bound, str) else had, bound)
            for compare, bound in compared
        )

    return passes if compared else None


def _day(text: str) -> str | None:
    return text if _DATE.fullmatch(text) else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _begun(of: Callable[[FilterableDocument], str | None], value: str) -> DocumentTest | None:
    """Whether each word of `value` begins a word of what `of` gives."""
    asked = folded_words(value)
    if not asked:
        return None
    return lambda document: all(any(word.startswith(one) for word in folded_words(of(document) or "")) for one in asked)


def _language(value: str) -> DocumentTest | None:
    asked = value.strip().lower()
    if not asked:
        return None
    return lambda document: (
        document.language is not None
        and (document.language == asked or language_name(document.language).lower().startswith(asked))
    )
