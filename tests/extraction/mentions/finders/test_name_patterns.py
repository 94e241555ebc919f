"""Names that follow a pattern: designations, ships, resolutions, ministries, places of issue."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.finders.name_patterns import find_pattern_mentions
from tests.support.name_recognition import typed_names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("18 F-16 Block 52+ jets", "F-16 Block 52+", "system"),
        ("an AN/TPY-2 radar", "AN/TPY-2", "system"),
        ("old M113 armored personnel carriers", "M113", "system"),
        ("two F-16 aircraft", "F-16", "system"),
        ("four Island-class patrol boats", "Island-class patrol boats", "system"),
        ("HMS Heron sailed", "HMS Heron", "system"),
        ("they met at COASTAL LANTERN in May", "COASTAL LANTERN", "event"),
        ("under UN Security Council resolutions", "UN Security Council resolutions", "instrument"),
        ("as UNSCR 2321 says", "UNSCR 2321", "instrument"),
        ("Kenya’s Foreign Ministry said", "Kenya’s Foreign Ministry", "organisation"),
        ("the Norwegian defence ministry said", "Norwegian defence ministry", "organisation"),
        ("ships of the Norwegian coast guard", "Norwegian coast guard", "unit"),
        ("Peru’s navy said", "Peru’s navy", "unit"),
        ("six P-3K2 Orions", "P-3K2 Orions", "system"),
        ("ROKS Hong Gil Dong II sailed", "ROKS Hong Gil Dong II", "system"),
        ("under Security Council resolutions", "Security Council resolutions", "instrument"),
        ("PALACE OF LAMU\nOffice of the Press Secretary\nMay 4", "Office of the Press Secretary", "organisation"),
        ("Communiqué\nDorne Bay, 4 May 2031\nThey met.", "Dorne Bay", "place"),
        ("Communiqué\nDorne, Norway\nThey met.", "Dorne", "place"),
    ],
)
def test_designations_offices_and_places_of_issue_follow_patterns(text: str, name: str, kind: str) -> None:
    assert (name, kind) in typed_names(text)


@pytest.mark.parametrize("line", ["Monday, 4 May", "Ada Lund, Norway", "Joint Statement, May 2031", "Fisheries, trade"])
def test_what_only_looks_like_a_place_of_issue_is_none(line: str) -> None:
    assert not [name for name in typed_names(f"Communiqué\n{line}\nThey met.") if name[1] == "place"]


def test_resolutions_have_one_canonical_form_and_differ_by_number() -> None:
    text = (
        "UNSCRs and U.N. Security Council resolutions, UNSCR 2231 and United Nations Security Council Resolution 1325"
    )
    council = "United Nations Security Council"
    assert [mention.name for mention in find_pattern_mentions(text)] == [
        f"{council} resolutions",
        f"{council} resolutions",
        f"{council} Resolution 2231",
        f"{council} Resolution 1325",
    ]


@pytest.mark.parametrize("text", ["a world leader in G7 vehicles", "World-class frigates", "III. EXTERNAL RELATIONS"])
def test_what_only_looks_like_a_designation_is_none(text: str) -> None:
    assert not [name for name in typed_names(text) if name[1] in ("system", "event")]


@pytest.mark.timeout(10)
def test_a_long_list_of_fields_without_an_end_is_read_at_once() -> None:
    assert not [name for name in typed_names("Department of " + "Agriculture, " * 60) if "," in name[0]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Ministry of Culture, Sports and Tourism said", "Ministry of Culture, Sports and Tourism"),
        (
            "the Department of Agriculture, Water and the Environment",
            "Department of Agriculture, Water and the Environment",
        ),
        ("the Ministry for Trade, Energy, and Fisheries", "Ministry for Trade, Energy, and Fisheries"),
        ("Admiral Shipping will sail", "Admiral Shipping"),
        ("Captain Foods Ltd said", "Captain Foods Ltd"),
        ("a plant of Major Energy", "Major Energy"),
    ],
)
def test_ministries_of_several_fields_and_firms_named_like_officers_are_organisations(text: str, name: str) -> None:
    assert (name, "organisation") in typed_names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Ministry of Health, Kenya and Norway will meet", "Ministry of Health, Kenya and Norway"),
        ("the Ministry of Health, Bergen Clinics and Norway", "Ministry of Health, Bergen Clinics and Norway"),
        ("the Major Energy Projects of Lamu", "Major Energy"),
        ("Minister Energy", "Minister Energy"),
    ],
)
def test_what_stands_beside_a_ministry_or_a_rank_is_no_part_of_its_name(text: str, name: str) -> None:
    assert name not in [found for found, _ in typed_names(text)]
