"""The scoring, told once.

    How a query word met a word decides first: exact (to the letter, case and accents included) 4, whole word 3,
    prefix 2, acronym 1, typo 0; within a rung comes a quality from 0 to under 1. A place in the text scores so.

    A record scores rung + quality too. Its rung is that of the query word that met it worst, each taken at its
    best. Its quality is the mean over the query's words of the field's weight (a name or title .9, another form .75,
    the parties and the instrument .6, the quote .5, the rest .4), of which .4 are sure, .4 go by the quality of the
    meeting, and .2 by the share of the field's words that are lit. Where all words of a name, form or title are lit,
    the record is the very one asked for: the quality is .9 and a tenth of the weight, and whole words count as exact.
    A record that only has what a field asks for scores a mere rung: whole word, or how well the field's name was met.

So no typo ever stands above a prefix, no prefix above a whole word, whatever the field. Equal scores keep
reading order.
"""

from __future__ import annotations

from collections.abc import Collection

from alliance_tui.search.matches import MatchType

_WEIGHTS = {"name": 0.9, "title": 0.9, "form": 0.75, "parties": 0.6, "instrument": 0.6, "quote": 0.5}
_OTHER_WEIGHT = 0.4
_NAMES = ("name", "form", "title")
_TIERS = tuple(reversed(MatchType))
_TIER = {how: rung for rung, how in enumerate(_TIERS)}
_EXACT, _WHOLE = _TIER[MatchType.EXACT], _TIER[MatchType.WORD]
_BELOW_ONE = 0.999


def combined_score(how: MatchType, quality: float) -> float:
    """Rung and quality in one number; `quality` is held to 0 up to under 1."""
    return _TIER[how] + min(max(quality, 0.0), _BELOW_ONE)


def match_type_of(score: float) -> MatchType:
    """The rung that a score stands on."""
    return _TIERS[int(score)]


def field_score(score: float, field: str, share: float) -> float:
    """The score of a meeting in a record's field, `share` of whose words it covers."""
    rung = int(score)
    kind = field.partition(":")[0]
    weight = _WEIGHTS.get(kind, _OTHER_WEIGHT)
    if share == 1.0 and kind in _NAMES:
        return (_EXACT if rung == _WHOLE else rung) + 0.9 + 0.1 * weight
    return rung + weight * (0.4 + 0.4 * (score - rung) + 0.2 * share)


def record_score(scores: Collection[float]) -> float:
    """The score of a record from the best scores of the query's words in it."""
    if not scores:
        return combined_score(MatchType.WORD, 0.0)
    mean = sum([one - int(one) for one in scores]) / len(scores)
    return int(min(scores)) + mean
