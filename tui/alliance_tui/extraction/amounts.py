"""Amounts in a text: sums of money, shares and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Amounts
from alliance_tui.extraction.regex import alternation, flexible_whitespace, literal_alternation
from alliance_tui.records import Amount, Span

_PERCENT = r"(?i:\s?%|[\s-]per\s?cent(?:age points?)?\b)"
_MAX_NOUN_WORDS, _MAX_BASE_WORDS = 7, 3
"""The longest counted noun phrase and the longest base of a share, in words."""


def find_amounts(text: str, start: int, end: int) -> list[Amount]:
    """Find the amounts in `text[start:end]`, in reading order; their spans index `text` and include the qualifier.

    The unit is an ISO 4217 code, "percent" or the counted noun. The base is the whole of a share, or the period of a
    sum ("two years", "year"). Of a range ("20 to 25 percent") the value is the upper end. Dates are no amounts.
    """
    amounts: list[Amount] = []
    previous_end = start
    for match in sorted(_matches(text, start, end), key=lambda match: (match.start(), -match.end())):
        if match.start() >= previous_end and (amount := _amount(match, end)):
            amounts.append(amount)
            previous_end = amount.span.end
    return amounts


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    if not _amount_hint().search(text, start, end):
        return
    for pattern in _patterns():
        match = pattern.search(text, start, end)
        while match is not None:  # a counted noun may be followed by another number: "two ships and ten tanks"
            yield match
            match = pattern.search(text, match.start() + 1, end)


def _amount(match: re.Match[str], end: int) -> Amount | None:
    """The amount of a match, with its base; None if the number counts no quantity."""
    groups = match.groupdict()
    unit, amount_end = _unit(groups), match.end()
    if groups.get("thing"):
        unit, amount_end = _counted_noun(match)
    if unit is None:
        return None
    base, amount_end = _base(match.string, amount_end, end, unit)
    return Amount(_value(groups), unit, Span(match.start(), amount_end, match.string[match.start() : amount_end]), base)


def _unit(groups: dict[str, str | None]) -> str | None:
    """The unit of a share or a sum of money."""
    if groups.get("percent") or groups.get("part"):
        return "percent"
    if code := groups.get("code"):
        return code
    return _currency(groups.get("symbol"), groups.get("name"))


def _counted_noun(match: re.Match[str]) -> tuple[str | None, int]:
    """The counted noun and its end offset: the last plural of the phrase, or the first before a comma.

    None where the number is no quantity ("two leaders", "10 April", "a 100-day review").
    """
    noun, noun_end = None, match.start("thing")
    if measure := re.match(rf"[\s-]?({alternation(load(Amounts).units)})\b", match["thing"]):
        return measure[1], noun_end + measure.end()
    for word in re.finditer(r"[^\s,-][^\s,]*", match["thing"]):
        if noun is None and _excluded_noun().fullmatch(word.group()):
            return None, noun_end
        if _is_plural(word.group()):
            noun, noun_end = word.group(), match.start("thing") + word.end()
            if match["thing"].startswith((",", " and "), word.end()):
                break
    number, scale = match["number"], match["scale"]
    is_year = not scale and re.fullmatch(r"(?:19|20)\d\d", number)
    is_one = not scale and number.lower() == "one"
    is_excluded = noun is not None and _excluded_noun().fullmatch(noun)
    return (None if is_excluded or is_year or is_one else noun), noun_end


@cache
def _amount_hint() -> re.Pattern[str]:
    """Pattern of a digit or number word, which every amount has and few sentences do."""
    words = load(Amounts)
    parts = {part.split()[-1] for part in words.shares}
    return re.compile(rf"\d|\b(?:{literal_alternation([*words.numbers, *words.scales, *parts])})\b", re.IGNORECASE)


@cache
def _excluded_noun() -> re.Pattern[str]:
    return re.compile(alternation(load(Amounts).uncounted_nouns), re.IGNORECASE)


def _is_plural(noun: str) -> bool:
    """Whether a noun is a plural that can be counted."""
    return re.search(r"[^su]s$", noun) is not None or noun in load(Amounts).counted.irregular_plurals


def _value(groups: dict[str, str | None]) -> float:
    if part := groups.get("part"):
        return load(Amounts).shares[" ".join(part.lower().replace("-", " ").split())]
    number = (groups.get("upper") or groups["number"] or "").lower().replace(",", "")
    words = load(Amounts)
    value = float(number) if number[:1].isdigit() else words.numbers.get(number.split()[0], 1.0)
    short, scale = groups.get("short"), groups.get("scale")
    factor = words.scale_letters[short.lower()] if short else words.scales[scale.lower()] if scale else 1.0
    return round(value * factor, 2) if factor > 1 else value


def _base(text: str, start: int, end: int, unit: str) -> tuple[str | None, int]:
    """The base of an amount (the whole of a share, or a period) that begins at `start`, and its end offset."""
    if unit == "percent":
        match = _share_base().match(text, start, end)
        if match:
            name = " ".join(match["base"].split())
            return load(Amounts).share_bases.get(name.lower(), name), match.end()
    match = _period().match(text, start, end)
    return (" ".join((match["span"] or "year").split()), match.end()) if match else (None, start)


# --- Patterns -------------------------------------------------------------------------------------------------------


@cache
def _currency(symbol: str | None, name: str | None) -> str | None:
    """Code of the currency of a symbol, or else of a name."""
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
    thing = rf"(?P<thing>[\s-]?(?:{alternation(words.units)})\b|[\s-]{_name_pattern(_MAX_NOUN_WORDS, ',? and |, | ')})"
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


def _name_pattern(max_words: int, separators: str) -> str:
    """Pattern of a noun phrase of at most `max_words` words, none of which ends one."""
    word = rf"(?!(?i:{alternation(load(Amounts).noun_phrase_ends)})\b)[^\W\d_][\w.’'&-]*"
    return rf"{word}(?:(?:{separators}){word}){{0,{max_words - 1}}}"


@cache
def _share_base() -> re.Pattern[str]:
    name = _name_pattern(_MAX_BASE_WORDS, " ")
    return flexible_whitespace(rf" of (?:(?i:the|its|our|their|his|total) )?(?P<base>{name})")


@cache
def _period() -> re.Pattern[str]:
    count = rf"(?:\d+|(?i:{literal_alternation(load(Amounts).numbers)}))"
    return flexible_whitespace(
        rf"(?i: (?:over|across|in) (?:the (?:next|coming) )?(?P<span>{count} (?:years|months))"
        r"| (?:a|per|each|every) year| annually| per annum)\b"
    )
