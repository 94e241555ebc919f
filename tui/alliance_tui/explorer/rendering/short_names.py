"""Short names of parties: acronyms that the document uses, and ISO 3166-1 codes of states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from alliance_tui.explorer.rendering.strips import text_width
from alliance_tui.explorer.state.acronyms import acronyms_of
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.overviews.party_codes import state_codes
from alliance_tui.records import Analysis
from alliance_tui.search.matches import Range

_CUSTOMARY = ("United States", "United Kingdom", "European Union", "United Arab Emirates")
"""Parties that are commonly written by their code wherever room is short."""


class ShortNames(Struct, frozen=True):
    """Names of one document's parties: short ones that any reader knows, and the codes for the narrowest columns."""

    short: Mapping[str, str]
    codes: Mapping[str, str]


@cache_by_identity
def short_names(analysis: Analysis) -> ShortNames:
    """Return the short names of all that may be a party in this document."""
    return names_with(acronyms_of(analysis))


def names_with(acronyms: Mapping[str, str]) -> ShortNames:
    """Return the short names of parties with these acronyms, by name, and of states."""
    codes = state_codes()
    customary = {name: codes[name] for name in _CUSTOMARY if name in codes}
    return ShortNames({**acronyms, **customary}, {**acronyms, **codes})


class ShownParty(Struct, frozen=True):
    """A party as a row shows it, with the ranges of it that the query matches."""

    text: str
    ranges: tuple[Range, ...] = ()


def fit_parties(
    parties: Sequence[str],
    ranges: Sequence[Range],
    names: ShortNames,
    width: int,
    separator: str,
    *,
    codes: bool = False,
) -> list[ShownParty]:
    """Return the parties in at most `width` cells: by their names, by short names, by codes, or the first few by codes.

    Args:
        parties: Their canonical names.
        ranges: What the query matches in these names joined by ", ".
        names: Their short names.
        width: Cells for all of them with `separator` between.
        separator: What comes between two.
        codes: Whether only codes are wanted.

    Of parties that do not all fit, matched ones come first, and the last item counts the rest.
    """
    if not parties:
        return []
    matched = _matched_by_party(parties, ranges)
    namings = (names.codes.get,) if codes else (_full_name, names.short.get, names.codes.get)
    for naming in namings:
        shown = [_shown(party, naming, matched[index]) for index, party in enumerate(parties)]
        if _width(shown, separator) <= width:
            return shown
    by_match = sorted(range(len(parties)), key=lambda index: not matched[index])
    ordered = [shown[index] for index in by_match]
    for count in range(len(ordered) - 1, 0, -1):
        fitting = [*ordered[:count], ShownParty(f"+{len(ordered) - count}")]
        if _width(fitting, separator) <= width:
            return fitting
    return ordered[:1]


def all_fit(parties: Sequence[str], names: ShortNames, width: int, separator: str = ", ") -> bool:
    """Return whether all parties fit into `width` cells, by their names, by short names or by codes."""
    namings = _full_name, names.short.get, names.codes.get
    return any(_width([_shown(each, naming, ()) for each in parties], separator) <= width for naming in namings)


def joined_parties(
    parties: Sequence[str],
    ranges: Sequence[Range],
    names: ShortNames,
    width: int,
    separator: str = ", ",
    *,
    codes: bool = False,
) -> tuple[str, list[Range]]:
    """Return what `fit_parties` gives as one text, with the ranges of it that the query matches."""
    shown = fit_parties(parties, ranges, names, width, separator, codes=codes)
    starts = accumulate((len(party.text) + len(separator) for party in shown), initial=0)
    within = [
        (start + first, start + last)
        for start, party in zip(starts, shown, strict=False)
        for first, last in party.ranges
    ]
    return separator.join(party.text for party in shown), within


def _full_name(name: str) -> str:
    return name


def _shown(party: str, naming: Callable[[str], str | None], ranges: tuple[Range, ...]) -> ShownParty:
    name = naming(party) or party
    return ShownParty(name, ranges if name == party else ((0, len(name)),) if ranges else ())


def _width(shown: Sequence[ShownParty], separator: str) -> int:
    return sum(text_width(party.text) for party in shown) + text_width(separator) * max(0, len(shown) - 1)


def _matched_by_party(parties: Sequence[str], ranges: Sequence[Range]) -> list[tuple[Range, ...]]:
    """Return the matched ranges within each party's name, of ranges within all names joined by ", "."""
    by_party: list[tuple[Range, ...]] = []
    start = 0
    for party in parties:
        end = start + len(party)
        within = ((max(first, start) - start, min(last, end) - start) for first, last in ranges)
        by_party.append(tuple((first, last) for first, last in within if first < last))
        start = end + len(", ")
    return by_party
