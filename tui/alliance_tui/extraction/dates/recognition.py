"""The forms in which English writes dates and periods: for each a pattern, and what it reads as in EDTF."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache

from alliance_tui.extraction.dates.durations import later, read_next, read_span
from alliance_tui.extraction.dates.interpretation import Match, Reading, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.regex import alternation, flexible_whitespace, literal_alternation

_WINTER, _SUMMER_ENDS = 24, 9
"""The season's code in EDTF, and the month after which winter is near."""
Read = Callable[[Match, dt.date | None], Reading | None]
"""Reads a match against the document's date (None where unknown); None where it is vague, or no date after all."""


@cache
def forms() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """Every form: a pattern, whose groups `lead` and `core` are the qualifier and the date, and its reading."""
    words = load(Dates)
    lead = alternation([*words.due_leads, *words.neutral_leads, *words.part_leads, *words.past_leads])
    head = rf"(?<![\w$€£¥.,/-])(?P<lead>(?i:(?:{lead})(?: |(?<=-)))*)"
    tail = r"(?i: at the latest| from (?:now|today)| period)?(?![\w%]|[.,/]\d)"
    return tuple((flexible_whitespace(f"{head}(?P<core>{pattern}){tail}"), read) for pattern, read in _patterns())


def _patterns() -> Iterator[tuple[str, Read]]:
    """The patterns of the forms and their readings. Groups mean the same in all of them."""
    words = load(Dates)
    month = rf"(?:{alternation(words.months)})"
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

    yield r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _read_iso
    yield rf"(?P<month>{month}) {day}{dash}(?:(?P<month2>{month}) )?{day2}{of_year}", _read_days
    last_of_days = rf"(?:the )?{day2} (?:of )?(?P<month>{month})"
    yield rf"(?:the )?{day}(?: (?P<month2>{month}))?{dash}{last_of_days}{of_year}", _read_days
    yield rf"(?:the )?{day} of (?i:(?P<which>next|this) month)", _read_day_near
    yield rf"(?i:the week of) (?:{day} (?P<month>{month})|(?P<month2>{month}) {day2}){of_year}", _read_week_of
    yield rf"(?:{weekday},? )?(?P<month>{month}) {day}{of_year}{every}", _read_day
    yield rf"(?:{weekday},? )?(?:the )?{day} (?:of )?(?P<month>{month}){of_year}{every}", _read_day
    yield (
        rf"(?:the )?(?P<ordinal>(?i:{ordinal})) of (?P<month>{month}){of_year}",
        _read_ordinal,
    )
    yield rf"(?i:the (?P<nth>first|last) week (?:of|in)) (?P<month>{month}){of_year}", _read_week
    yield rf"(?P<month>{month}){dash}(?P<month2>{month}){of_year}", _read_months
    yield rf"{which}?(?P<month>{month}){of_year}{every}", _read_month
    yield rf"{which}?{season}{of_year}(?:[-–/]\d\d)?", _read_season
    yield rf"(?i:the (?P<nth>first|second|third|fourth|latter|last|final) (?P<part>half|quarter)) of {year}", _read_part
    yield rf"(?P<part>[QH](?P<nth>[1-4])),?(?: of)?\s?{year}", _read_part
    yield r"(?i:the (?P<nth>first|second|latter) half of the) (?P<decade>(?:19|20)\d0)s", _read_decade
    yield r"(?:(?i:the) )?(?P<decade>(?:19|20)\d0)[’']?s|(?i:(?P<relative>this|the current|the) decade)", _read_decade
    yield r"(?i:mid-century|(?P<relative>this|the) century)", _read_century
    ending = r"(?: and (?:ending|ends|concluding) (?:in|with) )"
    yield rf"{fiscal}?(?P<year>20\d\d)(?:{dash}|{ending}){fiscal}?(?P<year2>20\d\d)", _read_years
    yield rf"{fiscal}?(?P<year>20\d\d)[-–/](?P<year2>\d\d)", _read_years
    yield r"(?i:the (?P<which>next|coming|following) (?P<unit>week|month|year|decade))", read_next
    yield year, _read_year
    yield r"(?i:(?:the )?year(?:[’']s)?[- ]end)", _read_year_end
    yield (
        r"(?i:(?P<which>the next|the coming|the following|next) )?"
        rf"(?:{any_count}[- ](?:to|or)[- ])?{count}[- ](?i:(?P<unit>day|week|month|year|decade))s?",
        read_span,
    )
    yield r"(?i:(?P<which>this coming|this|next|the following|the) (?P<unit>week|month))", _read_near
    yield r"(?i:tomorrow)", _read_tomorrow
    yield r"(?i:today)(?![’'])", _read_today
    yield r"(?i:later (?:today|this (?:morning|afternoon|evening))|tonight|this evening)", _read_later_today
    yield rf"{which}?(?P<weekday>{weekday})", _read_weekday


# --- Years and what is longer ---------------------------------------------------------------------------------------


def _read_year(match: Match, today: dt.date | None) -> Reading | None:
    if (match["relative"] or "").lower() == "the" and not _part_of(match):
        return None
    year = _year(match, today)
    return Reading(str(year)) if year else None


def _read_year_end(_: Match, today: dt.date | None) -> Reading | None:
    return Reading(str(today.year)) if today else None


def _read_years(match: Match, today: dt.date | None) -> Reading | None:
    first, second = int(match["year"]), int(match["year2"])
    if second < 100:
        second += first // 100 * 100
    if re.match(r"\s(?:academic|school)\b", match.string[match.end() :]):
        return Reading(str(first))
    listed = re.search(r"\sand\s(?!(?:end|conclud))", match["core"]) and not re.search(r"(?i)between", match["lead"])
    return None if second <= first or (listed and second > first + 1) else Reading(f"{first}/{second}")


def _read_part(match: Match, today: dt.date | None) -> Reading | None:
    year = _year(match, today)
    if year is None:
        return None
    if re.search(r"(?i)fiscal|financial|FY", match["core"]):  # its months are not the calendar's
        return Reading(str(year))
    length = 6 if match["part"][0] in "hH" else 3
    parts = 12 // length
    nth = {"latter": parts, "last": parts, "final": parts}.get(match["nth"].lower()) or _ordinal(match["nth"])
    if nth > parts:
        return None
    return Reading(f"{year}-{(nth - 1) * length + 1:02}/{year}-{nth * length:02}")


def _read_decade(match: Match, today: dt.date | None) -> Reading | None:
    if match["decade"]:
        decade = int(match["decade"]) // 10
    elif today and (match["relative"].lower() != "the" or _part_of(match)):
        decade = today.year // 10
    else:
        return None
    if "nth" not in match.re.groupindex:
        return Reading(f"{decade}X")
    return Reading(f"{decade}0/{decade}4" if match["nth"].lower() == "first" else f"{decade}5/{decade}9")


def _read_century(match: Match, today: dt.date | None) -> Reading | None:
    if not today:
        return None
    if match["relative"] is None or re.search(r"(?i)\bmiddle\b", match["lead"]):
        return Reading(f"{today.year // 100}50")
    return Reading(f"{today.year // 100}XX") if match["relative"].lower() == "this" or _part_of(match) else None


# --- Months, seasons and days ---------------------------------------------------------------------------------------


def _read_iso(match: Match, today: dt.date | None) -> Reading | None:
    day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Reading(day) if day else None


def _read_day(match: Match, today: dt.date | None) -> Reading | None:
    month, day = _month(match["month"]), int(match["day"])
    year = None if match["every"] else _year(match, today)
    if year is None and (match["every"] or not today):
        return Reading(f"XXXX-{month:02}-{day:02}") if _date(2000, month, day) else None
    certain = True
    if year is None and today:
        certain = (month, day) >= (today.month, today.day)
        year = today.year + (not certain)
    edtf = _date(year or 0, month, day)
    return Reading(edtf, certain) if edtf else None


def _read_day_near(match: Match, today: dt.date | None) -> Reading | None:
    """A day of this month or the next: "the 8th of next month"."""
    if not today:
        return None
    there = later(today.replace(day=1), months=match["which"].lower() == "next")
    edtf = _date(there.year, there.month, int(match["day"]))
    return Reading(edtf) if edtf else None


def _read_week_of(match: Match, today: dt.date | None) -> Reading | None:
    """The seven days from a day on: "the week of March 9"."""
    month, day = _month(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    year = _year(match, today) or (today and _coming_year(month, today))
    first = _date(year, month, day) if year else None
    return Reading(f"{first}/{dt.date.fromisoformat(first) + dt.timedelta(days=6)}") if first else None


def _read_days(match: Match, today: dt.date | None) -> Reading | None:
    months = [_month(match["month"]), _month(match["month2"] or match["month"])]
    if match.start("day") < match.start("month"):  # "28 May to 2 June"
        months.reverse()
    year = _year(match, today) or (today and _coming_year(months[0], today))
    if not year:
        return None
    first, last = _date(year, months[0], int(match["day"])), _date(year, months[1], int(match["day2"]))
    certain = bool(match["year"] or (today and year == today.year))
    return Reading(f"{first}/{last}", certain) if first and last and first < last else None


def _read_month(match: Match, today: dt.date | None) -> Reading | None:
    month = _month(match["month"])
    which = (match["which"] or "").lower()
    year = None if match["every"] else _year(match, today)
    if year is None and not (which or match["lead"].strip()):
        return None  # a bare "May" or "March" is more often another word
    if year is None and (match["every"] or not today):
        return Reading(f"XXXX-{month:02}")
    certain = True
    if year is None and today:
        year = {"next": today.year + 1, "this": today.year}.get(which) or _coming_year(month, today)
        certain = bool(which) or year == today.year
    return Reading(f"{year}-{month:02}", certain)


def _read_ordinal(match: Match, today: dt.date | None) -> Reading | None:
    """A day in words: "the first of November"."""
    month, day = _month(match["month"]), load(Dates).ordinals[match["ordinal"].lower()]
    if not today:
        return None
    year = _year(match, today) or today.year + ((month, day) < (today.month, today.day))
    edtf = _date(year, month, day)
    return Reading(edtf) if edtf else None


def _read_week(match: Match, today: dt.date | None) -> Reading | None:
    """The first or the last seven days of a month."""
    month = _month(match["month"])
    year = _year(match, today) or (today and _coming_year(month, today))
    if not year:
        return None
    last = calendar.monthrange(year, month)[1]
    first, end = (1, 7) if match["nth"].lower() == "first" else (last - 6, last)
    return Reading(f"{year}-{month:02}-{first:02}/{year}-{month:02}-{end:02}")


def _read_months(match: Match, today: dt.date | None) -> Reading | None:
    first, last = _month(match["month"]), _month(match["month2"])
    year = _year(match, today) or (today and _coming_year(first, today))
    if not year or first >= last:
        return None
    return Reading(f"{year}-{first:02}/{year}-{last:02}", bool(match["year"] or (today and year == today.year)))


def _read_season(match: Match, today: dt.date | None) -> Reading | None:
    code = load(Dates).seasons[match["season"].lower()]
    which = (match["which"] or "").lower()
    year = _year(match, today)
    if year:
        return Reading(f"{year}-{code}")
    leads = "in|by|before|until|through|during|over|throughout"
    named = which or re.search(rf"(?i)\b(?:{leads})(?:\s+the)?\s+$", match["lead"])
    events = alternation(load(Dates).event_nouns)
    named = named or _part_of(match) or re.match(rf"(?i)\s(?:{events})\b", match.string[match.end() :])
    if not (today and named):
        return None
    last_month = 3 * (code - 20) + 2
    next_year = today.year + (code != _WINTER or today.month > _SUMMER_ENDS)  # "next winter", said in spring, is near
    year = {"next": next_year, "this": today.year}.get(which) or today.year + (last_month < today.month)
    return Reading(f"{year}-{code}", bool(which) or year == today.year)


def _read_weekday(match: Match, today: dt.date | None) -> Reading | None:
    if not today:
        return None
    ahead = (load(Dates).weekdays[match["weekday"].lower()] - today.weekday()) % 7
    if ahead == 0 and match["which"]:
        ahead = 7
    return Reading((today + dt.timedelta(days=ahead)).isoformat(), bool(match["which"]))


def _read_tomorrow(_: Match, today: dt.date | None) -> Reading | None:
    return Reading((today + dt.timedelta(days=1)).isoformat()) if today else None


def _read_today(match: Match, today: dt.date | None) -> Reading | None:
    """Where it opens a clause; elsewhere it is mostly the day of what was done."""
    opens = re.search(r"(?:^|[.!?;:–—“\n-]\s*|\b(?:and|so),?\s+)$", match.string[: match.start("core")], re.IGNORECASE)
    return Reading(today.isoformat(), certain=None) if today and opens else None


def _read_later_today(_: Match, today: dt.date | None) -> Reading | None:
    return Reading(today.isoformat()) if today else None


def _read_near(match: Match, today: dt.date | None) -> Reading | None:
    which = match["which"].lower()
    if not today or (which == "the" and not _part_of(match)):
        return None
    next_one = which in ("next", "the following", "this coming")
    if match["unit"].lower() == "month":
        return Reading(later(today, months=next_one).isoformat()[:7])
    monday = today + dt.timedelta(days=7 * next_one - today.weekday())
    return Reading(f"{monday}/{monday + dt.timedelta(days=6)}")


# --- Words and numbers ----------------------------------------------------------------------------------------------


def _year(match: Match, today: dt.date | None) -> int | None:
    """The year that the match names ("2027", "FY27", "next year"); None where it names none or it cannot be told."""
    if match["year"]:
        return int(match["year"])
    if match["yy"]:
        return 2000 + int(match["yy"])
    if not (match["relative"] and today):
        return None
    if match["relative"].lower() in ("that", "the same"):
        named = re.findall(r"\b(?:19|20|21)\d\d\b", match.string[: match.start()])
        return int(named[-1]) if named else None
    return today.year + {"next": 1, "following": 1, "last": -1}.get(match["relative"].lower().split()[-1], 0)


def _coming_year(month: int, today: dt.date) -> int:
    """The year in which the month comes next, this month counted."""
    return today.year + (month < today.month)


def _part_of(match: Match) -> bool:
    """Whether the words before the period name a part of it ("by the end of")."""
    return bool(whole_words(load(Dates).part_leads).search(match["lead"]))


def _month(name: str) -> int:
    return next(number for names, number in load(Dates).months.items() if re.fullmatch(names, name))


def _ordinal(word: str) -> int:
    return int(word) if word.isdigit() else ("first", "second", "third", "fourth").index(word.lower()) + 1


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
