"""Reasons for a link, in words that a reader can check against the two records."""

from __future__ import annotations

from alliance_tui.linking.linkable import LinkableRecord
from alliance_tui.linking.pair_features import PairFeatures
from alliance_tui.linking.words import background_weight, stem_of, stems_of

_MAX_SHARED_WORDS = 4
_TELLING_WEIGHT = 0.45
_NEARLY_VERBATIM = 0.9
_MOSTLY_SHARED = 0.6


def reasons_for(first: LinkableRecord, second: LinkableRecord, features: PairFeatures) -> tuple[str, ...]:
    """Return what the two records have in common, the most telling first."""
    reasons = []
    if features.similar_wording >= _NEARLY_VERBATIM:
        reasons.append("nearly the same words")
    if features.same_instrument:
        reasons.append("same instrument")
    elif features.instrument_in_words >= _MOSTLY_SHARED:
        reasons.append("the instrument of one is named in the other")
    if features.same_value:
        reasons.append("same figures")
    if features.same_year:
        reasons.append(f"both {first.deadline[:4]}")
    if features.shared_parties == 1.0:
        reasons.append("same parties")
    elif features.has_shared_party:
        reasons.append("a party in common")
    if words := _shared_words(first, second):
        reasons.append("both say " + ", ".join(f"“{word}”" for word in words))
    return tuple(reasons)


def _shared_words(first: LinkableRecord, second: LinkableRecord) -> list[str]:
    """Return the rarest words of the first record that the second has too, in the order of the text."""
    words = {stem_of(word): word for word in reversed(first.words)}
    others = stems_of((*second.words, *second.instrument))
    shared = [stem for stem in dict.fromkeys(map(stem_of, first.words)) if stem in others]
    telling = sorted(shared, key=lambda stem: -background_weight(stem))[:_MAX_SHARED_WORDS]
    return [words[stem] for stem in shared if stem in telling and background_weight(stem) >= _TELLING_WEIGHT]
