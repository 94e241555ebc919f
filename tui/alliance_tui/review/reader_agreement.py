"""How far two readers agree: which records they hold to be agreements, and how strong; and where they differ.

F1 (Hripcsak and Rothschild 2005) is that of the records that each reader accepted or added; weighted kappa (Cohen 1968,
linear weights) that of the strengths of the records that both did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from alliance_tui.records import Agreement, Strength
from alliance_tui.review.entry import Action, Entry, active_entries
from alliance_tui.review.record_changes import JUDGEMENTS, Judgement
from alliance_tui.review.record_fields import with_logged_value
from alliance_tui.review.relocation import same_undertaking

_COMPARED_FIELDS = ("kind", "strength", "parties", "deadline", "instrument", "domain", "attribution")


class JudgedRecord(Struct, frozen=True):
    """A record as one reader left it, in the text of this hash."""

    document: str
    record: Agreement
    judgement: Judgement | None = None

    @property
    def is_held(self) -> bool:
        """Whether the reader holds it to be a record."""
        return self.judgement is Judgement.ACCEPTED


class Difference(Struct, frozen=True):
    """A record on which two readers differ: the field or "judgement", with the value of each as text."""

    document: str
    quote: str
    field: str
    first: str
    second: str


class ReaderAgreement(Struct, frozen=True):
    """The agreement of two readers; a measure is None where there is nothing to measure.

    `first` and `second` are how many records each holds, `both` how many of them are the same.
    """

    first: int
    second: int
    both: int
    f1: float | None
    kappa: float | None
    differences: tuple[Difference, ...]


def compare_readers(first: Sequence[Entry], second: Sequence[Entry]) -> ReaderAgreement:
    """Compare the logs of two readers."""
    ours, theirs = judged_records(first), judged_records(second)
    pairs = _pair(ours, theirs)
    held = [(one, other) for one, other in pairs if one and other and one.is_held and other.is_held]
    our_count, their_count = (sum(each.is_held for each in records) for records in (ours, theirs))
    total = our_count + their_count
    strengths = [
        (one.record.strength, other.record.strength)
        for one, other in held
        if one.record.strength and other.record.strength
    ]
    return ReaderAgreement(
        our_count,
        their_count,
        len(held),
        2 * len(held) / total if total else None,
        weighted_kappa([(one.rank, other.rank) for one, other in strengths], len(Strength)),
        tuple(difference for pair in pairs for difference in _differences(*pair)),
    )


def judged_records(entries: Iterable[Entry]) -> list[JudgedRecord]:
    """Return the records of a log as its reader left them, in the order in which they were first seen."""
    judged: dict[tuple[str, str], JudgedRecord] = {}
    for entry in active_entries(list(entries)):
        record = entry.target.record
        if record is None:
            continue
        key = entry.document, record.id
        before = judged.get(key) or JudgedRecord(entry.document, record)
        judgement = JUDGEMENTS.get(entry.action, before.judgement)
        if entry.action is Action.CORRECTED:
            record = with_logged_value(record, entry.field, entry.after)
        judged[key] = JudgedRecord(entry.document, record, judgement)
    return list(judged.values())


def _pair(
    ours: Sequence[JudgedRecord], theirs: Sequence[JudgedRecord]
) -> list[tuple[JudgedRecord | None, JudgedRecord | None]]:
    """Return the records of both readers, those of one undertaking in a pair, the others alone."""
    free = {(each.document, each.record.id): each for each in theirs}
    pairs: list[tuple[JudgedRecord | None, JudgedRecord | None]] = []
    for one in ours:
        key = one.document, one.record.id
        if key not in free:
            same_text = (k for k, each in free.items() if each.document == one.document)
            fits = [(same_undertaking(one.record, free[k].record), k) for k in same_text]
            best, key = max(fits, default=(0.0, key))
            key = key if best > 0 else ("", "")
        pairs.append((one, free.pop(key, None)))
    return pairs + [(None, other) for other in free.values()]


def _differences(one: JudgedRecord | None, other: JudgedRecord | None) -> list[Difference]:
    present = one or other
    assert present
    quote = " ".join(present.record.evidence.quote.split())
    judgements = [str(each.judgement or "not judged") if each else "not judged" for each in (one, other)]
    if judgements[0] != judgements[1]:
        return [Difference(present.document, quote, "judgement", *judgements)]
    if not (one and other and one.is_held):
        return []
    return [
        Difference(present.document, quote, name, *values)
        for name in _COMPARED_FIELDS
        if len(set(values := [_as_text(each.record, name) for each in (one, other)])) > 1
    ]


def _as_text(record: Agreement, name: str) -> str:
    if name == "deadline":
        return record.deadline.edtf if record.deadline else ""
    value = getattr(record, name)
    return "; ".join(sorted(value)) if isinstance(value, tuple) else str(value or "")


def weighted_kappa(pairs: Sequence[tuple[int, int]], categories: int) -> float | None:
    """Return Cohen's kappa with linear weights of pairs of ranks from 0; None without pairs or variation."""
    if not pairs:
        return None
    firsts, seconds = (Counter(ranks) for ranks in zip(*pairs, strict=True))
    observed = sum(abs(one - other) for one, other in pairs) / len(pairs)
    expected = sum(
        abs(one - other) * _share(firsts, one, len(pairs)) * _share(seconds, other, len(pairs))
        for one in range(categories)
        for other in range(categories)
    )
    return 1 - observed / expected if expected else None


def _share(counts: Mapping[int, int], rank: int, total: int) -> float:
    return counts.get(rank, 0) / total


def to_json(agreement: ReaderAgreement) -> bytes:
    """Return the comparison as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(agreement), indent=2)
