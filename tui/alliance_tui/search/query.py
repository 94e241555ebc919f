"""The query language, parsed once into terms. Any string is a legal query.

    kishida state visit     each word, in any order; the last is taken as one still being typed
    self-defense            words joined by a mark stand side by side, in this order
    "command and control"   these whole words, side by side, and nothing like them
    'ship                   exactly these letters, also inside a word (warships)
    ^coop   ship$           words that begin, or end, with these letters
    !china                  not where this is
    space | cyber           either; it binds tighter than the space between words
    party:japan             a field of the records; several narrow each other. Values: a word, or "several words"

A plain word finds itself, however accented, hyphenated or capitalised, and the words that begin with it. Capitals, once
typed, must be capitals, if they stand anywhere (smart case). Where neither is found, it finds what it is a likely
misspelling of, from four letters on, or, if it is an English word or name itself, only its other inflections and
spellings; a name romanised otherwise (kiev); words run together or apart ("selfdefense", "air craft"); and a name one
edit away from the whole query. Two to six letters also find the capitalised phrase, or the entity's name, that they are
the first letters of (scc, mod).

Fields: party, instrument and said (who reports it) take names; strength takes a rung of the ladder, also with
>=, <=, > or <; by takes a date (2027, 2027-03, 2027-03-31: due by its end), also with these; domain, kind
(agreement, declaratory, package) and type (of entity) take a value or its beginning; has takes deadline, amount,
instrument, attribution or party. A field of agreements asks of an entity that it takes part in such an agreement;
`type` asks of an agreement that such an entity takes part in it.

What "all must match" means: a record matches if every word is found somewhere in its fields; a stretch of text if
every word is found in its sentence, or, where no sentence of the text has them all, in its paragraph. There each
word is lit, save that function words (and, of, the) are asked for only beside another lit word. `!word` leaves out the
sentences and the records with that word. With a field, the text lights what the matching records rest on: the
words of the query in their evidence, or, where it has none, the evidence itself (for `type`, the entities' mentions).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from alliance_tui.search.folding import fold
from alliance_tui.search.tokenizer import FUNCTION_WORDS, word_spans


class MatchMode(StrEnum):
    """How strictly words are to be met."""

    FUZZY = "fuzzy"
    WHOLE = "whole"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    SUBSTRING = "inside"


class QueryWord(Struct, frozen=True):
    """One word of a query: as typed, and folded."""

    typed: str
    folded: str


class Phrase(Struct, frozen=True):
    """Words to be found side by side. `typing` is True if the last may go on."""

    words: tuple[QueryWord, ...]
    mode: MatchMode = MatchMode.FUZZY
    incomplete: bool = False


class Filter(Struct, frozen=True):
    """A field of the records with what it must be: `comparison` is one of ":", ">=", "<=", ">" and "<"."""

    field: str
    comparison: str
    value: str
    phrase: Phrase


class Term(Struct, frozen=True):
    """Something to be found, or (`negated`) not to be found."""

    operand: Phrase | Filter
    negated: bool = False


class Query(Struct, frozen=True):
    """Alternatives that must each be met by one of their terms, and gentle words on what was passed over."""

    groups: tuple[tuple[Term, ...], ...] = ()
    problems: tuple[str, ...] = ()


FILTER_FIELDS = ("party", "strength", "by", "domain", "type", "kind", "instrument", "said", "has")
"""The names of the fields, as typed before the colon."""

MAX_QUERY_WORDS = 40
"""How many words of a query are searched for: a whole book may be pasted, but no reader asks for more."""

_TERM_PATTERN = re.compile(
    r"""\s*(?:
        (?P<bar>\|)
      | (?P<not>!*)
        (?:(?P<field>[A-Za-z]+):(?P<comparison>[<>]?=?))?
        (?:["“](?P<phrase>[^"”]*)(?P<closed>["”]?) | (?P<bare>[^\s|]*))
    )""",
    re.VERBOSE,
)


def parse_query(query: str) -> Query:
    """The terms of a query. Never raises: what makes no sense yet is passed over with a problem."""
    groups: list[list[Term]] = []
    problems: dict[str, None] = {}
    ends = [end for _, end in islice(word_spans(query), MAX_QUERY_WORDS + 1)]
    if len(ends) > MAX_QUERY_WORDS:
        query = query[: ends[MAX_QUERY_WORDS - 1]]
        problems[f"only the first {MAX_QUERY_WORDS} words are searched for"] = None
    joins = False
    for found in _TERM_PATTERN.finditer(query):
        if found["bar"]:
            joins = True
            continue
        term = _parse_term(found, found.end() == len(query), problems)
        if term is None:
            continue
        if joins and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    return Query(tuple(map(tuple, groups)), tuple(problems))


def parse_phrase(text: str, mode: MatchMode = MatchMode.FUZZY, *, incomplete: bool = False) -> Phrase:
    """The words of `text`, to be found side by side."""
    found = tuple(QueryWord(text[start:end], fold(text[start:end])) for start, end in word_spans(text))
    found = tuple(word for word in found if word.folded)
    return Phrase(found, mode, incomplete and bool(found) and text[-1:].isalnum())


def _parse_term(found: re.Match[str], last: bool, problems: dict[str, None]) -> Term | None:
    negated = bool(found["not"])
    field = (found["field"] or "").lower()
    value = found["phrase"] if found["phrase"] is not None else found["bare"]
    if field and field not in FILTER_FIELDS:
        if value:
            problems[f"“{field}” is no field, so it was searched for as a word"] = None
        what = parse_phrase(f"{found['field']}{found['comparison']} {value}", incomplete=last)
        return Term(what, negated) if what.words else None
    if field:
        what = parse_phrase(value, incomplete=last and not found["closed"])
        if not what.words:
            problems[f"{field}: waits for a value"] = None
            return None
        return Term(Filter(field, found["comparison"] or ":", value.strip(), what), negated)
    if found["phrase"] is not None:
        what = parse_phrase(value, MatchMode.WHOLE, incomplete=last and not found["closed"])
    else:
        what = _parse_bare_term(value, last)
    if not what.words:
        if value.strip("!") or negated or found["phrase"] is not None:
            problems[f"“{found[0].strip()}” has no word yet"] = None
        return None
    return Term(what, negated)


def _parse_bare_term(value: str, last: bool) -> Phrase:
    """A term without quotation marks, after its operator, if any."""
    if value[:1] in ("'", "‘", "’"):
        return parse_phrase(value[1:], MatchMode.SUBSTRING)
    starts, ends = value.startswith("^"), value.endswith("$")
    if starts and ends:
        return parse_phrase(value, MatchMode.WHOLE)
    if starts:
        return parse_phrase(value, MatchMode.PREFIX)
    if ends:
        return parse_phrase(value, MatchMode.SUFFIX)
    return parse_phrase(value, incomplete=last)


def single_plain_phrase(group: Iterable[Term]) -> Phrase | None:
    """A group's one term, if that is all it has and it has no operator."""
    match tuple(group):
        case (Term(operand=Phrase() as words, negated=False),) if words.mode is MatchMode.FUZZY:
            return words
    return None


def may_form_compound(words: Phrase) -> bool:
    """Whether it is one word of weight, which may mean, with its neighbour, one word ("air craft")."""
    return len(words.words) == 1 and words.words[0].folded not in FUNCTION_WORDS


def has_only_function_words(words: Phrase) -> bool:
    """Whether they are function words, which need not be found beside weightier ones."""
    return words.mode is MatchMode.FUZZY and all(word.folded in FUNCTION_WORDS for word in words.words)
