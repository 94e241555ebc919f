"""Occasions: the documents of one visit, summit or meeting, by their days, their parties and the names in their titles.

Of one occasion are documents of the same few days that name the same parties or the same meeting. A name counts by how
rare it is in a background corpus, and by how much more often the library has it in those days than at other times: the
host of every meeting, and the official who speaks each day, do not distinguish occasions.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from msgspec import Struct

from alliance_tui.library.agreement_parties import AgreementParties
from alliance_tui.linking.setting import MAX_DAYS_OF_OCCASION
from alliance_tui.linking.words import background_weight, content_words, names_a_document, stem_of
from alliance_tui.records import Kind

_MIN_SIMILARITY, _MIN_SHARED = 0.2, 0.06
"""The least similarity of documents of one occasion, and the least weight of what they share."""
_COMMON = 0.45
"""The background weight up to which a word of a name tells no two occasions apart: united, states, house."""
_EVEN = 0.2
"""The burst of a name that is as frequent in these days as at other times (see `_burst`)."""
_MAX_NAMES = 4


class Occasion(Struct, frozen=True):
    """The documents of one occasion, in order of date, with its days (ISO) and the parties that most of them name."""

    documents: tuple[int, ...]
    first: str
    last: str
    parties: tuple[str, ...]

    def describe(self) -> str:
        """Return its days and its parties."""
        days = self.first if self.first == self.last else f"{self.first} to {self.last}"
        return f"{days} {', '.join(self.parties)}".strip()


class _Dated(Struct, frozen=True):
    """A document of a day: the stems of its title, and how many of its agreements have each party."""

    number: int
    day: date
    title: frozenset[str]
    parties: Counter[str]


class OccasionFinder:
    """Finds the occasions of a library's documents as they are when it is made; copies of a text count once.

    Documents without a day are of none: nothing but days and names is compared.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._dated = _read_dated(db)
        self._originals = dict(db.execute(_ORIGINALS).fetchall())
        self._by_number = {each.number: each for each in self._dated}
        self._by_day: dict[date, list[_Dated]] = defaultdict(list)
        for each in self._dated:
            self._by_day[each.day].append(each)

    def occasion_of(self, number: int) -> Occasion | None:
        """Return the occasion of a document, None where no other document is of it."""
        own = self._by_number.get(self._originals.get(number, number))
        related = self._related(own) if own else []
        return _occasion([own, *related]) if own and related else None

    def occasions(self) -> list[Occasion]:
        """Return all occasions in order of date: the largest are found first, and each document is in one of them."""
        related = {each.number: self._related(each) for each in self._dated}
        left = set(related)
        found = []
        for each in sorted(self._dated, key=lambda each: (-len(related[each.number]), each.number)):
            members = [member for member in (each, *related[each.number]) if member.number in left]
            if each.number in left and len(members) > 1:
                found.append(_occasion(members))
                left -= {member.number for member in members}
        return sorted(found, key=lambda occasion: (occasion.first, occasion.documents))

    @cached_property
    def _documents_with(self) -> Counter[str]:
        """How many documents have each stem in their title, or each party; a party has a mark before it."""
        counts: Counter[str] = Counter()
        for each in self._dated:
            counts.update(_names(each))
        return counts

    def _related(self, own: _Dated) -> list[_Dated]:
        """Return the other documents of a document's occasion."""
        days = (own.day + timedelta(by) for by in range(-MAX_DAYS_OF_OCCASION, MAX_DAYS_OF_OCCASION + 1))
        near = [each for day in days for each in self._by_day.get(day, ())]
        around = Counter(name for each in near for name in _names(each))
        share = len(near) / len(self._dated)

        def weights(each: _Dated) -> dict[str, float]:
            burst = {name: _burst(around[name] / self._documents_with[name], share) for name in _names(each)}
            return _weights(each, burst)

        mine = weights(own)
        return [each for each in near if each is not own and _are_alike(mine, weights(each))]


def _burst(share_of_name: float, share_of_days: float) -> float:
    """Return how much more of a name's documents are of some days than of all documents, 0 for no more, to 1."""
    measured = math.log1p(share_of_name / share_of_days) / math.log1p(1 / share_of_days)
    return max(0.0, measured - _EVEN) / (1 - _EVEN)


_PARTY = "="
"""The mark of a party among the names of a document."""


def _names(each: _Dated) -> set[str]:
    return {*each.title, *(_PARTY + party for party in each.parties)}


def _weights(each: _Dated, burst: dict[str, float]) -> dict[str, float]:
    """Return the weights of the stems of a document's parties and title."""
    most = max(each.parties.values(), default=1)
    weights = {stem: burst[stem] * _rarity(stem) for stem in each.title}
    for party, count in each.parties.items():
        stems = [*map(stem_of, content_words(party))]
        weight = burst[_PARTY + party] * math.sqrt(count / most) * max(map(_rarity, stems), default=0.0)
        weights |= {stem: max(weight, weights.get(stem, 0.0)) for stem in stems}
    return {stem: weight for stem, weight in weights.items() if weight > 0}


def _rarity(stem: str) -> float:
    return max(0.0, background_weight(stem) - _COMMON)


def _are_alike(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether the weights of two documents have enough in common: much of what they are, and something rare."""
    products = [one[stem] * other[stem] for stem in sorted(one.keys() & other.keys())]
    norm = math.sqrt(_squares(one) * _squares(other)) or 1.0
    return math.fsum(products) / norm >= _MIN_SIMILARITY and max(map(math.sqrt, products), default=0.0) >= _MIN_SHARED


def _squares(weights: dict[str, float]) -> float:
    return math.fsum(weight * weight for weight in weights.values())


def _occasion(documents: Sequence[_Dated]) -> Occasion:
    in_order = sorted(documents, key=lambda each: (each.day, each.number))
    counts = Counter(party for each in in_order for party in sorted(each.parties))
    parties = [party for party, count in counts.most_common(_MAX_NAMES) if 2 * count >= len(in_order)]
    days = in_order[0].day.isoformat(), in_order[-1].day.isoformat()
    return Occasion(tuple(each.number for each in in_order), *days, tuple(parties))


_ORIGINALS = """SELECT number, (SELECT min(first.number) FROM documents AS first WHERE first.text = documents.text)
    FROM documents"""


def _read_dated(db: sqlite3.Connection) -> list[_Dated]:
    parties: dict[int, Counter[str]] = defaultdict(Counter)
    agreement_parties = AgreementParties(db)
    query = "SELECT document, position, parties FROM agreements WHERE kind = ?"
    for document, position, shown in db.execute(query, (Kind.AGREEMENT,)):
        parties[document].update(agreement_parties.split(document, position, shown))
    rows = db.execute("SELECT min(number), title, date FROM documents GROUP BY text")
    return [
        _Dated(number, day, _title_stems(title), parties[number])
        for number, title, written in rows
        if (day := _day(written))
    ]


def _title_stems(title: str) -> frozenset[str]:
    stems = map(stem_of, content_words(title))
    return frozenset(stem for stem in stems if not names_a_document(stem))


def _day(written: str | None) -> date | None:
    """Return an ISO day; None for no date, or one of a month or year."""
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
