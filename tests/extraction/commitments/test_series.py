"""Where deeds are found: series that the parse tears apart, bullets, texts that act, deeds told in other ways."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import deeds, notes_of, quotes

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "anchors"),
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
def test_each_member_of_a_series_is_a_deed(text: str, anchors: list[str]) -> None:
    assert deeds(text) == anchors


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Norway plans to open a school in order to train divers and repair ships.", id="of its purpose"),
        pytest.param("Norway will fund schools that train divers, repair ships and clean ports.", id="of its object"),
        pytest.param("Norway will fund a school, to clean its ports, to repair its ships.", id="of what it is for"),
        pytest.param("Norway will fund two roads, and critics say that ministers waste money.", id="of another clause"),
    ],
)
def test_a_verb_coordinated_with_another_than_the_deed_is_none(text: str) -> None:
    assert not {"repair", "clean", "waste"} & set(deeds(text))


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("- Foster secure and humane management of borders", "Foster"),
        ("- Ports: Both states will repair ten piers. Share information on the state of the piers.", "Share"),
        ("- Requires agencies to inventory their ships", "inventory"),
        ("Today's Executive Order bans the import of crude oil.", "bans"),
        ("The order was signed on Monday. It also sets up a review board.", "sets"),
        ("I hereby expand the scope of the emergency.", "expand"),
        ("The President issued an order directing the Secretary of State to establish a council.", "establish"),
        ("They directed the Secretariat of Foreign Relations to engage with their neighbours.", "engage"),
        ("We are fully blocking five banks.", "blocking"),
        ("We have taken steps to place limits on visas for 19 oligarchs.", "place"),
        ("We will do our part to welcome refugees to Norway.", "welcome"),
        ("We will also engage with private firms to promote the sharing of data.", "promote"),
        ("We are open to discussing this proposal.", "discussing"),
        ("Kenya is on track to reopen its embassy in Lima.", "reopen"),
        ("The ministers underlined their resolve to impose sanctions on smugglers.", "impose"),
        ("Agencies are directed to review the port rules.", "review"),
        ("The President is asking that the Department of Labor extend the program.", "extend"),
        ("The order restores clarity by directing all departments to ensure access.", "ensure"),
        ("The two sides discussed expanding the ferry service.", "discussed"),
        ("We are in talks with Peru on a fishing accord.", "talks"),
        ("Norway has entered into negotiations with Chile on a rail link.", "negotiations"),
        ("Peru expressed interest in joining the Lake Pact.", "joining"),
        ("Norway signed the accord, with Chile contributing $5 million to the fund.", "contributing"),
        ("The Minister announced the Lake Partnership to Address the Plastics Crisis.", "Partnership"),
        ("This amendment authorizes nurses to give vaccines.", "authorizes"),
        ("We agree to deepen trade, including launching a fund for ports.", "launching"),
        ("The firm is divesting itself of two mines.", "divesting"),
        ("We embark on a joint effort to build a canal.", "build"),
        ("- A launch by the Space Agency of a portal that will publish maps", "launch"),
        ("Both states will:\n- Identify means for ports to store grain", "Identify"),
        ("This includes improving roads; and confronting the abuse of fuel.", "confronting"),
        ("They signed the following documents:\n- Framework Agreement on Financing a Dam", "Agreement"),
        ("Outcomes:\n- Norway to provide up to $65 million in loans for ports", "provide"),
        ("The Ministers tasked the Working Group with preparing a memorandum on ports.", "preparing"),
        ("Ministers were tasked with finalising an agreement on ports.", "finalising"),
        ("We instructed them to finalise a list of measures.", "finalise"),
    ],
)
def test_deeds_are_found_however_they_are_told(text: str, anchor: str) -> None:
    assert anchor in deeds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our ministers, who meet twice a year, are to gather in London in June.",
        "The plant, to which the firm will send plans in May, is to start work in the third quarter.",
        "She will fly to Oslo, where she will open a school.",
        "They thanked their partners, with whom we shall start three projects in May.",
    ],
)
def test_what_a_relative_clause_only_adds_to_does_not_refuse_a_deed(text: str) -> None:
    assert any(not {"relative"} & set(notes) for notes in notes_of(text)[-1:])


def test_a_relative_clause_that_tells_which_is_meant_undertakes_nothing() -> None:
    assert all(
        "relative" in notes for notes in notes_of("The school that Norway will open is the one which they will fund.")
    )


@pytest.mark.parametrize(
    "text", ["The storm expands the lake.", "It also sets up a review board.", "The minister bans smoking at home."]
)
def test_only_a_text_acts_by_what_it_says(text: str) -> None:
    assert deeds(text) == []


def test_what_one_hyphen_or_dash_joins_is_one_name() -> None:
    assert quotes("Kenya will host the Kenya–Norway Summit.") == ["Kenya will host the Kenya–Norway Summit"]
