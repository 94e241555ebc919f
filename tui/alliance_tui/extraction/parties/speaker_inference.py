"""For whom those speak in a transcript of whom nothing tells for whom they act: by what they say of two parties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.noun_phrases import NOMINAL_SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFFICE = re.compile(r"\b(?:PRESIDENT|MINISTER|PREMIER|CHANCELLOR|SECRETARY|KING|EMIR|AMIR|TAOISEACH)\b", re.IGNORECASE)
"""The labels of those who may speak for a state."""
_GREETED = re.compile(
    r"\b(?:[Ww]elcom|[Tt]hank|[Gg]rateful to)\w*\b[^.?!\n]{0,60}\b(?:Minister|President|Chancellor|Premier) of "
)
"""How a speaker greets the one of another state: "Can I welcome my good friend the Prime Minister of Norland"."""
_FAR = 40
"""In how many characters behind a greeting the state stands."""

PartiesAt = Callable[[Passage, "Token"], Iterable[str]]
"""The parties for which the names at a word stand."""


def infer_speaker_parties(
    passages: Sequence[Passage], principals: Sequence[str], known: dict[str, str], standing: PartiesAt
) -> dict[str, str]:
    """The party of each speaker that `known` lacks, where two parties speak: the one that the speaker names most as
    acting and does not greet, and the other for the one who is left.
    """
    turns: dict[str, list[Passage]] = {}
    for passage in passages:
        label = passage.segment.speaker or ""
        if _OFFICE.search(label) and label not in known:
            turns.setdefault(label, []).append(passage)
    if len(principals) != 2 or len(turns) + len(known) != 2 or not set(known.values()) <= set(principals):
        return {}
    found = {label: own for label, said in turns.items() if (own := _likely_party(said, principals, standing))}
    taken = {*found.values(), *known.values()}
    if len(taken) == 1:
        other = next(name for name in principals if name not in taken)
        found |= dict.fromkeys(turns.keys() - found.keys(), other)
    return found if len({*found.values(), *known.values()}) == len(found) + len(known) else {}


def _likely_party(said: Sequence[Passage], principals: Sequence[str], standing: PartiesAt) -> str | None:
    """The one of two parties for which somebody seems to speak."""
    acting: Counter[str] = Counter()
    greeted = set()
    for passage in said:
        for token in passage.doc:
            if token.dep_ in NOMINAL_SUBJECTS:
                acting.update(name for name in standing(passage, token) if name in principals)
        for greeting in _GREETED.finditer(passage.text):
            near = (t for t in passage.doc if greeting.end() <= t.idx < greeting.end() + _FAR)
            greeted |= set(next((names for t in near if (names := tuple(standing(passage, t)))), ()))
    left = [name for name in principals if name not in greeted]
    if len(left) == 1:
        return left[0]
    first, second = principals
    return None if acting[first] == acting[second] else max(principals, key=lambda name: acting[name])
