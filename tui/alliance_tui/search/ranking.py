"""The scoring, told once.

    How a query word met a word decides first: exact (to the letter, case and accents included) 4, whole word 3,
    prefix 2, acronym 1, typo 0; within a rung comes a quality from 0 to under 1. A place in the text scores so.

    A record scores rung + quality too. Its rung is that of the query word that met it worst, each taken at its
    best. Its quality is the mean over the query's words of: the field's weight (a name or title .9, another form .75,
    the parties and the instrument .6, the quote .5, the rest .4), by half for the field and by half for the quality
    of the meeting; plus half of what the weight leaves to 1, for the share of the field's words that are lit.

So no typo ever stands above a prefix, no prefix above a whole word, whatever the field. Equal scores keep
reading order.
"""

from __future__ import annotations

from alliance_tui.search.matches import How

_WEIGHTS = {"name": 0.9, "title": 0.9, "form": 0.75, "parties": 0.6, "instrument": 0.6, "quote": 0.5}
_OTHER = 0.4
_RUNGS = tuple(reversed(How))
_BELOW_ONE = 0.999


def score(how: How, quality: float) -> float:
    """Rung and quality in one number; `quality` is held to 0 up to under 1."""
    return _RUNGS.index(how) + min(max(quality, 0.0), _BELOW_ONE)


def how_of(score: float) -> How:
    """The rung that a score stands on."""
    return _RUNGS[int(score)]


def in_field(score: float, field: str, share: float) -> float:
    """The score of a meeting in a record's field, `share` of whose words it covers."""
    rung = int(score)
    weight = _WEIGHTS.get(field.partition(":")[0], _OTHER)
    quality = weight * (0.5 + 0.5 * (score - rung))
    return rung + min(quality + (1 - weight) * 0.5 * share, _BELOW_ONE)


def of_record(scores: list[float]) -> float:
    """The score of a record from the best scores of the query's words in it."""
    if not scores:
        return score(How.WORD, 0.0)
    mean = sum(one - int(one) for one in scores) / len(scores)
    return int(min(scores)) + mean
