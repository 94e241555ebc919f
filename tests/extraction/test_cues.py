"""The lexicon of cues, and which texts are parsed; without spaCy's model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.cues import cues, has_cue


@pytest.mark.parametrize(
    "text", ["Kenya will pay.", "They’ll pay.", "plans TO pay", "was studied", "the signing", "Norway shall pay"]
)
def test_a_text_with_a_cue_is_parsed(text: str) -> None:
    assert has_cue(text)


def test_a_text_without_a_cue_is_not_parsed() -> None:
    assert not has_cue("The weather was fine.")


def test_cues_with_strengths_are_lower_case_lemmas() -> None:
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
def test_irregular_verb_forms_are_cues(verb: str) -> None:
    assert has_cue(f"Peru {verb} four ships.")
