"""Parties are named as fully as their column allows, and never wider than it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.explorer.rendering.short_names import ShortNames, all_fit, fit_parties, joined_parties, short_names
from alliance_tui.explorer.rendering.strips import text_width
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.overviews.party_codes import state_codes
from alliance_tui.records import Analysis, EntityType
from tests.support import builders

NAMES = ShortNames({"United States": "US"}, {"United States": "US", "Japan": "JP", "Australia": "AU"})
PARTIES = ("United States", "Japan", "Australia")
texts = st.text(alphabet="abc 日本\u0301\u05e9\u05dc(", min_size=1, max_size=24)


def fitted(width: int, *, ranges: tuple[tuple[int, int], ...] = (), codes: bool = False) -> str:
    return ", ".join(party.text for party in fit_parties(PARTIES, ranges, NAMES, width, ", ", codes=codes))


def test_each_state_of_the_lexicon_has_a_code() -> None:
    codes = state_codes()
    assert set(load(States).states) <= set(codes)
    assert all(len(code) == 2 and code.isupper() for code in codes.values())
    assert len(set(codes.values())) == len(codes)


def test_names_give_way_to_short_names_then_to_codes_then_to_a_number() -> None:
    assert fitted(40) == "United States, Japan, Australia"
    assert fitted(28) == "US, Japan, Australia"
    assert fitted(12) == "US, JP, AU"
    assert fitted(8) == "US, +2"
    assert fitted(40, codes=True) == "US, JP, AU"


def test_a_party_that_matches_is_shown_before_the_others_are_counted() -> None:
    australia = len("United States, Japan, ")
    assert fitted(8, ranges=((australia, australia + 4),)) == "AU, +2"
    (shown, *_) = fit_parties(PARTIES, ((australia, australia + 4),), NAMES, 40, ", ")[2:]
    assert shown.ranges == ((0, 4),)


def test_names_are_joined_with_what_the_query_matches_of_them() -> None:
    japan = len("United States, ")
    assert joined_parties(PARTIES, ((japan, japan + 3),), NAMES, 40) == (", ".join(PARTIES), [(japan, japan + 3)])
    assert joined_parties(PARTIES, ((japan, japan + 3),), NAMES, 12) == ("US, JP, AU", [(4, 6)])
    assert [all_fit(PARTIES, NAMES, width) for width in (40, 10, 9)] == [True, True, False]


def test_an_organisation_is_known_by_the_acronym_that_the_document_uses() -> None:
    document = builders.document("The Atlantic Cable Protection Centre (ACPC) met Portugal.\n")
    centre = builders.entity(
        document, "Atlantic Cable Protection Centre", EntityType.BODY, "Atlantic Cable Protection Centre", "ACPC"
    )
    names = short_names(Analysis(document, (centre,), (), "test", "test"))
    assert names.short["Atlantic Cable Protection Centre"] == "ACPC"
    assert names.codes["Portugal"] == "PT"


@given(st.lists(texts, max_size=6), st.integers(9, 60), st.booleans())
def test_parties_that_can_be_told_apart_fit_their_width(parties: list[str], width: int, codes: bool) -> None:
    shown = fit_parties(parties, (), ShortNames({}, {}), width, ", ", codes=codes)
    total = sum(text_width(party.text) for party in shown) + 2 * max(0, len(shown) - 1)
    assert total <= width or len(shown) == 1
    assert bool(shown) is bool(parties)
