"""The lexicon of cues, and which texts are parsed; without spaCy's model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.cues import cues, has_cue


@pytest.mark.parametrize(
    "text", ["Kenya will pay.", "They’ll pay.", "plans TO pay", "was studied", "the signing", "Norway shall pay"]
)
def test_what_may_undertake_is_parsed(text: str) -> None:
    assert has_cue(text)


def test_what_cannot_is_not() -> None:
    assert not has_cue("The weather was fine.")


def test_the_ladders_of_cues_hold_lemmas_in_lower_case() -> None:
    known = cues()
    for ladder in (
        known.commissive_verbs,
        known.commissive_adjectives,
        known.commissive_nouns,
        known.event_verbs,
        known.progressive_event_verbs,
        known.event_nouns,
    ):
        assert ladder and all(lemma == lemma.lower() for lemma in ladder)


@pytest.mark.parametrize("verb", ["bought", "won", "sold", "built", "froze", "withdrew", "sent", "chose"])
def test_irregular_verbs_are_seen_before_anything_is_parsed(verb: str) -> None:
    assert has_cue(f"Peru {verb} four ships.")
