"""The evidence of an agreement, its anchor and its title: the shortest clause with actor, cue and object."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in, only_agreement_in, quotes_in, records_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        pytest.param(
            "Norway will send two frigates to Mombasa to protect the port, including by patrolling the coast.",
            "Norway will send two frigates to Mombasa",
            id="without purpose and means",
        ),
        pytest.param(
            "Chile will lend four tugboats, which are moored at Callao.",
            "Chile will lend four tugboats",
            id="without an aside",
        ),
        pytest.param(
            "Chile will lend four tugboats because the port needs them.",
            "Chile will lend four tugboats",
            id="without the reason",
        ),
        pytest.param(
            "Norway said that it will lend Chile four tugboats and that the port is old.",
            "Norway said that it will lend Chile four tugboats",
            id="without what else is said",
        ),
        pytest.param(
            "Chile will lend four tugboats; the port is old.",
            "Chile will lend four tugboats",
            id="without the next clause",
        ),
        pytest.param(
            "Norway will supply rifles, tents, and field kitchens.",
            "Norway will supply rifles, tents, and field kitchens",
            id="with the whole list",
        ),
        pytest.param(
            "By 2033, Chile will open a naval school.",
            "By 2033, Chile will open a naval school",
            id="with when, before the subject",
        ),
        pytest.param(
            "Norway will use the Polar Research Fund to pay for two stations.",
            "Norway will use the Polar Research Fund to pay for two stations",
            id="with what it is used for",
        ),
        pytest.param(
            "Norway said it will lend a ship to Chile.",
            "Norway said it will lend a ship to Chile",
            id="with the saying, where who speaks undertakes",
        ),
        pytest.param(
            "Amina Wekesa said that Kenya will buy ten helicopters.",
            "Kenya will buy ten helicopters",
            id="without it, where another speaks",
        ),
        pytest.param(
            "“Kenya will buy ten helicopters,” Amina Wekesa told reporters.",
            "Kenya will buy ten helicopters",
            id="not beyond its quotation",
        ),
        pytest.param(
            "Norway, Kenya and Chile will share radar data.",
            "Norway, Kenya and Chile will share radar data",
            id="with all who act",
        ),
    ],
)
def test_evidence_is_the_shortest_clause_with_actor_cue_and_object(text: str, evidence: str) -> None:
    assert quotes_in(text) == [evidence]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norway plans to explore the possibility of building a shipyard in Kenya.", "explore"),
        ("Norway will work with Kenya to build a radar station.", "build"),
        ("Norway will make every effort to build a radar station.", "build"),
        ("Norway will begin building a radar station.", "building"),
        ("Kenya will take steps to open two radar stations.", "open"),
        ("Norway and Chile announced the establishment of a Polar Research Fund.", "establishment"),
        ("Norway welcomed the signing of a fisheries agreement between Chile and Peru.", "signing"),
        ("Norway pledged 40 million dollars for the port of Lamu.", "pledged"),
        ("Four minesweepers will be delivered to Chile by Norway in 2032.", "delivered"),
    ],
)
def test_the_trigger_is_the_content_word_under_the_last_cue(text: str, trigger: str) -> None:
    assert only_agreement_in(text).trigger.quote == trigger


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (
            "Norway will upgrade its radar network and buy six patrol aircraft.",
            ["Norway will upgrade its radar network", "buy six patrol aircraft"],
        ),
        (
            "Kenya and Norway agreed to share radar data and to open a joint school for divers.",
            ["Kenya and Norway agreed to share radar data", "to open a joint school for divers"],
        ),
        (
            "Chile will not only lend four tugboats but also train their crews.",
            ["Chile will not only lend four tugboats", "train their crews"],
        ),
        (
            "Norway will lend three tugboats, while Kenya will train their crews.",
            ["Norway will lend three tugboats", "Kenya will train their crews"],
        ),
        (
            "Chile will lend four tugboats, and Peru will train their crews.",
            ["Chile will lend four tugboats", "Peru will train their crews"],
        ),
        (
            "Chile and Peru intend to share radar data, train forty divers, and open a naval school.",
            ["Chile and Peru intend to share radar data", "train forty divers", "open a naval school"],
        ),
        (
            "Norway is expanding its coast guard and opening two new ports in Lamu.",
            ["Norway is expanding its coast guard", "opening two new ports in Lamu"],
        ),
    ],
)
def test_two_verbs_with_their_own_objects_are_two_records(text: str, evidence: list[str]) -> None:
    assert quotes_in(text) == evidence


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will build and run two radar stations.",
        "Norway and Kenya will build, run and repair two radar stations.",
        "Norway will supply rifles, tents, and field kitchens.",
    ],
)
def test_verbs_that_share_an_object_and_objects_that_share_a_verb_are_one_record(text: str) -> None:
    assert len(agreements_in(text)) == 1


BULLETS = """Norway and Kenya Joint Statement

Norway and Kenya will:

- Open a joint school for divers.
- Launch a Coral Survey Programme by 2033.
- Explore the sale of two icebreakers.
"""


def test_the_last_item_of_an_inclusion_is_found_wherever_the_parser_attaches_it() -> None:
    text = (
        "Norway’s new policy has included a commitment to raise defense spending to 3% of gross domestic product by "
        "2035 and most recently a loosening of strict arms export rules to allow the sale of frigates."
    )
    assert [r.trigger.quote for r in agreements_in(text)] == ["raise", "loosening"]


def test_an_item_with_its_own_subject_takes_nothing_from_its_lead_in() -> None:
    records = agreements_in(
        "The two sides will take these steps:\n\n- Chile will build a hospital.\n- Peru will train 200 nurses.\n"
    )
    assert [(r.trigger.quote, r.parties) for r in records] == [("build", ("Chile",)), ("train", ("Peru",))]


@pytest.mark.parametrize("when", ["", " at the Summit", " on Monday"])
def test_a_future_announcement_is_quoted_with_its_subject(when: str) -> None:
    text = f"Kenya will announce{when} a new fund for fishing towns."
    assert [(r.evidence.quote, r.strength) for r in agreements_in(text)] == [(text.rstrip("."), "committed")]


def test_a_verb_coordinated_within_a_purpose_clause_is_no_trigger() -> None:
    assert [
        r.trigger.quote for r in agreements_in("Peru will fund a commission to review and determine port fees.")
    ] == ["fund"]


def test_a_lead_in_gives_actor_and_cue_to_each_item() -> None:
    records = agreements_in(BULLETS)
    assert [record.trigger.quote for record in records] == ["Open", "Launch", "Explore"]
    assert [record.strength for record in records] == ["committed", "committed", "explored"]
    assert {record.parties for record in records} == {("Norway", "Kenya")}
    above = BULLETS.index("will:")
    assert all(record.cues[0].start == above for record in records)


@pytest.mark.parametrize(
    ("lead_in", "bullets", "strength"),
    [
        ("announced", ("A new partnership on tidal power", "The launch of a Coral Survey Programme"), "agreed"),
        ("are committed to", ("Opening a naval school", "Training forty divers"), "committed"),
        ("agreed to", ("Open a naval school", "Train forty divers"), "agreed"),
        ("shall", ("Return the vessels", "Exchange lists of divers"), "binding"),
    ],
)
def test_the_cue_at_the_end_of_a_lead_in_governs_its_items(
    lead_in: str, bullets: tuple[str, str], strength: str
) -> None:
    text = f"Chile and Peru {lead_in}:\n\n" + "".join(f"- {bullet}.\n" for bullet in bullets)
    records = agreements_in(text)
    assert tuple(record.evidence.quote for record in records) == bullets
    assert {record.strength for record in records} == {strength}
    assert {record.parties for record in records} == {("Chile", "Peru")}


def test_a_list_without_a_cue_above_it_undertakes_nothing() -> None:
    assert records_in("The port of Callao is known for:\n\n- Fresh fish.\n- Old ships.\n") == ()


def test_items_without_a_lead_in_undertake_by_themselves() -> None:
    text = (
        "The governments issued this list.\n\n"
        "- Increase the number of exchange students to 400 by 2033.\n"
        "- Launching a joint fund of $20 million for ports.\n"
        "- Norway is a kingdom.\n"
    )
    records = agreements_in(text)
    assert [(r.trigger.quote, r.strength, r.parties) for r in records] == [
        ("Increase", "committed", ()),
        ("Launching", "committed", ()),
    ]


def test_items_in_lower_case_continue_their_lead_in() -> None:
    text = "Chile and Peru intend to:\n\n• build a shared radar station;\n• train forty divers."
    records = agreements_in(text)
    assert [record.evidence.quote for record in records] == ["build a shared radar station", "train forty divers"]
    assert {record.strength for record in records} == {"planned"}


def test_a_record_has_its_heading_as_section_and_does_not_quote_it() -> None:
    text = "Kenya and Norway Open Joint Naval School\n\nKenya and Norway signed a fisheries agreement on Monday."
    record = only_agreement_in(text)
    assert record.evidence.quote == "Kenya and Norway signed a fisheries agreement on Monday"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Norway plans to send two frigates to Mombasa.", "Send two frigates to Mombasa"),
        ("Four minesweepers will be delivered to Chile.", "Deliver four minesweepers to Chile"),
        ("Portuguese ships will be delivered to Chile.", "Deliver Portuguese ships to Chile"),
        ("AI chips will be delivered to Chile.", "Deliver AI chips to Chile"),
        (
            "Norway and Chile announced the establishment of a Polar Research Fund.",
            "Establishment of a Polar Research Fund",
        ),
        ("Norway will begin building a radar station.", "Build a radar station"),
        ("“Kenya will buy ten helicopters,” Amina Wekesa told reporters.", "Buy ten helicopters"),
        ("Norway and Chile agreed to re-establish the Harbour Committee.", "Re-establish the Harbour Committee"),
        ("Chile will finalise its plan for four ports.", "Finalise its plan for four ports"),
        ("Ghana and Norway signed on Tuesday the memorandum on a clinic.", "Sign the memorandum on a clinic"),
        ("Norway will send next year four ships to Kenya.", "Send four ships to Kenya"),
        ("Norway will increase by half its aid to Kenya.", "Increase by half its aid to Kenya"),
    ],
)
def test_a_title_is_an_imperative_in_the_text_s_own_words(text: str, title: str) -> None:
    assert only_agreement_in(text).title == title


@pytest.mark.parametrize(
    "text", [BULLETS, "Norway reiterated its plan to open a consulate.", "Kenya and Norway will deepen their ties."]
)
def test_every_record_names_its_rule_and_its_cues(text: str) -> None:
    records = records_in(text)
    assert records
    for record in records:
        assert record.rule and record.cues
        assert len(set(record.cues)) == len(record.cues)
        assert all(cue.quote in record.rule for cue in record.cues)
        assert record.evidence.start <= record.trigger.start < record.trigger.end <= record.evidence.end


def test_records_come_in_the_order_of_the_text_and_the_same_every_time() -> None:
    records = records_in(BULLETS)
    assert records == records_in(BULLETS)
    assert [record.evidence.start for record in records] == sorted(record.evidence.start for record in records)
    assert len({record.id for record in records}) == len(records)


def test_the_trigger_of_a_caused_event_is_the_event() -> None:
    record = only_agreement_in("Chile and Peru agreed to have their coast guards meet twice a year in Lima.")
    assert record.trigger.quote == "meet"


def test_the_trigger_of_an_announced_plan_is_its_action() -> None:
    record = only_agreement_in("Acme Motors unveiled a plan that would close two plants in Chile.")
    assert record.trigger.quote == "close"


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        pytest.param(
            "Chile and Peru intend to increase patrols to trace the illegal sale of fish, to buy two radar stations, "
            "and to lend four ships to Kenya.",
            ["increase", "buy", "lend"],
            id="infinitives",
        ),
        pytest.param(
            "Peru is committed to building radar stations, lending four ships to Kenya, and opening a naval school, "
            "including by hiring crews, buying fuel, and paying fees.",
            ["building", "lending", "opening"],
            id="gerunds, without the means",
        ),
        pytest.param(
            "Peru commits to building two radar stations, to opening a naval school and to training forty divers.",
            ["building", "opening", "training"],
            id="gerunds, each with to",
        ),
        pytest.param(
            "Peru will build two ports, in addition to training forty Kenyan divers in Lima.",
            ["build", "training"],
            id="what is done besides",
        ),
        pytest.param(
            "Chile and Peru will launch a Harbour Pact, through which both countries intend to train forty divers.",
            ["launch", "train"],
            id="what is done by means of it",
        ),
        pytest.param(
            "The president announced the intention of Norway to sign a memorandum of understanding with Peru.",
            ["sign"],
            id="whose intention it is",
        ),
        pytest.param("We were able to sign a lease for 99 years.", ["sign"], id="what one was able to do"),
        pytest.param("Chile and Peru are proud to open a naval school.", ["open"], id="what one is proud to do"),
        pytest.param("I welcomed Kenya in joining the Harbour Pact.", ["joining"], id="what another is welcomed for"),
        pytest.param("Peru will help train forty Kenyan divers.", ["train"], id="what one helps do"),
        pytest.param(
            "Chile and Peru welcome the Statement of Intent signed by their ministers on 4 May 2031.",
            ["signed"],
            id="what was made",
        ),
    ],
)
def test_each_member_of_a_series_is_a_record(text: str, triggers: list[str]) -> None:
    assert [record.trigger.quote for record in agreements_in(text)] == triggers


def test_a_verb_in_a_name_is_no_trigger() -> None:
    assert "Conserve" not in [
        record.trigger.quote for record in records_in("Norway released the Plan to Conserve Forests.")
    ]


def test_an_item_continues_the_clause_of_its_lead_in() -> None:
    text = (
        "Chile and Peru are committed to:\n\n- Building radar stations by linking ports across the coast and to train "
        "crews through exchanges focused on fish.\n- Opening a naval school in Lima.\n"
    )
    assert [record.trigger.quote for record in agreements_in(text)][-2:] == ["Building", "Opening"]


def test_verbs_joined_by_and_share_their_auxiliary() -> None:
    assert quotes_in("Norway is building a radar station in Lamu and sending four ships to Kenya.")[1:] == [
        "sending four ships to Kenya"
    ]
