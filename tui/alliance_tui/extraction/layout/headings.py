"""Titles, headings and run-in headings: the parts of a document that are context and never evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates, Layout, Specificity
from alliance_tui.extraction.regex import alternation, flexible_whitespace, literal_alternation

_MAX_HEADING_WORDS = 18
_MAX_LABEL_WORDS = 18
_SHORT_LABEL_WORDS = 6
_NOT_IN_TOPICS = frozenset({"a", "an", "the", "this", "these", "our", "its", "their", "new", "no"})
"""Words that the short name of a topic does not have."""
_SHORT_HEADING_WORDS = 10
_MIN_PROSE_WORDS = 4
_MAX_TITLE_WORDS = 40
_TITLE_CASE_SHARE = 0.7
"""The least share of capitalised words in a title, function words not counted."""

_TERMINATOR = re.compile(r"[.!?:;…][”\"’')\]*_]*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){1,4}$")
_MARKUP = "*_# \t\n"
_HEADING_END = ":.–— "
"""Punctuation between a heading and the text after it."""
_DAYS = r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?"
_BULLET = re.compile(r"[^\w(#*“\"'\[<]\s|\*\s|o\s")
_BOLD_LABEL = re.compile(r"\*\*(?P<label>[^*]{2,200}?)(?:[:.–—]\s*\*\*|\s*\*\*\s?[:.–—])\s+(?![a-z])(?=\S)")
_COLON_LABEL = re.compile(r"(?P<label>[^:;?!]{2,160}?):\s+(?=[“\"'(\[]?[A-Z0-9])")
_LONG_SENTENCE_LABEL = re.compile(r"(?P<label>(?:[^\s.]+ ){5,}[^\s.]+)\.\s+(?=[A-Z])")
"""A heading of six words or more with a full stop; fewer words may be a name."""
_SHORT_SENTENCE_LABEL = re.compile(r"(?P<label>[A-Z][\w’-]{2,}(?: (?:[\w’-]+|&)){0,4}(?<=[\w’-]{4}))\.\s+(?=[A-Z“])")
"""A heading of at most five words with a full stop; an abbreviation has fewer letters before it."""
_DASH_LABEL = re.compile(r"(?P<label>[^.:;?!–—]{2,100}?)\s(?:[–—]|--?)\s(?=[“\"]?[A-Z])")
_REGION = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?"
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.,’'/ -]{{2,40}}(?:,\s+{_REGION})?(?:,?\s+{_DAY})?|{_REGION}(?:, {_REGION})?,\s+{_DAY}"
    rf"|{_REGION}, {_REGION}(?= [–—] [A-Z]))\s*(?:\([^)]{{2,30}}\))?\s*(?:[–—]|--?)\s+(?=\S)"
)
"""Place and date of a report: "OSLO, May 3 (Agency) -- ", "SUVA, Fiji (Agency) — ", "Ottawa, 3 May 2021 – "."""
_SENTENCE_END = re.compile(r"[a-z)\]”]\.\s")


@cache
def _date_line() -> re.Pattern[str]:
    """A line that holds no more than a date or a time, with or without a place before it."""
    month = rf"(?:{literal_alternation(load(Dates).month_names)}|[A-Z][a-z]{{2}}\.?)"
    return re.compile(
        rf"""\(?(?:[A-Z][\w’ .-]+,\s+){{0,3}}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?
        (?: \d{{4}}-\d\d-\d\d | {month}\s+{_DAYS},?\s+\d{{4}} | {_DAYS}\s+{month},?\s+\d{{4}}
          | \d{{1,2}}:\d\d\s*[AaPp]\.?[Mm]\.?(?:\s+[A-Z]{{2,4}})? )\)?""",
        re.VERBOSE,
    )


@cache
def standalone_words(regexes: tuple[str, ...], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Pattern for any of the regular expressions as words of their own, not parts of hyphenated ones."""
    return flexible_whitespace(rf"(?<![\w’'-])(?:{alternation(regexes)})(?![\w’'-])", flags)


def sentence_words() -> re.Pattern[str]:
    """Pattern for the words that make a line a sentence."""
    return standalone_words(load(Layout).sentence_words, re.NOFLAG)


@cache
def page_furniture() -> re.Pattern[str]:
    """Pattern of lines that belong to no segment: rules, page numbers, end marks."""
    return re.compile(alternation(f"(?:{line})" for line in load(Layout).furniture))


def heading_text(words: str) -> str:
    """Text of a heading or label on one line, without markup and final colon."""
    return " ".join(words.strip(_MARKUP).rstrip(_HEADING_END).strip(_MARKUP).split())


def is_date_line(words: str) -> bool:
    """Whether a block is only a date or a time, perhaps with a place before it."""
    return bool(_date_line().fullmatch(words.strip(_MARKUP)))


def is_prose(words: str) -> bool:
    """Whether a block is prose: it ends like a sentence, introduces a list, continues after a definition ("…, the
    Parties,"), or is too long for a title.
    """
    count = len(words.split())
    stops = _TERMINATOR.search(words) and not _ABBREVIATION.search(words)
    return words.endswith((":", "”,", '",')) or count > _MAX_TITLE_WORDS or (count >= _MIN_PROSE_WORDS and bool(stops))


def is_heading(text: str, following: str, after_blank: bool, in_speech: bool) -> bool:
    """Whether a block is a heading: in capitals or title case, or short, after a blank line and no sentence.

    In a transcript only capitals and markup distinguish a heading from a short remark.
    """
    if not following or _BULLET.match(text):
        return False
    if re.match(r"#{1,6}\s", text) or re.fullmatch(r"\*\*[^*]+\*\*:?", text):
        return not sentence_words().search(text)
    title = text.strip(_MARKUP)
    title = title[len(_heading_number(title)) :]
    count = len(title.split())
    if not 0 < count <= _MAX_HEADING_WORDS or title[0] in '([“"—' or sentence_words().search(title):
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
        after_blank and count <= _SHORT_HEADING_WORDS and title[0].isupper() and _is_long_sentence(following)
    )


def _heading_number(words: str) -> str:
    """The number with which a heading begins ("1. ", "IV. "); "" without one."""
    match = re.match(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,6}|[A-Z])[.)]\s+", words)
    return match[0] if match else ""


def _starts_lower_case(words: str) -> bool:
    return bool(re.match(r"[^\w(]*(?:\(\w+\)\s*)?[a-z]", words))


def _is_long_sentence(words: str) -> bool:
    return len(words.split()) > 2 * _SHORT_HEADING_WORDS and bool(_TERMINATOR.search(words))


def is_title_case(words: str) -> bool:
    """Whether most words are capitalised, those that titles leave in lower case not counted."""
    uncapitalised = standalone_words(load(Layout).uncapitalised_words)
    counted = [word for word in re.findall(r"[^\W_][\w’'&./-]*", words) if not uncapitalised.fullmatch(word)]
    capital = sum(not word[0].islower() for word in counted)
    return bool(counted) and capital / len(counted) >= _TITLE_CASE_SHARE


class RunInHeading(NamedTuple):
    """Offsets in a block: of a run-in heading, without markup, and of the body after it.

    Without such a heading, `start` and `end` are those of the body.
    """

    start: int
    end: int
    body: int


def find_run_in_heading(words: str, start: int, is_item: bool, in_speech: bool) -> RunInHeading:
    """Find the run-in heading of a block whose text begins at `start`, after its marker.

    Forms: "**Title:** text", "Title: text" and, in items, "Title – text" and "Title in Capitals. Text"; in speech only
    the first. A news agency's dateline belongs neither to a heading nor to the body.
    """
    if (match := _match_label(words, start, is_item, in_speech)) is not None:
        return _run_in_heading(match)
    dateline = None if is_item or in_speech else _DATELINE.match(words, start)
    body = dateline.end() if dateline else start
    return RunInHeading(body, body, body)


def _match_label(words: str, start: int, is_item: bool, in_speech: bool) -> re.Match[str] | None:
    """Match the run-in heading of a block, the surest form first."""
    if (match := _BOLD_LABEL.match(words, start)) and not sentence_words().search(match["label"]):
        return match
    if in_speech:
        return None
    if (match := _COLON_LABEL.match(words, start)) and _is_run_in_label(match["label"], is_item):
        return match
    if not is_item:
        return None
    return next((m for form, fits in _ITEM_LABELS if (m := form.match(words, start)) and fits(m)), None)


def _is_dash_label(match: re.Match[str]) -> bool:
    """Whether the words before a dash are a heading, not those before an aside between two."""
    following = match.string[match.end() : match.end() + 80]
    return _is_title_case_label(match) and not re.search(r"\s[–—-]\s", following)


def _is_title_case_label(match: re.Match[str]) -> bool:
    return _is_run_in_label(match["label"], False) and is_title_case(match["label"])


def _run_in_heading(match: re.Match[str]) -> RunInHeading:
    """The run-in heading of a match, without markup."""
    label = match["label"]
    start = match.start("label") + len(label) - len(label.lstrip(_MARKUP))
    return RunInHeading(start, start + len(label.strip(_MARKUP).rstrip(_MARKUP + _HEADING_END)), match.end())


def _is_topic(label: str) -> bool:
    """Whether a few words before a full stop name a topic ("Science and technology."), not an action ("Launch it.")."""
    words = label.lower().split()
    is_sentence = is_action_word(words[0]) or sentence_words().search(label)
    return _NOT_IN_TOPICS.isdisjoint(words) and not is_sentence


_ITEM_LABELS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_DASH_LABEL, _is_dash_label),
    (_LONG_SENTENCE_LABEL, _is_title_case_label),
    (_SHORT_SENTENCE_LABEL, lambda match: _is_topic(match["label"])),
)
"""The forms of run-in headings that items alone have, and the check of each."""


def is_action_word(word: str) -> bool:
    """Whether a word in lower case is an action verb or its gerund: "suspend", "opening"."""
    stem = word.removesuffix("ing")
    verbs = _action_verbs()
    return word in verbs or (stem != word and not verbs.isdisjoint({stem, f"{stem}e", stem[:-1]}))


@cache
def _action_verbs() -> frozenset[str]:
    """Verbs of actions, not of effects or stances."""
    verbs = load(Specificity).verbs
    return verbs.create | verbs.transfer | verbs.change | verbs.degree


def announces_founding(label: str, rest: str) -> bool:
    """Whether a run-in heading states a founding ("Launch a Fund") that the text after it does not."""
    founding = standalone_words(load(Layout).founding_verbs)
    return bool(founding.match(label)) and not founding.search(rest)


def _is_run_in_label(label: str, is_item: bool) -> bool:
    """Whether the words before a colon are a heading, not the beginning of a sentence."""
    count = len(label.split())
    if count > _MAX_LABEL_WORDS or not re.match(r"[*_]*“?(?:[A-Z]|\d)", label):
        return False
    if label.count("“") != label.count("”"):
        return False
    if _SENTENCE_END.search(label) or sentence_words().search(label):
        return False
    return is_item or count <= _SHORT_LABEL_WORDS or is_title_case(label)
