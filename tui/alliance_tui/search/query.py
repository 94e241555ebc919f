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
from alliance_tui.search.tokenizer import FUNCTION_WORDS, words


class Mode(StrEnum):
    """How strictly words are to be met."""

    FUZZY = "fuzzy"
    WHOLE = "whole"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    INSIDE = "inside"


class Wanted(Struct, frozen=True):
    """One word of a query: as typed, and folded."""

    typed: str
    folded: str


class Words(Struct, frozen=True):
    """Words to be found side by side. `typing` is True if the last may go on."""

    words: tuple[Wanted, ...]
    mode: Mode = Mode.FUZZY
    typing: bool = False


class Filter(Struct, frozen=True):
    """A field of the records with what it must be: `comparison` is one of ":", ">=", "<=", ">" and "<"."""

    field: str
    comparison: str
    value: str
    words: Words


class Term(Struct, frozen=True):
    """Something to be found, or (`negated`) not to be found."""

    what: Words | Filter
    negated: bool = False


class Query(Struct, frozen=True):
    """Alternatives that must each be met by one of their terms, and gentle words on what was passed over."""

    groups: tuple[tuple[Term, ...], ...] = ()
    problems: tuple[str, ...] = ()


FIELDS = ("party", "strength", "by", "domain", "type", "kind", "instrument", "said", "has")
"""The names of the fields, as typed before the colon."""

MOST_WORDS = 40
"""How many words of a query are searched for: a whole book may be pasted, but no reader asks for more."""

_TERM = re.compile(
    r"""\s*(?:
        (?P<bar>\|)
      | (?P<not>!*)
        (?:(?P<field>[A-Za-z]+):(?P<comparison>[<>]?=?))?
        (?:["“](?P<phrase>[^"”]*)(?P<closed>["”]?) | (?P<bare>[^\s|]*))
    )""",
    re.VERBOSE,
)


def parse(query: str) -> Query:
    """The terms of a query. Never raises: what makes no sense yet is passed over with a problem."""
    groups: list[list[Term]] = []
    problems: dict[str, None] = {}
    ends = [end for _, end in islice(words(query), MOST_WORDS + 1)]
    if len(ends) > MOST_WORDS:
        query = query[: ends[MOST_WORDS - 1]]
        problems[f"only the first {MOST_WORDS} words are searched for"] = None
    joins = False
    for found in _TERM.finditer(query):
        if found["bar"]:
            joins = True
            continue
        term = _term(found, found.end() == len(query), problems)
        if term is None:
            continue
        if joins and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    return Query(tuple(map(tuple, groups)), tuple(problems))


def words_of(text: str, mode: Mode = Mode.FUZZY, *, typing: bool = False) -> Words:
    """The words of `text`, to be found side by side."""
    found = tuple(Wanted(text[start:end], fold(text[start:end])) for start, end in words(text))
    found = tuple(word for word in found if word.folded)
    return Words(found, mode, typing and bool(found) and text[-1:].isalnum())


def _term(found: re.Match[str], last: bool, problems: dict[str, None]) -> Term | None:
    negated = bool(found["not"])
    field = (found["field"] or "").lower()
    value = found["phrase"] if found["phrase"] is not None else found["bare"]
    if field and field not in FIELDS:
        if value:
            problems[f"“{field}” is no field, so it was searched for as a word"] = None
        what = words_of(f"{found['field']}{found['comparison']} {value}", typing=last)
        return Term(what, negated) if what.words else None
    if field:
        what = words_of(value, typing=last and not found["closed"])
        if not what.words:
            problems[f"{field}: waits for a value"] = None
            return None
        return Term(Filter(field, found["comparison"] or ":", value.strip(), what), negated)
    if found["phrase"] is not None:
        what = words_of(value, Mode.WHOLE, typing=last and not found["closed"])
    else:
        what = _plain(value, last)
    if not what.words:
        if value.strip("!") or negated or found["phrase"] is not None:
            problems[f"“{found[0].strip()}” has no word yet"] = None
        return None
    return Term(what, negated)


def _plain(value: str, last: bool) -> Words:
    """A term without quotation marks, after its operator, if any."""
    if value[:1] in ("'", "‘", "’"):
        return words_of(value[1:], Mode.INSIDE)
    starts, ends = value.startswith("^"), value.endswith("$")
    if starts and ends:
        return words_of(value, Mode.WHOLE)
    if starts:
        return words_of(value, Mode.PREFIX)
    if ends:
        return words_of(value, Mode.SUFFIX)
    return words_of(value, typing=last)


def plain_words(group: Iterable[Term]) -> Words | None:
    """A group's one term, if that is all it has and it has no operator."""
    match tuple(group):
        case (Term(what=Words() as words, negated=False),) if words.mode is Mode.FUZZY:
            return words
    return None


def is_joinable(words: Words) -> bool:
    """Whether it is one word of weight, which may mean, with its neighbour, one word ("air craft")."""
    return len(words.words) == 1 and words.words[0].folded not in FUNCTION_WORDS


def is_minor(words: Words) -> bool:
    """Whether they are function words, which need not be found beside weightier ones."""
    return words.mode is Mode.FUZZY and all(word.folded in FUNCTION_WORDS for word in words.words)
