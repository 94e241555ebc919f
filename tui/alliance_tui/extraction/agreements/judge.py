"""Whether a candidate is a record, only looks like one, or is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.extraction.agreements.background import is_background
from alliance_tui.extraction.agreements.candidate import Candidate
from alliance_tui.extraction.agreements.cues import cues
from alliance_tui.extraction.agreements.features import features
from alliance_tui.extraction.agreements.model import Weights, calibrated, probabilities
from alliance_tui.extraction.agreements.names import NamedPlaces
from alliance_tui.extraction.agreements.parties import Names
from alliance_tui.extraction.lists import load
from alliance_tui.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from alliance_tui.extraction.agreements.places import Found

_REFUSED = frozenset(
    {
        "negated", "bare possibility", "relative", "subordinate", "wished", "stranger", "talking", "rejected",
        "left open",
    }
)  # fmt: skip
_DECLARATORY = 0.5


class Verdict(Struct, frozen=True):
    """What a candidate is, and for an agreement how sure that is (0 to 1)."""

    kind: Kind
    confidence: float | None = None


def judge(
    found: Found, names: Names, places: NamedPlaces, neighbours: Sequence[Found], weights: Weights
) -> Verdict | None:
    """What a candidate is, None where it is nothing. `neighbours` are all candidates of its sentence."""
    if is_refused(found):
        return None
    if is_package(found.candidate):
        return Verdict(Kind.PACKAGE)
    if _says_nothing(found):
        return Verdict(Kind.DECLARATORY)
    agreement, declaratory = probabilities(features(found, names, places, neighbours), weights)
    if agreement >= weights.threshold:
        return Verdict(Kind.AGREEMENT, round(calibrated(agreement, weights), 3))
    if declaratory >= _DECLARATORY * (1 - agreement):
        return Verdict(Kind.DECLARATORY)
    return None


def _says_nothing(found: Found) -> bool:
    """Whether it only promises to act together: "will continue to cooperate", "work closely together"."""
    anchor = found.candidate.anchor
    rest = anchor.doc[anchor.i + 1 : found.last]
    return anchor.lemma_.lower() in cues().communal and all(token.pos_ in ("ADV", "PART", "PUNCT") for token in rest)


def is_refused(found: Found) -> bool:
    """Whether it undertakes nothing, whatever its words: denied, conditional, another's wish, background."""
    return bool(found.candidate.notes & _REFUSED) or is_background(found)


def is_package(candidate: Candidate) -> bool:
    """Whether it announces or welcomes a bundle: "several new initiatives", "a spate of 70 agreements"."""
    if candidate.opening.split()[0] not in ("announcing", "welcoming", "bundle"):
        return False
    return any(cue.role in ("noun", "thing", "bundle") and _is_bundle(cue.token) for cue in candidate.cues)


def _is_bundle(noun: Token) -> bool:
    bundles = load("instrument_roles")["packages"]
    if noun.tag_ == "NNS" and noun.lemma_.lower() in bundles["nouns"]:
        return not any(child.pos_ == "PROPN" for child in noun.lefts)
    if noun.lemma_.lower() not in bundles["collectives"]:
        return False
    parts = (part for prep in noun.rights if prep.lower_ in ("of", "in") for part in prep.rights)
    return any(part.tag_ == "NNS" and part.lemma_.lower() in bundles["nouns"] for part in parts)
