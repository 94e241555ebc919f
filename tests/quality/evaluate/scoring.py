"""How well records agree with coded ones: the measures of the coding manual's scorer, for fixtures of our own.

A predicted agreement meets a coded one if its evidence holds the coded anchor and is no catch-all (at most 400
characters, or 2.5 times the coded evidence); one to one, best overlap first. Coded records marked `optional` count
neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

Record = dict[str, Any]

_LADDER = ["explored", "aimed", "planned", "committed", "agreed", "binding", "completed"]
FIELDS = ("strength", "parties", "deadline", "reaffirms", "domain")
NAMES = ("instrument", "attribution")
"""Fields that most records rightly leave empty: measured by what is named, where the coding tells it."""
_JOINING = frozenset({"the", "a", "an", "of", "for", "and", "on", "in", "new", "to"})


def overlap(one: Record, other: Record) -> float:
    """Intersection over union of two spans, 0 where they are apart."""
    inner = min(one["end"], other["end"]) - max(one["start"], other["start"])
    outer = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return float(max(0, inner) / outer)


def pairs(predicted: list[Record], coded: list[Record]) -> list[tuple[Record, Record]]:
    """The predicted records that meet a coded one, each with it."""
    ranked = sorted(
        (
            (overlap(found, gold) + _same_anchor(found, gold), i, j)
            for i, found in enumerate(predicted)
            for j, gold in enumerate(coded)
            if _meets(found, gold)
        ),
        reverse=True,
    )
    met: list[tuple[int, int]] = []
    for _, i, j in ranked:
        if all(i != a and j != b for a, b in met):
            met.append((i, j))
    return [(predicted[i], coded[j]) for i, j in met]


def _meets(found: Record, gold: Record) -> bool:
    holds = found["start"] <= gold["anchor_start"] and gold["anchor_end"] <= found["end"]
    return bool(holds and found["end"] - found["start"] <= max(400, 2.5 * (gold["end"] - gold["start"])))


def _same_anchor(found: Record, gold: Record) -> bool:
    return bool(found["anchor_start"] < gold["anchor_end"] and gold["anchor_start"] < found["anchor_end"])


def alike(found: str | None, coded: str | None) -> bool:
    """Whether two names are of one thing: the same words (case, article and acronyms in brackets aside), three in five
    of all of them, or one name within the other.
    """
    one, other = (_words_of(name or "") for name in (found, coded))
    shared = len(one & other)
    return bool(shared) and (shared >= 0.6 * len(one | other) or shared == min(len(one), len(other)) > 1)


def _words_of(name: str) -> set[str]:
    plain = re.sub(r"[’']s\b", "", re.sub(r"\([^)]*\)", " ", name.lower().replace("programme", "program")))
    return set(re.findall(r"[\w&+-]+", plain)) - _JOINING


def forms_met(found: list[Record], coded: list[Record]) -> Counter[str]:
    """How many forms of entities are found and coded, found only and coded only; letters' case aside."""
    one, other = ({form.lower() for entity in entities for form in entity["forms"]} for entities in (found, coded))
    return Counter(met=len(one & other), extra=len(one - other), missed=len(other - one))


def agreements(records: list[Record]) -> list[Record]:
    """The undertakings among records of all kinds."""
    return [record for record in records if record["kind"] == "agreement"]


class Comparison:
    """One document's records against its coding: what met what, what is missed and what is extra."""

    def __init__(self, predicted: list[Record], coded: list[Record]) -> None:
        found, gold = agreements(predicted), agreements(coded)
        due = [record for record in gold if not record.get("optional")]
        self.met = pairs(found, due)
        rest = [record for record in found if not any(record is one for one, _ in self.met)]
        spared = pairs(rest, [record for record in gold if record.get("optional")])
        self.extra = [record for record in rest if not any(record is one for one, _ in spared)]
        self.missed = [record for record in due if not any(record is other for _, other in self.met)]

    def differences(self) -> list[tuple[str, Record, Record]]:
        """The fields in which a met record differs from its coding: the field, the found record, the coded one."""
        return [
            (field, found, gold)
            for found, gold in self.met
            for field in (*FIELDS, *(name for name in NAMES if name in gold))
            if not _same(field, found.get(field), gold.get(field))
        ]

    def counts(self) -> Counter[str]:
        """The figures to add up over documents."""
        wrong = Counter(field for field, _, _ in self.differences())
        named = Counter[str]()
        for field in NAMES:
            for one, other in ((found.get(field), gold[field]) for found, gold in self.met if field in gold):
                told = {"found": one, "coded": other, "right": alike(one, other)}
                named.update(f"{field} {what}" for what, holds in told.items() if holds)
        values: dict[str, Any] = {
            "met": len(self.met),
            "missed": len(self.missed),
            "extra": len(self.extra),
            "overlap": sum(overlap(found, gold) for found, gold in self.met),
            **{field: len(self.met) - wrong[field] for field in FIELDS},
            **named,
        }
        return Counter(values)


def _same(field: str, found: Any, coded: Any) -> bool:
    if field in NAMES:
        return alike(found, coded) or not (found or coded)
    return set(found or ()) == set(coded or ()) if field == "parties" else (found or None) == (coded or None)


def found_again(counts: Counter[str]) -> dict[str, float]:
    """How many are coded and found, with precision, recall and F1."""
    met, missed, extra = counts["met"], counts["missed"], counts["extra"]
    precision, recall = met / max(1, met + extra), met / max(1, met + missed)
    f1 = 2 * precision * recall / (precision + recall) if met else 0.0
    return {"coded": met + missed, "found": met + extra, "P": precision, "R": recall, "F1": f1}


def figures(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall, F1 and, among the records met, the share with each field right; of what the coding may name,
    F1 of the names, where there are any.
    """
    shares = {name: counts[name] / max(1, counts["met"]) for name in ("overlap", *FIELDS)}
    told = {name: counts[f"{name} found"] + counts[f"{name} coded"] for name in NAMES}
    names = {name: 2 * counts[f"{name} right"] / both for name, both in told.items() if both}
    return {**found_again(counts), **shares, **names}


def shown(name: str, values: dict[str, float]) -> str:
    """One line of the table."""
    cells = (f"{key} {value:.2f}" if isinstance(value, float) else f"{key} {value:3}" for key, value in values.items())
    return f"{name[:40]:40} " + "  ".join(cells)
