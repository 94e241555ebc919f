"""Complements of cues, and the strategy that finds each."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.complements import ComplementSource, find_complement, verb_complement
from tests.support.commitment_extraction import token_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "cue", "head", "source"),
    [
        ("Norway has a plan to lend four ships.", "plan", "lend", ComplementSource.ADJACENT),
        ("Norway is committed to lending four ships.", "committed", "lending", ComplementSource.ADJACENT),
        ("Norway and Chile agreed on Friday to lift tariffs.", "agreed", "lift", ComplementSource.ADJACENT),
        ("Norway and Chile agreed in talks this week to lift tariffs.", "agreed", "lift", ComplementSource.ADJACENT),
        ("The goal of peace unites them.", "goal", "peace", ComplementSource.ADJACENT),
        ("Norway will help Chile to build four ships.", "help", "build", ComplementSource.PARSE),
    ],
)
def test_a_complement_is_found_by_the_first_strategy_that_applies(
    text: str, cue: str, head: str, source: ComplementSource
) -> None:
    complement = find_complement(token_in(text, cue))
    assert complement is not None
    assert (complement.head.text, complement.source) == (head, source)


def test_only_a_scan_reaches_a_verb_that_other_words_separate_from_the_cue() -> None:
    cue = token_in("Norway works with Chile, Peru and Kenya on ports in order to lend ships.", "works")
    complement = find_complement(cue, reach=16)
    assert complement is not None
    assert (complement.head.text, complement.source) == ("lend", ComplementSource.SCAN)


def test_a_title_has_no_complement() -> None:
    assert find_complement(token_in("Norway released the Plan to Conserve Forests.", "Plan")) is None


def test_a_noun_is_no_verb_complement() -> None:
    assert verb_complement(token_in("The goal of peace unites them.", "goal")) is None
