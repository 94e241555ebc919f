"""Undertakings that the document states more than once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from alliance_tui.records import Agreement, Kind

_WORD = re.compile(r"[^\W_]{4,}")
_SAME = 0.6
"""The share of content words (Jaccard) from which two statements are of one undertaking."""
_PLAIN = frozenset(
    {
        "that", "this", "with", "from", "will", "would", "have", "been", "their", "they", "them", "these", "those",
        "which", "while", "including", "through", "between", "plan", "intend", "commit", "committed", "agree", "agreed",
        "announce", "announced", "also", "further", "continue",
    }
)  # fmt: skip


def with_restatements(records: Sequence[Agreement]) -> list[Agreement]:
    """The same records, each agreement that repeats an earlier one marked with that one's id in `same_as`."""
    result: list[Agreement] = []
    known: list[tuple[frozenset[str], Agreement]] = []
    for record in records:
        if record.kind is not Kind.AGREEMENT:
            result.append(record)
            continue
        words = _content(record)
        first = next((earlier for other, earlier in known if _alike(words, other, record, earlier)), None)
        if first is None:
            known.append((words, record))
            result.append(record)
        else:
            result.append(msgspec.structs.replace(record, same_as=first.id))
    return result


def _content(record: Agreement) -> frozenset[str]:
    told = record.evidence.quote[max(0, record.anchor.start - record.evidence.start) :]
    return frozenset(word.lower().rstrip("s") for word in _WORD.findall(told)) - _PLAIN


def _alike(words: frozenset[str], others: frozenset[str], record: Agreement, earlier: Agreement) -> bool:
    if len(words) < 3 or set(record.parties) != set(earlier.parties):
        return False
    return len(words & others) >= _SAME * len(words | others)
