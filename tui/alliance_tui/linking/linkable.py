"""What linking reads of an agreement: words, names, values and dates, small enough to be kept beside a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from alliance_tui.linking.words import content_words, stem_of, stems_of
from alliance_tui.records import Agreement, Analysis, Kind
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import folded_words, sentence_starts
from alliance_tui.search.values.parser import find_values


class LinkableRecord(Struct, frozen=True, array_like=True, gc=False):
    """The features of an agreement by which it is linked.

    `position` is that in the document's agreements. `words` are the content words of the evidence, in reading order,
    folded; `instrument` those of the instrument's name; `context` the distinct further ones of the sentences that hold
    the evidence, `surroundings` those of the sentence before. `values` are keys of search.values, `parties` folded
    names; `deadline` is EDTF, "" for none.
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
    deadline: str
    domain: str

    @property
    def core(self) -> frozenset[str]:
        """The distinct stems of the evidence and of the instrument."""
        return stems_of((*self.words, *self.instrument))


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
    context = set(content_words(text[starts[first] : end])) - own
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
        values=tuple(sorted({value.key for found in find_values(evidence.quote) for value in found.values})),
        deadline=agreement.deadline.edtf if agreement.deadline else "",
        domain=agreement.domain or "",
    )
