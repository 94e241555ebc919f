"""Deeds told in the ways of ministries, organisations and news agencies, whatever the model makes of them."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.cues import has_cue
from tests.support.commitment_extraction import deeds, words_of

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        pytest.param("Both sides will, where appropriate, share radar data.", "share", id="parted by where"),
        pytest.param("The Parties will, to the extent possible, share radar data.", "share", id="parted by how far"),
        pytest.param(
            "The Fund and the Bank will, subject to final approval, provide 50 million dollars in loans.",
            "provide",
            id="parted by a condition",
        ),
        pytest.param("Norway and Chile agreed on Friday to lift tariffs on fish.", "lift", id="past a day"),
        pytest.param("Norway and Chile agreed in Oslo to lift tariffs on fish.", "lift", id="past a place"),
        pytest.param("Norway and Chile agreed in talks this week to lift tariffs.", "lift", id="past the talks"),
        pytest.param("Norway and Chile agreed at a meeting in Oslo to lift tariffs.", "lift", id="past a meeting"),
        pytest.param("Norway and Chile agreed in principle to lift tariffs.", "lift", id="in principle"),
        pytest.param("We decided today on a new brigade for the north.", "brigade", id="past today"),
        pytest.param("Kenya commits itself to continuing its reforms of ports.", "continuing", id="itself"),
        pytest.param("The parties have put in place a hotline between their ports.", "put", id="put in place"),
        pytest.param("Norway stood up a cyber unit in Bergen.", "stood", id="stand up"),
        pytest.param("Norway gave its approval for the transfer of ten ships.", "gave", id="give approval"),
        pytest.param("The agreement takes effect on the day of its signature.", "takes", id="take effect"),
        pytest.param("They welcomed the entry into force of the Lamu Treaty.", "entry", id="entry into force"),
        pytest.param(
            "The next round of talks, to be hosted by Kenya in May, was prepared.", "hosted", id="yet to be done"
        ),
        pytest.param("Signed in Suva on 23 April by the two ministers.", "Signed", id="signed"),
        pytest.param("Talks are under way on the lease of two ships.", "Talks", id="under way"),
        pytest.param("The first phase will see 400 troops rotate through Darwin.", "rotate", id="will see"),
        pytest.param("Both sides expect to open the bridge by December.", "open", id="expect to"),
        pytest.param(
            "They agreed that he should lead the work, and directed the Secretary to report by May.",
            "report",
            id="directed, beside what should be",
        ),
    ],
)
def test_a_deed_is_found_however_it_is_told(text: str, deed: str) -> None:
    assert deed in deeds(text)


@pytest.mark.parametrize(
    "text",
    [
        "We do everything that we will, use every means that we have to bring them home.",
        "still recommending that states, where they would, mandate vaccines.",
        "But we will, of course, be responding, as you noted.",
    ],
)
def test_a_modal_that_is_not_parted_from_its_verb_leaves_a_sound_tree(text: str) -> None:
    assert all(word == word.sent.root or word.sent.root in word.ancestors for word in words_of(text))


def test_what_another_is_called_on_to_do_is_no_deed() -> None:
    assert "withdraw" not in deeds("The ministers called on Chile to withdraw its forces at once.")


@pytest.mark.parametrize("told", ["has supplied 400 doses", "have deposited their instruments", "vaccinated 90 pilots"])
def test_what_is_told_as_done_is_a_deed(told: str) -> None:
    assert deeds(f"Norway and Peru {told}.")


@pytest.mark.parametrize("verb", ["bought", "won", "sold", "built", "froze", "withdrew", "sent", "chose"])
def test_irregular_verbs_are_seen_before_anything_is_parsed(verb: str) -> None:
    assert has_cue(f"Peru {verb} four ships.")
