"""How much an undertaking is about: sums of money, shares and counts, as the text names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.lists import any_of, load, spaced
from alliance_tui.records import Amount, Span

_PERCENT = r"(?i:\s?%|[\s-]per\s?cent(?:age points?)?\b)"
_LONGEST_NAME = 4
"""How many words the name of a counted thing or of a share's base may have."""


def find_amounts(text: str, start: int, end: int) -> list[Amount]:
    """The quantities named in `text[start:end]`, in reading order; their spans index `text` and hold the qualifier.

    The unit is an ISO 4217 code, "percent" or the noun counted. The base is what a share is of, or the time that a sum
    is for ("two years", "year"). Of a range ("20 to 25 percent") the value is the upper end. Dates are no amounts.
    """
    found: list[Amount] = []
    reached = start
    for match in sorted(_matches(text, start, end), key=lambda match: (match.start(), -match.end())):
        if match.start() >= reached and (amount := _read(match, end)):
            found.append(amount)
            reached = amount.span.end
    return found


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for pattern in _patterns():
        yield from pattern.finditer(text, start, end)


def _read(match: re.Match[str], end: int) -> Amount | None:
    """The amount that a match names, with what follows it and belongs to it."""
    groups = match.groupdict()
    unit = _unit(groups)
    if unit is None:
        return None
    base, stop = _base(match.string, match.end(), end, unit)
    return Amount(_value(groups), unit, Span(match.start(), stop, match.string[match.start() : stop]), base)


def _unit(groups: dict[str, str | None]) -> str | None:
    """The unit of a match; None where what it counts is no quantity (two leaders, 10 April)."""
    if groups.get("percent"):
        return "percent"
    if code := groups.get("code"):
        return code
    if symbol := groups.get("symbol"):
        return _code("symbols", symbol)
    if name := groups.get("name"):
        return _code("names", name)
    thing = (groups.get("thing") or "").split()
    if not thing or re.fullmatch(any_of(load("amounts")["counts"]["never"]), thing[-1], re.IGNORECASE):
        return None
    plain = not groups.get("scale") and (groups["number"] or "").isdigit()
    is_year = plain and re.fullmatch(r"(?:19|20)\d\d", groups["number"] or "")
    return None if is_year or not _plural(thing[-1]) else thing[-1]


def _plural(noun: str) -> bool:
    return noun.endswith("s") or noun in ("people", "troops", "personnel") or noun in _units()


def _value(groups: dict[str, str | None]) -> float:
    number = (groups.get("upper") or groups["number"] or "").lower().replace(",", "")
    value = float(number) if number[:1].isdigit() else float(load("amounts")["numbers"][number.split()[0]])
    scale = groups.get("scale")
    return round(value * load("amounts")["scales"][scale.lower()], 2) if scale else value


def _base(text: str, start: int, end: int, unit: str) -> tuple[str | None, int]:
    """What the amount is a share of, or the time it is for, and where the amount's words end."""
    if unit == "percent":
        match = _share().match(text, start, end)
        if match:
            name = " ".join(match["base"].split())
            return load("amounts")["bases"].get(name.lower(), name), match.end()
    match = _time().match(text, start, end)
    return (" ".join((match["span"] or "year").split()), match.end()) if match else (None, start)


# --- Patterns -------------------------------------------------------------------------------------------------------


def _units() -> list[str]:
    units: list[str] = load("amounts")["units"]["symbols"]
    return units


@cache
def _code(table: str, name: str) -> str | None:
    entries = load("amounts")[table].items()
    return next((code for names, code in entries if spaced(f"(?i:{names})").fullmatch(name.strip())), None)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = load("amounts")
    qualifier = rf"(?:(?i:{any_of(data['qualifiers']['words'])}) )?"
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    spelled = rf"(?i:half a|{any_of(list(data['numbers']))})"
    number = rf"(?P<number>{digits}|{spelled}\b)"
    upper = rf"(?:(?:\s?[-–]\s?| (?:to|or) )[A-Z]{{0,2}}\$?(?P<upper>{digits}))?"
    scale = rf"(?:(?:\s|-)*(?P<scale>(?i:{any_of(list(data['scales']))}))\b)?"
    code = rf"(?P<code>{'|'.join(data['codes']['known'])})"
    symbol = rf"(?P<symbol>(?i:{any_of(list(data['symbols']))}))"
    name = rf"(?P<name>(?i:{any_of(list(data['names']))}))"
    thing = rf"(?P<thing>(?:{any_of(_units())})\b|{_name_pattern()})"
    edge = r"(?<![\w$€£¥.,-])"
    amount = f"{number}{upper}{scale}"
    return tuple(
        spaced(edge + qualifier + pattern)
        for pattern in (
            rf"{symbol}\s?{amount}(?![\d])",
            rf"{code}\s{amount}(?!\d)",
            rf"{amount}(?:\s|-){code}\b",
            rf"{amount}(?:\s|-){name}\b",
            rf"{amount}(?P<percent>{_PERCENT})",
            rf"{amount}(?:\s|-)?{thing}",
        )
    )


def _name_pattern() -> str:
    """A pattern for the name of a thing: a few words, none of which ends a noun phrase."""
    word = rf"(?!(?i:{any_of(load('amounts')['counts']['stops'])})\b)[^\W\d_][\w.’'&-]*"
    return rf"\s?{word}(?: {word}){{0,{_LONGEST_NAME - 1}}}"


@cache
def _share() -> re.Pattern[str]:
    return spaced(
        rf" of (?:(?i:the|its|our|their|his|total) )?(?P<base>{_name_pattern()})".replace(r"<base>\s?", "<base>")
    )


@cache
def _time() -> re.Pattern[str]:
    count = rf"(?:\d+|(?i:{any_of(list(load('amounts')['numbers']))}))"
    return spaced(
        rf"(?i: (?:over|across|in) (?:the (?:next|coming) )?(?P<span>{count} (?:years|months))"
        r"| (?:a|per|each|every) year| annually| per annum)\b"
    )
