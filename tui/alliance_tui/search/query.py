"""The query language: grammar, data model and parser. Every string is a legal query.

    kishida state visit     words in any order; the last is taken as still being typed
    self-defense            words joined by a mark: adjacent, in this order
    "command and control"   exactly these whole words, adjacent
    'ship                   exactly these letters, also inside a word (warships)
    ^coop   ship$           words that begin or end with these letters
    !china                  negation
    space | cyber           either; binds tighter than the space between words
    party:japan             a filter; filters narrow one another. Values: a word, or "several words"

A plain word or several mean, in this order: what they name (a state, an organisation, a person, a term with an
acronym: then all mentions of it match, by whatever name), what they are worth (a number with its unit, a sum of money,
a date: see search.values), the word itself, its other inflections and spellings, a compound or its parts, the name of
which it is the initials, another romanisation or short form of a name (see search.names), a word that it begins (only
the last word, while it is typed, and never a number), and a word that it may be misspelt for. What comes later is
looked for only where the word itself does not occur. Words of up to three letters and words in capitals match whole
words and names only. Typed capitals must match capitals if the word occurs so anywhere (smart case).

Filters: party, only (undertakes alone), with (one of several parties), to (mentioned in the undertaking, no party),
does, pays, receives and hosts (who has this role in the text), instrument and said (who says it) take names; strength
takes a strength, also with >=, <=, > or <; by takes a date (2027, 2027-03, 2027-03-31: still to be done by its end),
also with these operators; due takes a date, amount a number or a sum ("100m", "$6 million"), also with these operators,
and both a range (2025..2027, with both ends); is takes completed, open, joint, reaffirmed or restated; section takes
words of the heading; tag and note words of what the reader tagged and noted: agreements, entities, passages, and
documents, whose tags and notes hold for all that is in them; domain, kind (agreement, declaratory, package) and type
(of entity) take a value or its beginning; has takes deadline, amount, instrument, attribution or party. A filter on
agreements keeps the entities that take part in such an agreement; `type` keeps the agreements in which such an entity
takes part.

All words must match. A record matches if every word matches one of its fields; text matches where a sentence has every
word or, if no sentence of the text has them all, where they stand near each other in a paragraph. If no place has them
all, the words that occur nowhere are left out and named, or the places with most of the words match. Function words
(and, of, the) match only next to another matched word. `!word` excludes the sentences and the records with that word.
With a filter, the text matches in the evidence of the matching records: the query's words there or, if it has none,
all of it (for `type`: the mentions of the entities).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS, word_spans
from alliance_tui.search.values.units import CURRENCY_SIGNS


class MatchMode(StrEnum):
    """The strictness with which the words of a phrase must match."""

    FUZZY = "fuzzy"
    WHOLE = "whole"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    SUBSTRING = "inside"


class ComparisonOperator(StrEnum):
    """The comparison of a field with the value of a filter."""

    EQUAL = ":"
    AT_LEAST = ">="
    AT_MOST = "<="
    GREATER = ">"
    LESS = "<"


class QueryWord(Struct, frozen=True):
    """One word of a query: as typed, and folded."""

    typed: str
    folded: str


class Phrase(Struct, frozen=True):
    """Words that must be adjacent. `incomplete`: the last word may still be being typed.

    `typed` is all that was typed, marks included ("$6m").
    """

    words: tuple[QueryWord, ...]
    mode: MatchMode = MatchMode.FUZZY
    incomplete: bool = False
    typed: str = ""


class Filter(Struct, frozen=True):
    """A condition on a field of the records. `value` is as typed, `phrase` the same as words."""

    field: FilterField
    comparison: ComparisonOperator
    value: str
    phrase: Phrase


class Term(Struct, frozen=True):
    """A phrase or a filter, or (`negated`) its negation."""

    operand: Phrase | Filter
    negated: bool = False


class Query(Struct, frozen=True):
    """A query in conjunctive normal form: all groups must match, each by one of its terms.

    `problems` are messages on the parts of the query that were ignored.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    problems: tuple[str, ...] = ()


MAX_QUERY_WORDS = 40
"""The words of a query that are searched for; the rest of a longer one, such as a pasted text, is ignored."""

_FIELDS = frozenset(FilterField)
_TERM_PATTERN = re.compile(
    r"""\s*(?:
        (?P<bar>\|)
      | (?P<not>!*)
        (?:(?P<field>[A-Za-z]+):(?P<comparison>[<>]?=?))?
        (?:["“](?P<phrase>[^"”]*)(?P<closed>["”]?) | (?P<bare>[^\s|]*))
    )""",
    re.VERBOSE,
)


def parse_query(query: str, *, typing: bool = True) -> Query:
    """Parse a query. Never raises: incomplete terms are ignored and reported in `problems`.

    `typing`: the last word may still be being typed, unless a space or a closing mark follows it.
    """
    groups: list[list[Term]] = []
    problems: dict[str, None] = {}
    ends = [end for _, end in islice(word_spans(query), MAX_QUERY_WORDS + 1)]
    if len(ends) > MAX_QUERY_WORDS:
        query = query[: ends[MAX_QUERY_WORDS - 1]]
        problems[f"only the first {MAX_QUERY_WORDS} words are searched for"] = None
    after_bar = False
    for match in _TERM_PATTERN.finditer(query):
        if match["bar"]:
            after_bar = True
            continue
        term = _parse_term(match, typing and match.end() == len(query), problems)
        if term is None:
            continue
        if after_bar and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        after_bar = False
    return Query(tuple(map(tuple, groups)), tuple(problems))


def parse_phrase(text: str, mode: MatchMode = MatchMode.FUZZY, *, incomplete: bool = False) -> Phrase:
    """Return the words of `text` as a phrase; `incomplete` counts only if the text ends in a word."""
    words = tuple(QueryWord(text[start:end], fold(text[start:end])) for start, end in word_spans(text))
    words = tuple(word for word in words if word.folded)
    return Phrase(words, mode, incomplete and bool(words) and text[-1:].isalnum(), text.strip())


def _parse_term(match: re.Match[str], is_last: bool, problems: dict[str, None]) -> Term | None:
    negated = bool(match["not"])
    field = (match["field"] or "").lower()
    value = match["phrase"] if match["phrase"] is not None else match["bare"]
    incomplete = is_last and not match["closed"]
    if field and field not in _FIELDS:
        if value:
            problems[f"“{field}” is no field, so it was searched for as a word"] = None
        phrase = parse_phrase(f"{match['field']}{match['comparison']} {value}", incomplete=is_last)
        return Term(phrase, negated) if phrase.words else None
    if field:
        phrase = parse_phrase(value, incomplete=incomplete)
        if not phrase.words:
            problems[f"{field}: waits for a value"] = None
            return None
        return Term(Filter(FilterField(field), _comparison(match["comparison"]), value.strip(), phrase), negated)
    if match["phrase"] is not None:
        phrase = parse_phrase(value, MatchMode.WHOLE, incomplete=incomplete)
    else:
        phrase = _parse_bare_term(value, is_last)
    if not phrase.words:
        if value.strip("!") or negated or match["phrase"] is not None:
            problems[f"“{match[0].strip()}” has no word yet"] = None
        return None
    return Term(phrase, negated)


def _comparison(typed: str) -> ComparisonOperator:
    return ComparisonOperator.EQUAL if typed in ("", "=") else ComparisonOperator(typed)


def _parse_bare_term(value: str, is_last: bool) -> Phrase:
    """Parse a term without quotation marks."""
    if value[:1] in ("'", "‘", "’"):
        return parse_phrase(value[1:], MatchMode.SUBSTRING)
    starts, ends = value.startswith("^"), value.endswith("$") and value not in CURRENCY_SIGNS
    if starts and ends:
        return parse_phrase(value, MatchMode.WHOLE)
    if starts:
        return parse_phrase(value, MatchMode.PREFIX)
    if ends:
        return parse_phrase(value, MatchMode.SUFFIX)
    return parse_phrase(value, incomplete=is_last)


def single_plain_phrase(group: Iterable[Term]) -> Phrase | None:
    """Return the phrase of a group that is one term without any operator; None for other groups."""
    match tuple(group):
        case (Term(operand=Phrase() as phrase, negated=False),) if phrase.mode is MatchMode.FUZZY:
            return phrase
    return None


def has_only_function_words(phrase: Phrase) -> bool:
    """Whether all words are plain function words, which need not match beside content words."""
    return phrase.mode is MatchMode.FUZZY and all(word.folded in FUNCTION_WORDS for word in phrase.words)
