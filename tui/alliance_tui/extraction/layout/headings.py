"""Titles, headings and run-in headings: what in a document gives context and never is evidence."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Layout, Specificity
from alliance_tui.extraction.regex import alternation, flexible_whitespace

_LONGEST_HEADING = 18
_LONGEST_LABEL = 18
_SHORT_LABEL = 6
_NOT_IN_TOPICS = frozenset({"a", "an", "the", "this", "these", "our", "its", "their", "new", "no"})
"""Words that a few words do not hold where they only name a topic."""
_SHORT_HEADING = 10
_SHORTEST_PROSE = 4
_LONGEST_TITLE = 40
_TITLE_CASE = 0.7
"""The share of the words that count which a title capitalises at least."""

_STOP = re.compile(r"[.!?:;…][”\"’')\]*_]*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){1,4}$")
_MARKUP = "*_# \t\n"
_AFTER = ":.–— "
"""What may end a heading and is not of it."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{_MONTHS}|[A-Z][a-z]{{2}}\.?)"
_DAYS = r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?"
_DATE_LINE = re.compile(
    rf"""\(?(?:[A-Z][\w’ .-]+,\s+){{0,3}}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?
    (?: \d{{4}}-\d\d-\d\d | {_MONTH}\s+{_DAYS},?\s+\d{{4}} | {_DAYS}\s+{_MONTH},?\s+\d{{4}}
      | \d{{1,2}}:\d\d\s*[AaPp]\.?[Mm]\.?(?:\s+[A-Z]{{2,4}})? )\)?""",
    re.VERBOSE,
)
_BULLET = re.compile(r"[^\w(#*“\"'\[<]\s|\*\s|o\s")
_BOLD = re.compile(r"\*\*(?P<label>[^*]{2,200}?)(?:[:.–—]\s*\*\*|\s*\*\*\s?[:.–—])\s+(?![a-z])(?=\S)")
_COLON = re.compile(r"(?P<label>[^:;?!]{2,160}?):\s+(?=[“\"'(\[]?[A-Z0-9])")
_CLOSED = re.compile(r"(?P<label>(?:[^\s.]+ ){5,}[^\s.]+)\.\s+(?=[A-Z])")
"""A heading of six words or more that ends as a sentence does; of fewer most may be a name."""
_BRIEF = re.compile(r"(?P<label>[A-Z][\w’-]{2,}(?: (?:[\w’-]+|&)){0,4}(?<=[\w’-]{4}))\.\s+(?=[A-Z“])")
"""A heading of a few words that ends as a sentence does; an abbreviation has fewer letters before its stop."""
_DASH = re.compile(r"(?P<label>[^.:;?!–—]{2,100}?)\s(?:[–—]|--?)\s(?=[“\"]?[A-Z])")
_REGION = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?"
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.,’'/ -]{{2,40}}(?:,\s+{_REGION})?(?:,?\s+{_DAY})?|{_REGION}(?:, {_REGION})?,\s+{_DAY}"
    rf"|{_REGION}, {_REGION}(?= [–—] [A-Z]))\s*(?:\([^)]{{2,30}}\))?\s*(?:[–—]|--?)\s+(?=\S)"
)
"""Where and when a text was written: "OSLO, May 3 (Agency) -- ", "SUVA, Fiji (Agency) — ", "Ottawa, 3 May 2021 – "."""
_SENTENCE_END = re.compile(r"[a-z)\]”]\.\s")


@cache
def whole_words(regexes: tuple[str, ...], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Pattern for any of the regular expressions as whole words."""
    return flexible_whitespace(rf"(?<![\w’'-])(?:{alternation(regexes)})(?![\w’'-])", flags)


def sentence_words() -> re.Pattern[str]:
    """Pattern for the words that make a line a sentence."""
    return whole_words(load(Layout).sentence_words, re.NOFLAG)


@cache
def page_furniture() -> re.Pattern[str]:
    """What a line that belongs to no part of the text looks like: a rule, a page number, an end mark."""
    return re.compile(alternation(f"(?:{line})" for line in load(Layout).furniture))


def heading_text(words: str) -> str:
    """A heading or label as one line, without its markup and its colon."""
    return " ".join(words.strip(_MARKUP).rstrip(_AFTER).strip(_MARKUP).split())


def is_date_line(words: str) -> bool:
    """Whether a block is no more than a date or a time, with or without a place before it."""
    return bool(_DATE_LINE.fullmatch(words.strip(_MARKUP)))


def is_prose(words: str) -> bool:
    """Whether a block reads as sentences: it ends like one, introduces a list, goes on after what it defines ("…, the
    Parties,"), or is too long for a title.
    """
    count = len(words.split())
    stops = _STOP.search(words) and not _ABBREVIATION.search(words)
    return words.endswith((":", "”,", '",')) or count > _LONGEST_TITLE or (count >= _SHORTEST_PROSE and bool(stops))


def is_heading(text: str, following: str, after_blank: bool, in_speech: bool) -> bool:
    """Whether a block is a heading of what follows: set in capitals or as a title, or short, apart and not a sentence.

    In a transcript only capitals and markup tell a heading from a short remark.
    """
    if not following or _BULLET.match(text):
        return False
    if re.match(r"#{1,6}\s", text) or re.fullmatch(r"\*\*[^*]+\*\*:?", text):
        return not sentence_words().search(text)
    title = text.strip(_MARKUP)
    title = title[len(_heading_number(title)) :]
    count = len(title.split())
    if not 0 < count <= _LONGEST_HEADING or title[0] in '([“"—' or sentence_words().search(title):
        return False
    if title[-1] in ".;,!?…—–-" and not _ABBREVIATION.search(title):
        return False
    if title.endswith(":") and _starts_lower_case(following):
        return False  # "The United States:" over "reaffirms …" is the subject of its items
    if title.isupper() and count + len(title) > 4:
        return True
    if in_speech:
        return False
    return is_title_case(title) or (
        after_blank and count <= _SHORT_HEADING and title[0].isupper() and _is_long_sentence(following)
    )


def _heading_number(words: str) -> str:
    """The number of a heading ("1.", "IV.", "Article 3:"), which a bullet is not."""
    match = re.match(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,6}|[A-Z])[.)]\s+", words)
    return match[0] if match else ""


def _starts_lower_case(words: str) -> bool:
    return bool(re.match(r"[^\w(]*(?:\(\w+\)\s*)?[a-z]", words))


def _is_long_sentence(words: str) -> bool:
    return len(words.split()) > 2 * _SHORT_HEADING and bool(_STOP.search(words))


def is_title_case(words: str) -> bool:
    """Whether most words that titles capitalise are capitalised."""
    uncapitalised = whole_words(load(Layout).uncapitalised_words)
    counted = [word for word in re.findall(r"[^\W_][\w’'&./-]*", words) if not uncapitalised.fullmatch(word)]
    capital = sum(not word[0].islower() for word in counted)
    return bool(counted) and capital / len(counted) >= _TITLE_CASE


class RunInHeading(NamedTuple):
    """Where the words of a run-in heading stand in a block, without markup, and where the block's sentences begin; a
    block without such a heading has `start` and `end` there too.
    """

    start: int
    end: int
    body: int


def find_run_in_heading(words: str, start: int, item: bool, in_speech: bool) -> RunInHeading:
    """The run-in heading of a block whose words begin at `start`.

    Forms: "**Title:** text", "Title: text" and, in items, "Title – text" and "Title in Capitals. Text". A news agency's
    dateline is passed over. Speech has none but the first.
    """
    if (match := _BOLD.match(words, start)) and not sentence_words().search(match["label"]):
        return _run_in_heading(match)
    if in_speech:
        return RunInHeading(start, start, start)
    if (match := _COLON.match(words, start)) and _is_run_in_label(match["label"], item):
        return _run_in_heading(match)
    if item and (match := _DASH.match(words, start)) and _is_run_in_label(match["label"], False):
        again = re.search(r"\s[–—-]\s", words[match.end() : match.end() + 80])
        if not again and is_title_case(match["label"]):
            return _run_in_heading(match)
    closed = _CLOSED.match(words, start) if item else None
    if closed and _is_run_in_label(closed["label"], False) and is_title_case(closed["label"]):
        return _run_in_heading(closed)
    brief = _BRIEF.match(words, start) if item else None
    if brief and _is_topic(brief["label"]):
        return _run_in_heading(brief)
    match = None if item else _DATELINE.match(words, start)
    body = match.end() if match else start
    return RunInHeading(body, body, body)


def _run_in_heading(match: re.Match[str]) -> RunInHeading:
    """The place of the match's label, whose markup belongs to neither heading nor body."""
    label = match["label"]
    start = match.start("label") + len(label) - len(label.lstrip(_MARKUP))
    return RunInHeading(start, start + len(label.strip(_MARKUP).rstrip(_MARKUP + _AFTER)), match.end())


def _is_topic(label: str) -> bool:
    """Whether a few words before a stop only name what an item is about ("Science and technology."): neither a
    sentence nor an order ("Launch the fund.").
    """
    words = label.lower().split()
    told = is_action_word(words[0]) or sentence_words().search(label)
    return _NOT_IN_TOPICS.isdisjoint(words) and not told


def is_action_word(word: str) -> bool:
    """Whether a word is a verb, or its gerund, that names a deed: "suspend", "opening"."""
    stem = word.removesuffix("ing")
    verbs = _action_verbs()
    return word in verbs or (stem != word and not verbs.isdisjoint({stem, f"{stem}e", stem[:-1]}))


@cache
def _action_verbs() -> frozenset[str]:
    """The verbs that name a deed rather than an effect or a stance."""
    verbs = load(Specificity).verbs
    return verbs.create | verbs.transfer | verbs.change | verbs.degree


def announces_founding(label: str, rest: str) -> bool:
    """Whether a run-in heading says that something is to be founded ("Launch a Fund"), and what follows does not."""
    founding = whole_words(load(Layout).founding_verbs)
    return bool(founding.match(label)) and not founding.search(rest)


def _is_run_in_label(label: str, item: bool) -> bool:
    """Whether the words before a colon are a heading and not the opening of a sentence."""
    count = len(label.split())
    if count > _LONGEST_LABEL or not re.match(r"[*_]*“?(?:[A-Z]|\d)", label):
        return False
    if label.count("“") != label.count("”"):
        return False
    if _SENTENCE_END.search(label) or sentence_words().search(label):
        return False
    return item or count <= _SHORT_LABEL or is_title_case(label)
