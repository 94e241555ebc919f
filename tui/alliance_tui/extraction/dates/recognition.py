"""Date expressions of English: for each form a pattern, and a function that interprets its matches in EDTF."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from alliance_tui.extraction.dates.durations import add_months, interpret_coming_unit, interpret_duration
from alliance_tui.extraction.dates.interpretation import DateValue, DueStatus, Match, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.regex import alternation, flexible_whitespace, literal_alternation

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_SCHOOL_YEAR = re.compile(r"\s(?:academic|school)\b")
_CLAUSE_OPENING = re.compile(r"(?:[.!?;:–—“\n-]\s{0,40}|\b(?:and|so),?\s{1,40})$", re.IGNORECASE)
_OPENING_WINDOW = 60
"""Characters before a word that are searched for the opening of its clause."""
_WINTER, _SUMMER_ENDS = 24, 9
"""EDTF's code of winter, and the month after which "next winter" is that of the year after."""
Interpreter = Callable[[Match, dt.date | None], DateValue | None]
"""Interprets a match against the reference date (None if unknown); None where it is vague, or no date."""


@cache
def date_patterns() -> tuple[tuple[re.Pattern[str], Interpreter], ...]:
    """Return each pattern with its interpreter; the groups `lead` and `core` are the qualifier and the date."""
    words = load(Dates)
    lead = alternation([*words.due_leads, *words.neutral_leads, *words.part_leads, *words.past_leads])
    head = rf"(?<![\w$€£¥.,/-])(?P<lead>(?i:(?:{lead})(?: |(?<=-))){{0,8}})"
    tail = r"(?i: at the latest| from (?:now|today)| period)?(?![\w%]|[.,/]\d)"
    return tuple((flexible_whitespace(f"{head}(?P<core>{pattern}){tail}"), read) for pattern, read in _patterns())


def _patterns() -> Iterator[tuple[str, Interpreter]]:
    """Yield each pattern of a date with its interpreter. Groups mean the same in all patterns."""
    words = load(Dates)
    month = rf"(?:{literal_alternation(words.months)})"
    weekday = rf"(?:{literal_alternation([name.title() for name in words.weekdays])})"
    season = rf"(?P<season>(?i:{literal_alternation(words.seasons)}))"
    any_count = rf"(?:\d{{1,3}}|(?i:{literal_alternation(words.numbers)}))"
    ordinal = literal_alternation(words.ordinals)
    count = rf"(?P<count>{any_count})(?: \(\d+\))?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    day2 = day.replace("day", "day2")
    dash = r"(?:\s?[-–—]\s?| (?:to|through|until|and) )"
    which = r"(?i:(?P<which>this coming|the coming|the following|this|next) )"
    fiscal = (
        r"(?:(?i:(?:the )?(?:Japanese |U\.S\. |Japan[’']s )?(?:fiscal|financial|calendar|academic) years?"
        r"(?: \(J?[FC]Y\))?|the year|fiscal)\s|(?:J?FY|CY)\s?[’']?)"
    )
    year = (
        rf"(?:{fiscal}?(?P<year>(?:19|20|21)\d\d)(?i: (?:calendar|fiscal|financial) year)?"
        r"|(?:J?FY|CY)\s?[’']?(?P<yy>\d\d)"
        r"|(?i:(?P<relative>this coming|this|that|the same|the current|the present|(?:the )?next"
        r"|the (?:following|coming)|last|the)"
        r" (?:calendar |fiscal |financial )?year(?! of)))"
    )
    of_year = rf"(?:,? (?:of )?{year})?"
    every = r"(?P<every> (?i:each|every|of each|of every) year)?"

    yield r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _interpret_iso
    yield rf"(?P<month>{month}) {day}{dash}(?:(?P<month2>{month}) )?{day2}{of_year}", _interpret_days
    last_of_days = rf"(?:the )?{day2} (?:of )?(?P<month>{month})"
    yield rf"(?:the )?{day}(?: (?P<month2>{month}))?{dash}{last_of_days}{of_year}", _interpret_days
    yield rf"(?:the )?{day} of (?i:(?P<which>next|this) month)", _interpret_day_near
    yield rf"(?i:the week of) (?:{day} (?P<month>{month})|(?P<month2>{month}) {day2}){of_year}", _interpret_week_of
    yield rf"(?:{weekday},? )?(?P<month>{month}) {day}{of_year}{every}", _interpret_day
    yield rf"(?:{weekday},? )?(?:the )?{day} (?:of )?(?P<month>{month}){of_year}{every}", _interpret_day
    yield (
        rf"(?:the )?(?P<ordinal>(?i:{ordinal})) of (?P<month>{month}){of_year}",
        _interpret_ordinal,
    )
    yield rf"(?i:the (?P<nth>first|last) week (?:of|in)) (?P<month>{month}){of_year}", _interpret_week
    yield rf"(?P<month>{month}){dash}(?P<month2>{month}){of_year}", _interpret_months
    yield rf"{which}?(?P<month>{month}){of_year}{every}", _interpret_month
    yield rf"{which}?{season}{of_year}(?:[-–/]\d\d)?", _interpret_season
    yield (
        rf"(?i:the (?P<nth>first|second|third|fourth|latter|last|final) (?P<part>half|quarter)) of {year}",
        _interpret_part,
    )
    yield rf"(?P<part>[QH](?P<nth>[1-4])),?(?: of)?\s?{year}", _interpret_part
    yield r"(?i:the (?P<nth>first|second|latter) half of the) (?P<decade>(?:19|20)\d0)s", _interpret_decade
    yield (
        r"(?:(?i:the) )?(?P<decade>(?:19|20)\d0)[’']?s|(?i:(?P<relative>this|the current|the) decade)",
        _interpret_decade,
    )
    yield r"(?i:mid-century|(?P<relative>this|the) century)", _interpret_century
    ending = r"(?: and (?:ending|ends|concluding) (?:in|with) )"
    yield rf"{fiscal}?(?P<year>20\d\d)(?:{dash}|{ending}){fiscal}?(?P<year2>20\d\d)", _interpret_years
    yield rf"{fiscal}?(?P<year>20\d\d)[-–/](?P<year2>\d\d)", _interpret_years
    yield r"(?i:the (?P<which>next|coming|following) (?P<unit>week|month|year|decade))", interpret_coming_unit
    yield year, _interpret_year
    yield r"(?i:(?:the )?year(?:[’']s)?[- ]end)", _interpret_year_end
    yield (
        r"(?i:(?P<which>the next|the coming|the following|next) )?"
        rf"(?:{any_count}[- ](?:to|or)[- ])?{count}[- ](?i:(?P<unit>day|week|month|year|decade))s?",
        interpret_duration,
    )
    yield r"(?i:(?P<which>this coming|this|next|the following|the) (?P<unit>week|month))", _interpret_near
    yield r"(?i:(?P<which>this coming|this|next|the) weekend)", _interpret_weekend
    yield r"(?i:tomorrow)", _interpret_tomorrow
    yield r"(?i:today)(?![’'])", _interpret_today
    yield r"(?i:later (?:today|this (?:morning|afternoon|evening))|tonight|this evening)", _interpret_later_today
    yield rf"{which}?(?P<weekday>{weekday})", _interpret_weekday


# --- Years, decades, centuries ---------------------------------------------------------------------------------------


def _interpret_year(match: Match, reference_date: dt.date | None) -> DateValue | None:
    if (match["relative"] or "").lower() == "the" and not _refers_to_part(match):
        return None
    year = _year(match, reference_date)
    return DateValue(str(year)) if year else None


def _interpret_year_end(_: Match, reference_date: dt.date | None) -> DateValue | None:
    return DateValue(str(reference_date.year)) if reference_date else None


def _interpret_years(match: Match, reference_date: dt.date | None) -> DateValue | None:
    first, second = int(match["year"]), int(match["year2"])
    if second < 100:
        second += first // 100 * 100
    if _SCHOOL_YEAR.match(match.string, match.end()):
        return DateValue(str(first))
    listed = re.search(r"\sand\s(?!(?:end|conclud))", match["core"]) and not re.search(r"(?i)between", match["lead"])
    return None if second <= first or (listed and second > first + 1) else DateValue(f"{first}/{second}")


def _interpret_part(match: Match, reference_date: dt.date | None) -> DateValue | None:
    year = _year(match, reference_date)
    if year is None:
        return None
    if re.search(r"(?i)fiscal|financial|FY", match["core"]):  # its months are not the calendar's
        return DateValue(str(year))
    length = 6 if match["part"][0] in "hH" else 3
    parts = 12 // length
    nth = {"latter": parts, "last": parts, "final": parts}.get(match["nth"].lower()) or _ordinal(match["nth"])
    if nth > parts:
        return None
    return DateValue(f"{year}-{(nth - 1) * length + 1:02}/{year}-{nth * length:02}")


def _interpret_decade(match: Match, reference_date: dt.date | None) -> DateValue | None:
    if match["decade"]:
        decade = int(match["decade"]) // 10
    elif reference_date and (match["relative"].lower() != "the" or _refers_to_part(match)):
        decade = reference_date.year // 10
    else:
        return None
    if "nth" not in match.re.groupindex:
        return DateValue(f"{decade}X")
    return DateValue(f"{decade}0/{decade}4" if match["nth"].lower() == "first" else f"{decade}5/{decade}9")


def _interpret_century(match: Match, reference_date: dt.date | None) -> DateValue | None:
    if not reference_date:
        return None
    if match["relative"] is None or re.search(r"(?i)\bmiddle\b", match["lead"]):
        return DateValue(f"{reference_date.year // 100}50")
    return (
        DateValue(f"{reference_date.year // 100}XX")
        if match["relative"].lower() == "this" or _refers_to_part(match)
        else None
    )


# --- Months, seasons and days ---------------------------------------------------------------------------------------


def _interpret_iso(match: Match, reference_date: dt.date | None) -> DateValue | None:
    day = _iso_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return DateValue(day) if day else None


def _interpret_day(match: Match, reference_date: dt.date | None) -> DateValue | None:
    month, day = _month(match["month"]), int(match["day"])
    year = None if match["every"] else _year(match, reference_date)
    if year is None and (match["every"] or not reference_date):
        return DateValue(f"XXXX-{month:02}-{day:02}") if _iso_date(2000, month, day) else None
    is_certain = True
    if year is None and reference_date:
        is_certain = (month, day) >= (reference_date.month, reference_date.day)
        year = reference_date.year + (not is_certain)
    edtf = _iso_date(year or 0, month, day)
    return DateValue(edtf, _due_if(is_certain)) if edtf else None


def _interpret_day_near(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret a day of this month or the next: "the 8th of next month"."""
    if not reference_date:
        return None
    month_start = add_months(reference_date.replace(day=1), months=match["which"].lower() == "next")
    edtf = _iso_date(month_start.year, month_start.month, int(match["day"]))
    return DateValue(edtf) if edtf else None


def _interpret_week_of(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret the seven days from a date on: "the week of March 9"."""
    month, day = _month(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    year = _year(match, reference_date) or (reference_date and _coming_year(month, reference_date))
    first = _iso_date(year, month, day) if year else None
    return DateValue(f"{first}/{dt.date.fromisoformat(first) + dt.timedelta(days=6)}") if first else None


def _interpret_days(match: Match, reference_date: dt.date | None) -> DateValue | None:
    months = [_month(match["month"]), _month(match["month2"] or match["month"])]
    if match.start("day") < match.start("month"):  # "28 May to 2 June"
        months.reverse()
    year = _year(match, reference_date) or (reference_date and _coming_year(months[0], reference_date))
    if not year:
        return None
    first, last = _iso_date(year, months[0], int(match["day"])), _iso_date(year, months[1], int(match["day2"]))
    is_certain = bool(match["year"] or (reference_date and year == reference_date.year))
    return DateValue(f"{first}/{last}", _due_if(is_certain)) if first and last and first < last else None


def _interpret_month(match: Match, reference_date: dt.date | None) -> DateValue | None:
    month = _month(match["month"])
    which = (match["which"] or "").lower()
    year = None if match["every"] else _year(match, reference_date)
    if year is None and not (which or match["lead"].strip()):
        return None  # a bare "May" or "March" is more often another word
    if year is None and (match["every"] or not reference_date):
        return DateValue(f"XXXX-{month:02}")
    is_certain = True
    if year is None and reference_date:
        year = {"next": reference_date.year + 1, "this": reference_date.year}.get(which) or _coming_year(
            month, reference_date
        )
        is_certain = bool(which) or year == reference_date.year
    return DateValue(f"{year}-{month:02}", _due_if(is_certain))


def _interpret_ordinal(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret a day in words: "the first of November"."""
    month, day = _month(match["month"]), load(Dates).ordinals[match["ordinal"].lower()]
    if not reference_date:
        return None
    year = _year(match, reference_date) or reference_date.year + (
        (month, day) < (reference_date.month, reference_date.day)
    )
    edtf = _iso_date(year, month, day)
    return DateValue(edtf) if edtf else None


def _interpret_week(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret the first or last seven days of a month."""
    month = _month(match["month"])
    year = _year(match, reference_date) or (reference_date and _coming_year(month, reference_date))
    if not year:
        return None
    last = calendar.monthrange(year, month)[1]
    first, end = (1, 7) if match["nth"].lower() == "first" else (last - 6, last)
    return DateValue(f"{year}-{month:02}-{first:02}/{year}-{month:02}-{end:02}")


def _interpret_months(match: Match, reference_date: dt.date | None) -> DateValue | None:
    first, last = _month(match["month"]), _month(match["month2"])
    year = _year(match, reference_date) or (reference_date and _coming_year(first, reference_date))
    if not year or first >= last:
        return None
    is_certain = bool(match["year"] or (reference_date and year == reference_date.year))
    return DateValue(f"{year}-{first:02}/{year}-{last:02}", _due_if(is_certain))


def _interpret_season(match: Match, reference_date: dt.date | None) -> DateValue | None:
    code = load(Dates).seasons[match["season"].lower()]
    which = (match["which"] or "").lower()
    year = _year(match, reference_date)
    if year:
        return DateValue(f"{year}-{code}")
    leads = "in|by|before|until|through|during|over|throughout"
    named = which or re.search(rf"(?i)\b(?:{leads})(?:\s+the)?\s+$", match["lead"])
    named = named or _refers_to_part(match) or _event_noun_after().match(match.string, match.end())
    if not (reference_date and named):
        return None
    last_month = 3 * (code - 20) + 2
    next_year = reference_date.year + (
        code != _WINTER or reference_date.month > _SUMMER_ENDS
    )  # "next winter", said in spring, is near
    year = {"next": next_year, "this": reference_date.year}.get(which) or reference_date.year + (
        last_month < reference_date.month
    )
    return DateValue(f"{year}-{code}", _due_if(bool(which) or year == reference_date.year))


def _interpret_weekday(match: Match, reference_date: dt.date | None) -> DateValue | None:
    if not reference_date:
        return None
    ahead = (load(Dates).weekdays[match["weekday"].lower()] - reference_date.weekday()) % 7
    if ahead == 0 and match["which"]:
        ahead = 7
    return DateValue((reference_date + dt.timedelta(days=ahead)).isoformat(), _due_if(bool(match["which"])))


def _interpret_tomorrow(_: Match, reference_date: dt.date | None) -> DateValue | None:
    return DateValue((reference_date + dt.timedelta(days=1)).isoformat()) if reference_date else None


def _interpret_today(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret "today" at the beginning of a clause; elsewhere it mostly dates a completed event."""
    start = match.start("core")
    opens = start == 0 or _CLAUSE_OPENING.search(match.string[max(0, start - _OPENING_WINDOW) : start])
    return DateValue(reference_date.isoformat(), DueStatus.DUE_IF_PROMISED) if reference_date and opens else None


def _interpret_later_today(_: Match, reference_date: dt.date | None) -> DateValue | None:
    return DateValue(reference_date.isoformat()) if reference_date else None


def _interpret_near(match: Match, reference_date: dt.date | None) -> DateValue | None:
    which = match["which"].lower()
    if not reference_date or (which == "the" and not _refers_to_part(match)):
        return None
    next_one = which in ("next", "the following", "this coming")
    if match["unit"].lower() == "month":
        return DateValue(add_months(reference_date, months=next_one).isoformat()[:7])
    monday = reference_date + dt.timedelta(days=7 * next_one - reference_date.weekday())
    return DateValue(f"{monday}/{monday + dt.timedelta(days=6)}")


def _interpret_weekend(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret Saturday and Sunday of the week, or of the one after it: "this weekend", "next weekend"."""
    which = match["which"].lower()
    if not reference_date or (which == "the" and not _refers_to_part(match)):
        return None
    saturday = reference_date + dt.timedelta(days=5 - reference_date.weekday() + 7 * (which == "next"))
    return DateValue(f"{saturday}/{saturday + dt.timedelta(days=1)}")


# --- Words and numbers ----------------------------------------------------------------------------------------------


def _year(match: Match, reference_date: dt.date | None) -> int | None:
    """Year of the match ("2027", "FY27", "next year"); None where it has none, or one that is unknown."""
    if match["year"]:
        return int(match["year"])
    if match["yy"]:
        return 2000 + int(match["yy"])
    if not (match["relative"] and reference_date):
        return None
    if match["relative"].lower() in ("that", "the same"):
        named = _years(match.string)
        before = bisect_right(named, match.start(), key=lambda year: year.end())
        return int(named[before - 1][0]) if before else None
    return reference_date.year + {"next": 1, "following": 1, "last": -1}.get(match["relative"].lower().split()[-1], 0)


@lru_cache(maxsize=2)
def _years(text: str) -> tuple[Match, ...]:
    return tuple(_YEAR.finditer(text))


@cache
def _event_noun_after() -> re.Pattern[str]:
    return re.compile(rf"(?i)\s(?:{alternation(load(Dates).event_nouns)})\b")


def _due_if(is_certain: bool) -> DueStatus | None:
    """DUE where the year of the date is certain, else None: the tense decides whether it is past."""
    return DueStatus.DUE if is_certain else None


def _coming_year(month: int, reference_date: dt.date) -> int:
    """The year of the next such month, the present one included."""
    return reference_date.year + (month < reference_date.month)


def _refers_to_part(match: Match) -> bool:
    """Whether the words before the period refer to a part of it ("by the end of")."""
    return bool(whole_words(load(Dates).part_leads).search(match["lead"]))


def _month(name: str) -> int:
    return load(Dates).months[name]


def _ordinal(word: str) -> int:
    return int(word) if word.isdigit() else ("first", "second", "third", "fourth").index(word.lower()) + 1


def _iso_date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
