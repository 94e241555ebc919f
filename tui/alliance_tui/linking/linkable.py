"""What linking reads of an agreement: words, names, values and dates, small enough to be kept beside a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from importlib import resources

from msgspec import Struct

from alliance_tui.linking.words import content_words, stem_of
from alliance_tui.records import Agreement, Analysis, Kind
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import folded_words, sentence_starts
from alliance_tui.search.values.parser import find_values
from alliance_tui.search.values.value import Period, Quantity

_CAPITALISED = re.compile(r"(?<=[a-z0-9,;:] )[A-Z0-9][\w.&-]*\w")
"""A word that is written with a capital or as a number, and begins no sentence."""


class LinkableRecord(Struct, frozen=True, array_like=True, gc=False):
    """The features of an agreement by which it is linked.

    `position` is that in the document's agreements. `words` are the content words of the evidence, in reading order,
    folded; `instrument` those of the instrument's name; `context` the distinct further ones of the sentences that hold
    the evidence, `surroundings` those of the sentence before. `values` and `dates` are keys of search.values, `names`
    the folded words with a capital, `parties` folded names; `deadline` is EDTF, "" for none. `is_deictic` tells that
    its sentence refers to the document itself ("this order", "the following").
    """

    position: int
    id: str
    words: tuple[str, ...]
    context: tuple[str, ...]
    surroundings: tuple[str, ...]
    instrument: tuple[str, ...]
    trigger: str
    parties: tuple[str, ...]
    values: tuple[str, ...]
    dates: tuple[str, ...]
    names: tuple[str, ...]
    deadline: str
    domain: str
    is_deictic: bool


def linkable_records(analysis: Analysis) -> list[LinkableRecord]:
    """Return the features of the agreements of an analysis; other kinds of record are not linked."""
    agreements = [
        (position, agreement)
        for position, agreement in enumerate(analysis.agreements)
        if agreement.kind is Kind.AGREEMENT
    ]
    if not agreements:
        return []
    text = analysis.document.text
    starts = [*sentence_starts(text), len(text)]
    return [_linkable_record(text, starts, position, agreement) for position, agreement in agreements]


def _linkable_record(text: str, starts: Sequence[int], position: int, agreement: Agreement) -> LinkableRecord:
    evidence = agreement.evidence
    first = bisect_right(starts, evidence.start) - 1
    end = starts[bisect_left(starts, evidence.end)]
    words = content_words(evidence.quote)
    instrument = content_words(agreement.instrument or "")
    own = {*words, *instrument}
    sentence = text[starts[first] : end]
    context = set(content_words(sentence)) - own
    before = set(content_words(text[starts[max(first - 1, 0)] : starts[first]])) - own - context
    return LinkableRecord(
        position=position,
        id=agreement.id,
        words=words,
        context=tuple(sorted(context)),
        surroundings=tuple(sorted(before)),
        instrument=instrument,
        trigger=" ".join(map(stem_of, folded_words(agreement.trigger.quote))),
        parties=tuple(sorted({fold(party) for party in agreement.parties})),
        values=_keys_of(Quantity, evidence.quote),
        dates=_keys_of(Period, evidence.quote),
        names=tuple(sorted({fold(name) for name in _CAPITALISED.findall(evidence.quote)})),
        deadline=agreement.deadline.edtf if agreement.deadline else "",
        domain=agreement.domain or "",
        is_deictic=_deictic_pattern().search(sentence) is not None,
    )


def _keys_of(kind: type[Period | Quantity], quote: str) -> tuple[str, ...]:
    """Return the keys of the values of one kind in a quote."""
    values = (value for found in find_values(quote) for value in found.values)
    return tuple(sorted({value.key for value in values if isinstance(value, kind)}))


@cache
def _deictic_pattern() -> re.Pattern[str]:
    lines = (resources.files("alliance_tui.linking") / "data" / "deictic_phrases.txt").read_text("utf-8").splitlines()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, lines))})\b", re.IGNORECASE)
