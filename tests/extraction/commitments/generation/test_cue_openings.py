"""Triggers in list items, in texts that enact and in the wording of ministries, organisations and news agencies."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import modality_in, quotes_in, triggers_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "trigger"),
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
def test_triggers_are_found_in_items_enactments_and_reports(text: str, trigger: str) -> None:
    assert trigger in triggers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our ministers, who meet twice a year, are to gather in London in June.",
        "The plant, to which the firm will send plans in May, is to start work in the third quarter.",
        "She will fly to Oslo, where she will open a school.",
        "They thanked their partners, with whom we shall start three projects in May.",
    ],
)
def test_a_parenthetical_relative_clause_leaves_a_trigger_factual(text: str) -> None:
    assert any(not {"relative"} & set(modality) for modality in modality_in(text)[-1:])


def test_a_restrictive_relative_clause_is_marked_relative() -> None:
    assert all(
        "relative" in modality
        for modality in modality_in("The school that Norway will open is the one which they will fund.")
    )


@pytest.mark.parametrize(
    "text", ["The storm expands the lake.", "It also sets up a review board.", "The minister bans smoking at home."]
)
def test_only_a_text_enacts(text: str) -> None:
    assert triggers_in(text) == []


def test_words_that_a_hyphen_or_dash_joins_are_one_name() -> None:
    assert quotes_in("Kenya will host the Kenya–Norway Summit.") == ["Kenya will host the Kenya–Norway Summit"]


@pytest.mark.parametrize(
    ("text", "trigger"),
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
def test_the_trigger_of_each_construction_is_found(text: str, trigger: str) -> None:
    assert trigger in triggers_in(text)


def test_the_object_of_a_call_on_others_is_no_trigger() -> None:
    assert "withdraw" not in triggers_in("The ministers called on Chile to withdraw its forces at once.")


@pytest.mark.parametrize(
    "event", ["has supplied 400 doses", "have deposited their instruments", "vaccinated 90 pilots"]
)
def test_a_completed_event_is_a_trigger(event: str) -> None:
    assert triggers_in(f"Norway and Peru {event}.")
