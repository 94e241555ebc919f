"""Segments: how a document's layout is read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.layout.segments import Segment, SegmentKind, segment
from alliance_tui.extraction.layout.speaker_turns import is_questioner

PROSE = "The two governments met in the capital to review their plans for the coming decade."


def kinds(text: str) -> list[str]:
    return [part.kind.value for part in segment(text)]


def body(text: str, part: Segment) -> str:
    return text[part.body : part.end]


def test_each_line_is_a_paragraph_where_text_is_not_hard_wrapped() -> None:
    text = f"{PROSE}\n{PROSE} {PROSE}\n\n{PROSE} {PROSE}"
    assert kinds(text) == ["paragraph"] * 3


def test_hard_wrapped_lines_are_one_paragraph_and_offsets_stay() -> None:
    text = (
        "Arden and Boria decided today that they would build a joint centre for\n"
        "training pilots. The centre will open in the spring and be led by both\n"
        "air forces in turn.\n\n"
        "A second paragraph follows here, which is long enough to be broken into\n"
        "two lines."
    )
    first, second = segment(text)
    assert body(text, first).endswith("in turn.")
    assert second.start == text.index("A second")


def test_a_line_that_continues_a_sentence_is_joined() -> None:
    assert kinds(f"{PROSE}\nRegarding the river, based on\na common view, they will build a dam.") == ["paragraph"] * 2


def test_title_date_and_place_come_before_the_first_prose() -> None:
    text = f"Joint Statement of Arden and Boria\n2031-05-02\nPort Lyle, Arden\n3:14 P.M.\n\n{PROSE}"
    assert kinds(text) == ["title"] * 4 + ["paragraph"]
    assert all(part.body == part.end for part in segment(text)[:4])


def test_a_single_sentence_without_a_stop_is_no_title() -> None:
    assert kinds("Arden will build a bridge") == ["paragraph"]


def test_headings_in_capitals_and_title_case_begin_a_section() -> None:
    text = f"{PROSE}\n\nDEFENCE AND SECURITY\n\n{PROSE}\n\nBuilding a Shared Grid\n\n{PROSE}"
    parts = segment(text)
    assert [part.kind.value for part in parts] == ["paragraph", "heading", "paragraph", "heading", "paragraph"]
    assert [part.section for part in parts[2::2]] == ["DEFENCE AND SECURITY", "Building a Shared Grid"]
    assert parts[1].body == parts[1].end


def test_run_in_headings_are_labels_outside_the_body() -> None:
    text = f"{PROSE}\nStrengthening Joint Patrols: Arden and Boria will add two patrols."
    part = segment(text)[1]
    assert part.label == "Strengthening Joint Patrols"
    assert body(text, part) == "Arden and Boria will add two patrols."


def test_bold_run_in_headings_of_markdown() -> None:
    text = f"{PROSE}\n\n**A New Rail Link:** Arden will fund it.\n"
    part = segment(text)[1]
    assert (part.label, body(text, part)) == ("A New Rail Link", "Arden will fund it.")


def test_a_run_in_heading_with_a_dash_in_an_item() -> None:
    text = f"{PROSE}\n- Clean Water Fund – The parties will pay in equal shares."
    assert segment(text)[1].label == "Clean Water Fund"


def test_a_run_in_heading_may_open_with_a_quoted_name() -> None:
    part = segment(f"{PROSE}\n- “Ports for All” Online Hub: Arden will fund it.")[1]
    assert part.label == "“Ports for All” Online Hub"


def test_the_heading_of_an_item_may_end_in_a_full_stop() -> None:
    text = "Plans\n\n- Deliver Services and Support for Farmers in Need. Arden will fund it.\n"
    part = segment(text)[1]
    assert (part.label, body(text, part)) == ("Deliver Services and Support for Farmers in Need", "Arden will fund it.")


@pytest.mark.parametrize("first", ["Deliver services and support for farmers in need.", "Launch the Coral Fund."])
def test_a_sentence_is_no_heading_of_an_item(first: str) -> None:
    assert segment(f"Plans\n\n- {first} Arden will fund it.\n")[1].label is None


def test_the_beginning_of_a_sentence_before_a_colon_is_no_label() -> None:
    text = f"{PROSE}\nThe minister said: “We will sign.”\nWe agreed on one point: The dam will be built."
    assert [part.label for part in segment(text)] == [None, None, None]


def test_bullets_and_numbers_are_items_and_their_markers_outside_the_body() -> None:
    for mark in ("-", "•", "*", "–", "1.", "2)", "(a)", "(iv)", "1.2"):
        text = f"{PROSE}\n{mark} Arden will build a dam on the river."
        part = segment(text)[1]
        assert part.kind is SegmentKind.ITEM, mark
        assert body(text, part) == "Arden will build a dam on the river."


def test_a_numbered_paragraph_of_prose_is_a_paragraph() -> None:
    prose = "We met in Lima to review our work on fisheries, ports and clinics, and we thank our hosts for their care."
    text = f"Lima Communiqué\n\n1. {prose}\n\n2. Fund two clinics.\n\n3. Open a school in Lima: {prose}"
    assert kinds(text) == ["title", "paragraph", "item", "item"]


def test_an_initial_or_a_year_is_no_marker() -> None:
    assert (
        kinds(f"{PROSE}\nV. Orlo signed for Arden, as he had promised to do.\n2031. That was the year.")[1]
        == "paragraph"
    )


def test_articles_of_a_treaty() -> None:
    text = f"{PROSE}\n\nArticle 3\n\n{PROSE}\n\nArticle 4: The Parties shall consult."
    parts = segment(text)
    assert (parts[1].kind, parts[2].section) == (SegmentKind.HEADING, "Article 3")
    assert (parts[3].kind, parts[3].label, body(text, parts[3])) == (
        SegmentKind.ITEM,
        "Article 4",
        "The Parties shall consult.",
    )


def test_items_refer_to_their_lead_in() -> None:
    text = f"{PROSE}\nThe Forum will:\n- open an office\n- train 40 officers\n{PROSE}\n- Apart from the list."
    assert [part.lead_in for part in segment(text)] == [None, None, 1, 1, None, None]


def test_nested_items_and_their_own_lead_in() -> None:
    text = "The parties will:\n- build a dam, and to that end:\n  (a) lend money\n  (b) send experts\n- build a road"
    assert [part.lead_in for part in segment(text)] == [None, 0, 1, 1, 0]


def test_a_run_in_heading_that_states_a_founding_under_a_lead_in_is_an_item() -> None:
    items = "- **Launch a Skills Fund:** It pays for schools.\n- Set Up a Bank: It lends to farms."
    text = f"{PROSE}\n\nArden will:\n\n{items}"
    bodies = [body(text, part) for part in segment(text)[2:]]
    assert bodies == ["Launch a Skills Fund", "It pays for schools.", "Set Up a Bank", "It lends to farms."]
    assert [part.lead_in for part in segment(text)[2:]] == [1] * 4


@pytest.mark.parametrize("sign", [":", " –", " -", "."])
def test_the_punctuation_after_a_run_in_heading_belongs_to_neither(sign: str) -> None:
    text = f"{PROSE}\n\nArden will:\n\n- Launch a Shared Skills Fund for Schools{sign} It pays for books."
    bodies = [body(text, part) for part in segment(text)[2:]]
    assert bodies == ["Launch a Shared Skills Fund for Schools", "It pays for books."]


@pytest.mark.parametrize(
    ("lead_in", "item"),
    [
        ("Arden will:", "Launch a Skills Fund: Arden will launch a fund for schools."),  # said again
        ("Arden will:", "Support Skills: It pays for schools."),
        ("Arden will fund:", "Launch Pads: It pays for rockets."),
    ],
)
def test_other_run_in_headings_stay_headings(lead_in: str, item: str) -> None:
    part = segment(f"{PROSE}\n\n{lead_in}\n\n- {item}")[-1]
    assert (part.kind, part.label) == (SegmentKind.ITEM, item.split(":")[0])


def test_consecutively_numbered_lines_in_title_case_are_items() -> None:
    text = f"{PROSE}\n\n1. Accord on the Waiver of Visas\n\n2. Shared Ports\n\n{PROSE}\n\n3. Trade in Salt\n\n{PROSE}"
    assert kinds(text) == ["paragraph", "item", "item", "paragraph", "heading", "paragraph"]


def test_items_under_a_lead_in_need_no_marker() -> None:
    text = "The Parties:\nshall consult each other;\nshall share their maps.\n" + PROSE
    assert [part.lead_in for part in segment(text)] == [None, 0, 0, None]


def test_a_subject_above_its_items_is_no_heading() -> None:
    text = f"{PROSE}\n\nThe Kingdom of Arden:\n- will open its ports\n- intends to lower tariffs"
    assert kinds(text) == ["paragraph", "paragraph", "item", "item"]


def test_a_turn_of_speech_lasts_until_the_next() -> None:
    text = (
        "PRESIDENT ORLO: (As interpreted.) Good afternoon.\n\nWe will sign today.\n\n"
        "MS. VANE: Thank you.\n\nQ  Will you build it?\n\nPRESIDENT ORLO: We will."
    )
    parts = segment(text)
    assert [part.speaker for part in parts] == ["PRESIDENT ORLO"] * 2 + ["MS. VANE", "Q", "PRESIDENT ORLO"]
    assert body(text, parts[0]) == "Good afternoon."
    assert body(text, parts[3]) == "Will you build it?"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("**Prime Minister Orlo:** ", "**President Vane (As interpreted.)**: ", id="bold"),
        pytest.param("Prime Minister Orlo\n\n", "President Vane (As interpreted.)\n\n", id="on a line of its own"),
        pytest.param("President of Arden Ilya Orlo: ", "Bund Secretary-General, Jens Vane: ", id="office and name"),
        pytest.param("ILYA ORLO [Secretary-General]: ", "ANA VANE [President]: ", id="role in brackets"),
        pytest.param("Ilya Orlo: ", "Ana Vane: ", id="names alone"),
    ],
)
def test_forms_of_speaker_labels(first: str, second: str) -> None:
    text = f"{first}I thank you.\n\n{second}We will help you.\n\n" * 2
    names = ("Orlo", "Vane") if "ORLO" not in first else ("ORLO", "VANE")
    speakers = [part.speaker for part in segment(text) if part.body < part.end]
    assert len(speakers) == 4
    assert [next(name for name in names if name in (speaker or "")) for speaker in speakers] == [*names, *names]


def test_repeated_run_in_headings_are_no_speakers() -> None:
    text = "\n\n".join(f"{topic}: {PROSE}" for topic in ("Clean Energy", "Public Health") * 2)
    assert {part.speaker for part in segment(text)} == {None}


@pytest.mark.parametrize("label", ["Q", "QUESTION", "Question Vane", "Journalist", "AUDIENCE MEMBERS"])
def test_questioners_by_their_labels(label: str) -> None:
    assert is_questioner(label)


@pytest.mark.parametrize("label", ["PRESS SECRETARY VANE", "MODERATOR", "President Orlo"])
def test_speakers_who_are_no_questioners(label: str) -> None:
    assert not is_questioner(label)


def test_capitals_before_a_colon_that_name_no_speaker_are_run_in_headings() -> None:
    text = "\n".join(f"{topic}: {PROSE}" for topic in ("ENERGY", "HEALTH", "TRADE", "WATER"))
    assert {part.speaker for part in segment(text)} == {None}
    assert segment(text)[1].label == "HEALTH"


def test_a_short_remark_in_a_transcript_is_no_heading() -> None:
    text = f"PRESIDENT ORLO: {PROSE}\n\nOkay, Next Question\n\n{PROSE}"
    assert kinds(text) == ["paragraph"] * 3


def test_a_dateline_is_outside_the_body() -> None:
    text = f"PORT LYLE, April 10 (ANA) — {PROSE}"
    assert body(text, segment(text)[0]) == PROSE


@pytest.mark.parametrize(
    "place",
    [
        "PORT LYLE, Norland (AP) — ",
        "LYLE/ORLO, May 18 (Coast Wire) - ",
        "LYLE, Sept. 8 (Coast Wire) -- ",
        "Lyle, 3 May 2031 – ",
        "Port Lyle, United Coasts – ",
    ],
)
def test_a_dateline_may_name_region_agency_and_day(place: str) -> None:
    text = f"{place}{PROSE}"
    assert body(text, segment(text)[0]) == PROSE


@pytest.mark.parametrize("label", ["Exercises", "Science and technology", "Maritime capacity building"])
def test_a_few_words_before_a_full_stop_are_the_heading_of_an_item(label: str) -> None:
    assert [part.label for part in segment(f"They agreed:\n• {label}. {PROSE}\n• {label}. {PROSE}")[1:]] == [label] * 2


@pytest.mark.parametrize("sentence", ["Norway will pay", "Launch the Coral Fund", "Opening new schools", "The Navy"])
def test_a_short_sentence_an_imperative_and_a_subject_are_no_heading(sentence: str) -> None:
    assert segment(f"They agreed:\n• {sentence}. {PROSE}")[1].label is None


def test_rules_and_page_numbers_belong_to_no_segment() -> None:
    assert kinds(f"{PROSE}\n\n# # #\n\n12\n\n--------\n\nPage 3 of 9\n\n{PROSE}") == ["paragraph", "paragraph"]


def test_a_very_long_paragraph_is_split_after_a_sentence() -> None:
    text = f"{PROSE} " * 300
    parts = segment(text)
    assert len(parts) > 1
    assert all(body(text, part).startswith("The two") and body(text, part).endswith("decade.") for part in parts)


@pytest.mark.parametrize("gap", ["; ", ", ", " and "])
def test_a_very_long_sentence_is_split_after_a_clause(gap: str) -> None:
    clause = "the Parties will share the costs of each port"
    text = gap.join([clause] * 200)
    parts = list(segment(text))
    assert all(part.end - part.body <= 1_000 for part in parts[:-1])
    assert {body(text, part).strip(",; ").removeprefix("and ").startswith("the Parties") for part in parts} == {True}


def test_a_very_long_word_is_split() -> None:
    assert max(part.end - part.start for part in segment("x" * 50_000)) <= 3_000


def test_long_white_space_is_no_segment() -> None:
    text = PROSE + " " * 50_000 + PROSE
    assert [body(text, part) for part in segment(text)] == [PROSE, PROSE]


def test_an_empty_text_has_no_segments() -> None:
    assert segment("") == segment(" \n\n ") == []


LINES = f"""\
{PROSE}
A Heading
LOUD HEADING
- item
  - deeper:
1. point
(a) point
Label: Text here.
Q  Why?
PRESIDENT ORLO: Yes.
Article 1
The parties will:
lower case
**Bold:** Text
###
2031-01-01
—
é x

""".split("\n")


def assert_in_order_and_disjoint(parts: Sequence[Segment], text: str) -> None:
    reached = 0
    for index, part in enumerate(parts):
        assert reached <= part.start < part.end <= len(text)
        assert part.start <= part.body <= part.end
        assert part.lead_in is None or part.lead_in < index
        reached = part.end


@given(st.lists(st.sampled_from(LINES), max_size=20).map("\n".join))
def test_segments_are_in_order_disjoint_and_cover_all_words(text: str) -> None:
    parts = segment(text)
    assert_in_order_and_disjoint(parts, text)
    left = "".join(c for i, c in enumerate(text) if not any(p.start <= i < p.end for p in parts))
    assert not any(c.isalpha() for c in left)


@given(st.text(max_size=300))
def test_any_text_has_segments_in_order_and_disjoint(text: str) -> None:
    assert_in_order_and_disjoint(segment(text), text)
