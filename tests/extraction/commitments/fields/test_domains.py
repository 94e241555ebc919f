"""The domain by the words of a text; without spaCy's model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.fields.domains import (
    carry_domains_forward,
    classify_domain,
    document_profile,
    domain_scores,
)
from alliance_tui.records import Document, Domain
from tests.support.commitment_extraction import make_agreement


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("a solar power plant", Domain.ENERGY_CLIMATE),
        ("vaccines for sailors", Domain.HEALTH),
        ("a lunar lander", Domain.SPACE),
        ("missile defence radars", Domain.AIR_MISSILE_DEFENCE),
        ("will purchase 40 missile interceptors", Domain.DEFENCE_INDUSTRY),
        ("a progress report each year", Domain.DIPLOMACY_INSTITUTIONS),
        ("the Lamu naval base", Domain.POSTURE_EXERCISES),
        ("a spoon", Domain.OTHER),
        ("", Domain.OTHER),
    ],
)
def test_the_field_most_spoken_of_is_the_domain(text: str, field: Domain) -> None:
    assert classify_domain([(text, 1.0)], {}) is field


def test_the_words_of_the_deed_weigh_more_than_those_around_it() -> None:
    texts = [("a cancer hospital", 3.0), ("in the shade of a solar power plant", 1.0)]
    assert classify_domain(texts, {}) is Domain.HEALTH
    assert classify_domain([(text, 4.0 - weight) for text, weight in texts], {}) is Domain.ENERGY_CLIMATE


def test_in_what_form_parties_act_says_less_than_in_what_field() -> None:
    assert classify_domain([("a ministerial dialogue", 1.0)], {}) is Domain.DIPLOMACY_INSTITUTIONS
    assert classify_domain([("a dialogue on hydrogen", 1.0)], {}) is Domain.ENERGY_CLIMATE
    assert classify_domain([("a loan of $2 billion", 1.0)], {}) is Domain.TRADE_INVESTMENT
    assert classify_domain([("a loan of $2 billion for vaccines", 1.0)], {}) is Domain.HEALTH


def test_a_mark_begins_a_word_counts_once_and_ends_where_it_is_closed() -> None:
    assert domain_scores([("reactors, a reactor", 1.0)]) == domain_scores([("reactor", 1.0)])
    assert domain_scores([("the moon", 1.0)])[Domain.SPACE] > 0
    assert domain_scores([("a moonlit honeymoon", 1.0)])[Domain.SPACE] == 0


PAIR = Document.from_text("Chile will open a hospital. Chile will pay for that in full.", title="test")

HOSPITAL = make_agreement(PAIR, "Chile will open a hospital", Domain.HEALTH)


@pytest.mark.parametrize("own", [Domain.OTHER, Domain.DIPLOMACY_INSTITUTIONS])
def test_what_points_back_has_the_field_of_what_it_points_to(own: Domain) -> None:
    that = make_agreement(PAIR, "Chile will pay for that in full", own)
    assert [one.domain for one in carry_domains_forward([HOSPITAL, that])] == [Domain.HEALTH, Domain.HEALTH]


def test_what_has_a_field_of_its_own_keeps_it() -> None:
    that = make_agreement(PAIR, "Chile will pay for that in full", Domain.EXPORT_BUDGET)
    assert carry_domains_forward([HOSPITAL, that])[1].domain is Domain.EXPORT_BUDGET


def test_but_not_across_sections() -> None:
    elsewhere = make_agreement(PAIR, "Chile will pay for that in full", Domain.OTHER, section="Annex")
    assert carry_domains_forward([HOSPITAL, elsewhere])[1].domain is Domain.OTHER


def test_what_the_document_is_mostly_about_decides_where_the_words_say_little() -> None:
    about = document_profile(
        "The ministers spoke of hospitals, vaccines and medicine, and of a new clinic for children.\n" * 3
    )
    assert classify_domain([("open an office", 1.0)], about) is Domain.HEALTH
    assert classify_domain([("launch a satellite into orbit", 2.0)], about) is Domain.SPACE


def test_a_document_about_many_things_says_nothing_of_one() -> None:
    fields = ("vaccines and hospitals", "satellites in orbit", "tariffs and trade", "wind and solar energy", "ships")
    about = document_profile(
        "\n".join(f"The two ministers spoke at length, over two days, of {field}." for field in fields)
    )
    assert classify_domain([("train twelve students", 2.0)], about) is Domain.PEOPLE_EDUCATION
