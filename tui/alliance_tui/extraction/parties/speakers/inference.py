"""Inference of which of two parties an unidentified speaker of a transcript represents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.regex import alternation
from alliance_tui.extraction.syntax import NOMINAL_SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATE_REACH = 40
"""The greatest distance from a greeting to its state, in characters."""

PartiesAt = Callable[[Passage, "Token"], Iterable[str]]
"""The parties of the mentions at a token."""


@cache
def _speaking_office() -> re.Pattern[str]:
    """The labels of those who may speak for a state."""
    return re.compile(rf"\b(?:{alternation(load(Documents).speaker_offices)})\b", re.IGNORECASE)


@cache
def _greeting() -> re.Pattern[str]:
    """A greeting of another state's leader: "Can I welcome my good friend the Prime Minister of Norland"."""
    offices = alternation(load(Documents).greeted_offices)
    return re.compile(rf"\b(?:[Ww]elcom|[Tt]hank|[Gg]rateful to)\w*\b[^.?!\n]{{0,60}}\b(?:{offices}) of ")


def infer_speaker_parties(
    passages: Sequence[Passage], document_parties: Sequence[str], identified: Mapping[str, str], parties_at: PartiesAt
) -> dict[str, str]:
    """Return the party of each speaker whom `identified` lacks, where two parties speak.

    A speaker represents the party that he or she mentions most as acting and does not greet, and the one speaker left
    the other party.

    Args:
        passages: The passages of the transcript.
        document_parties: The document parties; anything is inferred only if there are two.
        identified: The parties of identified speakers, by label.
        parties_at: The parties of the mentions at a token.
    """
    turns: dict[str, list[Passage]] = {}
    for passage in passages:
        label = passage.segment.speaker or ""
        if _speaking_office().search(label) and label not in identified:
            turns.setdefault(label, []).append(passage)
    if (
        len(document_parties) != 2
        or len(turns) + len(identified) != 2
        or not set(identified.values()) <= set(document_parties)
    ):
        return {}
    inferred = {
        label: party for label, turn in turns.items() if (party := _likely_party(turn, document_parties, parties_at))
    }
    represented = {*inferred.values(), *identified.values()}
    if len(represented) == 1:
        other = next(party for party in document_parties if party not in represented)
        inferred |= dict.fromkeys(turns.keys() - inferred.keys(), other)
    return inferred if len({*inferred.values(), *identified.values()}) == len(inferred) + len(identified) else {}


def _likely_party(turns: Sequence[Passage], parties: Sequence[str], parties_at: PartiesAt) -> str | None:
    """Return the one of two parties that the speaker of these turns seems to represent."""
    as_subject: Counter[str] = Counter()
    greeted = set()
    for passage in turns:
        for token in passage.doc:
            if token.dep_ in NOMINAL_SUBJECTS:
                as_subject.update(party for party in parties_at(passage, token) if party in parties)
        for greeting in _greeting().finditer(passage.text):
            near = (t for t in passage.doc if greeting.end() <= t.idx < greeting.end() + _STATE_REACH)
            greeted |= set(next((names for t in near if (names := tuple(parties_at(passage, t)))), ()))
    not_greeted = [party for party in parties if party not in greeted]
    if len(not_greeted) == 1:
        return not_greeted[0]
    first, second = parties
    return None if as_subject[first] == as_subject[second] else max(parties, key=lambda party: as_subject[party])
