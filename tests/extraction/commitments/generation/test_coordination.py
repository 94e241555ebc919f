"""Coordinated triggers, those included that the parser tears apart."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import triggers_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        pytest.param(
            "- Health: Reduce the abuse of opioids; improve access to care; share lessons; and explore alternatives.",
            ["Reduce", "improve", "share", "explore"],
            id="semicolons",
        ),
        pytest.param(
            "We commit to tackle methane emissions from oil and gas, accelerate the transition to electric vans, and "
            "shift to clean energy.",
            ["tackle", "accelerate", "shift"],
            id="a verb read as the main one",
        ),
        pytest.param(
            "The statute will improve the screening of ships, (2) expand the port of Lima, (3) enhance its piers.",
            ["improve", "expand", "enhance"],
            id="numbers",
        ),
        pytest.param(
            "The order directs agencies to identify risks and, where appropriate, establish new offices.",
            ["identify", "establish"],
            id="where appropriate",
        ),
        pytest.param(
            "Both states affirmed their commitment to joint cooperation to build two ports, open a naval school, and "
            "train forty Kenyan divers in Lima.",
            ["build", "open", "train"],
            id="bare infinitives, after cooperation",
        ),
        pytest.param(
            "Norway plans to fund a school, to train divers, and to repair ships.",
            ["fund", "train", "repair"],
            id="each with its own to",
        ),
        pytest.param(
            "Norway will fund two roads, as well as to repair the old port.", ["fund", "repair"], id="as well as"
        ),
        pytest.param("Norway will fund two roads while also building a port.", ["fund", "building"], id="while also"),
        pytest.param(
            "We will make our supply chains more resilient and expand production in Chile.",
            ["make", "expand"],
            id="after an adjective",
        ),
        pytest.param(
            "This work will include improving two ports to help ships; and building a canal.",
            ["improving", "building"],
            id="what it includes",
        ),
    ],
)
def test_each_member_of_a_series_is_a_trigger(text: str, triggers: list[str]) -> None:
    assert triggers_in(text) == triggers


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norway plans to open a school in order to train divers and repair ships.", id="of its purpose"),
        pytest.param("Norway will fund schools that train divers, repair ships and clean ports.", id="of its object"),
        pytest.param("Norway will fund a school, to clean its ports, to repair its ships.", id="of what it is for"),
        pytest.param("Norway will fund two roads, and critics say that ministers waste money.", id="of another clause"),
    ],
)
def test_a_verb_coordinated_with_another_word_than_the_trigger_is_no_trigger(text: str) -> None:
    assert not {"repair", "clean", "waste"} & set(triggers_in(text))
