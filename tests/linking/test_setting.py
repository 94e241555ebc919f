"""What is asked of a link in each setting: references to the document itself, one more of its kind, years apart."""

from __future__ import annotations

import pytest

from alliance_tui.linking.linkable import linkable_records
from alliance_tui.linking.linker import link_records
from alliance_tui.linking.pair_features import PairFeatures, prepare
from alliance_tui.linking.setting import Setting, are_acts_of_one_form, holds_in, may_be_of_same_days, setting_of_dates
from tests.support.linked_documents import linked_analysis

PURCHASE = "Norland will purchase half a billion Pfizer doses for its neighbours"
ORDER = "Norland’s agencies shall enforce the prohibitions set forth in this order against smugglers of falcons"


def are_linked(first: str, second: str, setting: Setting) -> bool:
    """Whether the first records of two documents, each a sentence, are linked; their other record is different."""
    one, other = (
        prepare(linkable_records(linked_analysis(f"{quote}. {rest}.", (record_of(quote), record_of(rest)))))
        for quote, rest in (
            (first, "Norland will feed the owls of the Eskby lighthouse"),
            (second, "Norland will map the glaciers of Tarn and their moraines"),
        )
    )
    return len(link_records((0, one), (1, other), setting=setting)) == 1


def record_of(quote: str) -> dict[str, object]:
    return {"quote": quote, "parties": ["Norland"], "strength": "committed", "domain": "health"}


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("2029-03-04", "2029-03-07", True),
        ("2029-03-04", "2029-03-08", False),
        ("2029", "2040", True),
        ("2029-03-04", None, True),
    ],
)
def test_a_document_without_a_day_may_be_of_any(one: str, other: str | None, may_be: bool) -> None:
    assert may_be_of_same_days(one, other) is may_be


def test_documents_apart_are_linked_by_the_same_words() -> None:
    assert are_linked(PURCHASE, PURCHASE, Setting.APART)


@pytest.mark.parametrize("which", ["an additional", "the second", "the 2nd"])
def test_one_more_of_its_kind_is_another_undertaking(which: str) -> None:
    other = PURCHASE.replace("purchase", f"purchase {which}")
    assert are_linked(PURCHASE, other, Setting.SIDE_BY_SIDE)
    assert not are_linked(PURCHASE, other, Setting.APART)


@pytest.mark.parametrize(
    ("first", "second", "are_linked_apart"),
    [("200,000 pounds in 2", "200,000 pounds in 2", True), ("200,000 pounds in 2", "318,000 pounds in 2", False)],
)
def test_large_figures_that_differ_are_of_other_undertakings(first: str, second: str, are_linked_apart: bool) -> None:
    one, other = (
        f"Norland will deliver {figures} flights of falcon feed to its neighbours" for figures in (first, second)
    )
    assert are_linked(one, other, Setting.APART) is are_linked_apart
    assert are_linked(one, other, Setting.ONE_OCCASION) is are_linked_apart


@pytest.mark.parametrize(
    ("one", "other", "are_of_one_form"),
    [
        ("Executive Order on Harbours", "Executive Order on Owls", True),
        ("Nominations Sent to the Senate", "Nomination Sent to the Senate", True),
        ("Message to the Congress on Harbours", "Notice on Harbours", False),
        ("Joint Declaration of the Straits", "Joint Declaration on Owls", False),
    ],
)
def test_legal_acts_of_one_form_are_known_by_their_titles(one: str, other: str, are_of_one_form: bool) -> None:
    assert are_acts_of_one_form(one, other) is are_of_one_form


SURE = PairFeatures(*[0.0] * len(PairFeatures._fields))._replace(
    has_shared_party=1.0, same_words=0.6, similar_wording=0.7, shared_content=1.5
)
"""A pair of one occasion that nothing speaks against."""


@pytest.mark.parametrize(
    ("features", "holds"),
    [
        ({}, True),
        ({"has_shared_party": 0.0}, False),
        ({"other_party": 1.0}, False),
        ({"other_party": 1.0, "same_instrument": 1.0}, False),
        ({"other_party": 1.0, "similar_wording": 0.95}, True),
        ({"rivals": 1.0}, True),
        ({"rivals": 1.0, "same_words": 0.5}, False),
        ({"same_words": 0.5}, True),
        ({"other_deadline": 1.0}, False),
    ],
)
def test_more_is_asked_of_records_of_one_occasion_with_other_parties_or_a_better_match(
    features: dict[str, float], holds: bool
) -> None:
    assert holds_in(Setting.ONE_OCCASION, 0.99, SURE._replace(**features)) is holds
    assert holds_in(Setting.SIDE_BY_SIDE, 0.99, SURE._replace(**features))


def test_a_name_and_its_abbreviation_are_the_same_words() -> None:
    spelled = "Norland will raise the budget of its coast guard to two percent of gross domestic product"
    short = "Norland will raise the budget of its coast guard to two percent of GDP"
    assert are_linked(spelled, short, Setting.APART)


def test_what_refers_to_its_own_document_is_not_of_another_one() -> None:
    assert are_linked(ORDER, ORDER, Setting.SIDE_BY_SIDE)
    assert not are_linked(ORDER, ORDER, Setting.ONE_OCCASION)
    assert not are_linked(ORDER, ORDER, Setting.APART)


@pytest.mark.parametrize(
    ("one", "other", "setting"),
    [
        ("2024-04-10", "2024-04-11", Setting.SIDE_BY_SIDE),
        ("2024-04-10", "2025-04-10", Setting.YEARS_APART),
        ("2024-04-10", None, Setting.SIDE_BY_SIDE),
        ("2024-04", "2020-04", Setting.SIDE_BY_SIDE),
    ],
)
def test_documents_that_a_reader_chose_are_years_apart_by_their_dates(
    one: str, other: str | None, setting: Setting
) -> None:
    assert setting_of_dates(one, other) is setting
