"""How much an undertaking is about: sums of money, shares and counts, as the text names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Amounts
from alliance_tui.extraction.regex import alternation, flexible_whitespace, literal_alternation
from alliance_tui.records import Amount, Span

_PERCENT = r"(?i:\s?%|[\s-]per\s?cent(?:age points?)?\b)"
_LONGEST_COUNT, _LONGEST_BASE = 7, 3
"""How many words the name of a counted thing and of a share's base may have."""


def find_amounts(text: str, start: int, end: int) -> list[Amount]:
    """The quantities named in `text[start:end]`, in reading order; their spans index `text` and hold the qualifier.

    The unit is an ISO 4217 code, "percent" or the noun counted. The base is what a share is of, or the time that a sum
    is for ("two years", "year"). Of a range ("20 to 25 percent") the value is the upper end. Dates are no amounts.
    """
    found: list[Amount] = []
    reached = start
    for match in sorted(_matches(text, start, end), key=lambda match: (match.start(), -match.end())):
        if match.start() >= reached and (amount := _amount(match, end)):
            found.append(amount)
            reached = amount.span.end
    return found


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    if not _number_word().search(text, start, end):
        return
    for pattern in _patterns():
        match = pattern.search(text, start, end)
        while match is not None:  # what follows the noun counted may count another: "two ships and ten tanks"
            yield match
            match = pattern.search(text, match.start() + 1, end)


def _amount(match: re.Match[str], end: int) -> Amount | None:
    """The amount that a match names, with what follows it and belongs to it."""
    groups = match.groupdict()
    unit, stop = _unit(groups), match.end()
    if groups.get("thing"):
        unit, stop = _counted_noun(match)
    if unit is None:
        return None
    base, stop = _base(match.string, stop, end, unit)
    return Amount(_value(groups), unit, Span(match.start(), stop, match.string[match.start() : stop]), base)


def _unit(groups: dict[str, str | None]) -> str | None:
    """The unit of a share or a sum."""
    if groups.get("percent") or groups.get("part"):
        return "percent"
    if code := groups.get("code"):
        return code
    return _currency(groups.get("symbol"), groups.get("name"))


def _counted_noun(match: re.Match[str]) -> tuple[str | None, int]:
    """The noun that is counted, and where it ends: the last plural of a run of words, or the first before a comma; None
    where its number is no quantity (two leaders, 10 April, a 100-day review).
    """
    counted, stop = None, match.start("thing")
    if measure := re.match(rf"[\s-]?({alternation(load(Amounts).units)})\b", match["thing"]):
        return measure[1], stop + measure.end()
    for word in re.finditer(r"[^\s,-][^\s,]*", match["thing"]):
        if counted is None and _excluded_noun().fullmatch(word.group()):
            return None, stop
        if _is_plural(word.group()):
            counted, stop = word.group(), match.start("thing") + word.end()
            if match["thing"].startswith((",", " and "), word.end()):
                break
    number, scale = match["number"], match["scale"]
    is_year = not scale and re.fullmatch(r"(?:19|20)\d\d", number)
    is_one = not scale and number.lower() == "one"
    never = counted is not None and _excluded_noun().fullmatch(counted)
    return (None if never or is_year or is_one else counted), stop


@cache
def _number_word() -> re.Pattern[str]:
    """What every amount has, and few stretches of text do."""
    words = load(Amounts)
    parts = {part.split()[-1] for part in load(Amounts).shares}
    return re.compile(rf"\d|\b(?:{literal_alternation([*words.numbers, *words.scales, *parts])})\b", re.IGNORECASE)


@cache
def _excluded_noun() -> re.Pattern[str]:
    return re.compile(alternation(load(Amounts).uncounted_nouns), re.IGNORECASE)


def _is_plural(noun: str) -> bool:
    """Whether a noun is one that can be counted off."""
    return re.search(r"[^su]s$", noun) is not None or noun in load(Amounts).counted.irregular_plurals


def _value(groups: dict[str, str | None]) -> float:
    if part := groups.get("part"):
        return load(Amounts).shares[" ".join(part.lower().replace("-", " ").split())]
    number = (groups.get("upper") or groups["number"] or "").lower().replace(",", "")
    words = load(Amounts)
    value = float(number) if number[:1].isdigit() else words.numbers.get(number.split()[0], 1.0)
    short, scale = groups.get("short"), groups.get("scale")
    times = words.scale_letters[short.lower()] if short else words.scales[scale.lower()] if scale else 1.0
    return round(value * times, 2) if times > 1 else value


def _base(text: str, start: int, end: int, unit: str) -> tuple[str | None, int]:
    """What the amount is a share of, or the time it is for, and where the amount's words end."""
    if unit == "percent":
        match = _share().match(text, start, end)
        if match:
            name = " ".join(match["base"].split())
            return load(Amounts).share_bases.get(name.lower(), name), match.end()
    match = _time().match(text, start, end)
    return (" ".join((match["span"] or "year").split()), match.end()) if match else (None, start)


# --- Patterns -------------------------------------------------------------------------------------------------------


@cache
def _currency(symbol: str | None, name: str | None) -> str | None:
    """Code of the currency that a symbol, or else a name, stands for."""
    table = load(Amounts).currency_symbols if symbol else load(Amounts).currency_names
    form = (symbol or name or "").strip()
    return next((code for regex, code in table.items() if flexible_whitespace(f"(?i:{regex})").fullmatch(form)), None)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = load(Amounts)
    qualifier = rf"(?:(?i:{alternation(words.qualifiers)}) )?"
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scales = literal_alternation(words.scales)
    spelled = rf"(?i:half a|a(?=[\s-](?:{scales})\b)|{literal_alternation(words.numbers)})"
    number = rf"(?P<number>{digits}|{spelled}\b)"
    upper = rf"(?:(?:\s?[-–]\s?| (?:to|or) )[A-Z]{{0,2}}\$?(?P<upper>{digits}))?"
    scale = rf"(?:(?:\s|-)*(?P<scale>(?i:{scales}))\b)?"
    code = rf"(?P<code>{alternation(words.currency_codes)})"
    symbol = rf"(?P<symbol>(?i:{alternation(words.currency_symbols)}))"
    name = rf"(?P<name>(?i:{alternation(words.currency_names)}))"
    thing = rf"(?P<thing>[\s-]?(?:{alternation(words.units)})\b|[\s-]{_name_pattern(_LONGEST_COUNT, ',? and |, | ')})"
    parts = literal_alternation(words.shares).replace(" ", r"[-\s]")
    part = rf"(?P<part>(?i:{parts})\b)"
    edge = r"(?<![\w$€£¥.,-])"
    amount = f"{number}{upper}{scale}"
    short = rf"(?:(?P<short>(?i:{literal_alternation(words.scale_letters)}))\b)?"
    return tuple(
        flexible_whitespace(edge + qualifier + pattern)
        for pattern in (
            rf"{symbol}\s?{amount}{short}(?!\d)",
            rf"{code}\s{amount}{short}(?!\d)",
            rf"{amount}(?:\s|-){code}\b",
            rf"{amount}(?:\s|-){name}\b",
            rf"{amount}(?P<percent>{_PERCENT})",
            rf"{amount}{thing}",
            rf"(?<!first\s)(?<!second\s)(?<!latter\s){part}(?= of\b)",
        )
    )


def _name_pattern(most: int, joints: str) -> str:
    """A pattern for the name of a thing: at most so many words, none of which ends a noun phrase."""
    word = rf"(?!(?i:{alternation(load(Amounts).noun_phrase_ends)})\b)[^\W\d_][\w.’'&-]*"
    return rf"{word}(?:(?:{joints}){word}){{0,{most - 1}}}"


@cache
def _share() -> re.Pattern[str]:
    name = _name_pattern(_LONGEST_BASE, " ")
    return flexible_whitespace(rf" of (?:(?i:the|its|our|their|his|total) )?(?P<base>{name})")


@cache
def _time() -> re.Pattern[str]:
    count = rf"(?:\d+|(?i:{literal_alternation(load(Amounts).numbers)}))"
    return flexible_whitespace(
        rf"(?i: (?:over|across|in) (?:the (?:next|coming) )?(?P<span>{count} (?:years|months))"
        r"| (?:a|per|each|every) year| annually| per annum)\b"
    )
