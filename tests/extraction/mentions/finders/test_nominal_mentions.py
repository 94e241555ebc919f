"""Nominal mentions: a head noun that refers back to a longer name."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.nominal_mentions import find_nominal_mentions
from alliance_tui.records import EntityType


def name_of_the_committee(text: str) -> str:
    """What the last "the Committee" of a text that names two committees refers to."""
    names = ("Ports Committee", "Human Rights Committee")
    starts = sorted((i, name) for name in names for i in range(len(text)) if text.startswith(name, i))
    mentions = [EntityMention(i, i + len(name), name, EntityType.BODY, 2) for i, name in starts]
    return list(find_nominal_mentions(text, mentions))[-1].name


def test_it_refers_to_what_was_named_most_often() -> None:
    text = "The Human Rights Committee met the Ports Committee. The Human Rights Committee spoke. the Committee left."
    assert name_of_the_committee(text) == "Human Rights Committee"


@pytest.mark.parametrize(
    "definition", ["(hereinafter referred to as the Committee)", "(hereinafter “the Committee”)", "(the “Committee”)"]
)
def test_a_short_form_that_the_text_defines_goes_before(definition: str) -> None:
    text = (
        "The Human Rights Committee met. The Human Rights Committee spoke. "
        f"There shall be a Ports Committee {definition}. In May the Committee shall meet."
    )
    assert name_of_the_committee(text) == "Ports Committee"
