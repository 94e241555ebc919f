"""The domain by the words of a text; without spaCy's model."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.fields.domains import (
    carry_domains_forward,
    classify_domain,
    document_profile,
    domain_scores,
)
from alliance_tui.records import Agreement, Document, Domain
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
        ("an independent anti-corruption court", Domain.GOVERNANCE_RIGHTS),
        ("a dialogue on human rights", Domain.GOVERNANCE_RIGHTS),
        ("ratification of the new pact", Domain.DIPLOMACY_INSTITUTIONS),
        ("the first collective bargaining at the docks", Domain.GOVERNANCE_RIGHTS),
        ("more nurses for the county", Domain.HEALTH),
        ("aid after the tornado", Domain.DEVELOPMENT_HUMANITARIAN),
        ("benefits for veterans", Domain.OTHER),
        ("sanctions on two shipping firms", Domain.OTHER),
        ("a spoon", Domain.OTHER),
        ("", Domain.OTHER),
    ],
)
def test_the_domain_with_the_most_marks_wins(text: str, field: Domain) -> None:
    assert classify_domain([(text, 1.0)], {}) is field


def test_marks_in_the_quote_weigh_more_than_those_around_it() -> None:
    texts = [("a cancer hospital", 3.0), ("in the shade of a solar power plant", 1.0)]
    assert classify_domain(texts, {}) is Domain.HEALTH
    assert classify_domain([(text, 4.0 - weight) for text, weight in texts], {}) is Domain.ENERGY_CLIMATE


def test_marks_of_form_weigh_less_than_marks_of_a_field() -> None:
    assert classify_domain([("a ministerial dialogue", 1.0)], {}) is Domain.DIPLOMACY_INSTITUTIONS
    assert classify_domain([("a dialogue on hydrogen", 1.0)], {}) is Domain.ENERGY_CLIMATE
    assert classify_domain([("a loan of $2 billion", 1.0)], {}) is Domain.TRADE_INVESTMENT
    assert classify_domain([("a loan of $2 billion for vaccines", 1.0)], {}) is Domain.HEALTH


def test_a_mark_begins_a_word_counts_once_and_may_be_a_whole_word() -> None:
    assert domain_scores([("reactors, a reactor", 1.0)]) == domain_scores([("reactor", 1.0)])
    assert domain_scores([("the moon", 1.0)])[Domain.SPACE] > 0
    assert domain_scores([("a moonlit honeymoon", 1.0)])[Domain.SPACE] == 0


@pytest.mark.parametrize("text", ["fellowships in satellite law", "students of orbital rocket design"])
def test_a_mark_of_the_deed_weighs_more_than_marks_of_what_it_is_about(text: str) -> None:
    assert classify_domain([(text, 1.0)], {}) is Domain.PEOPLE_EDUCATION


PAIR = Document.from_text("Chile will open a hospital. Chile will pay for that in full.", title="test")

HOSPITAL = make_agreement(PAIR, "Chile will open a hospital", Domain.HEALTH)


def carried_domain(record: Agreement, *, health: float = -1.0) -> Domain | None:
    reading = {**dict.fromkeys(Domain, -2.0), Domain.HEALTH: health}
    return carry_domains_forward([HOSPITAL, record], {record.id: reading})[1].domain


@pytest.mark.parametrize("own", [Domain.OTHER, Domain.DIPLOMACY_INSTITUTIONS])
def test_a_record_that_refers_back_has_the_domain_of_its_antecedent(own: Domain) -> None:
    assert carried_domain(make_agreement(PAIR, "Chile will pay for that in full", own)) is Domain.HEALTH


def test_a_domain_that_the_encoder_holds_for_less_likely_is_not_carried() -> None:
    that = make_agreement(PAIR, "Chile will pay for that in full", Domain.OTHER)
    assert carried_domain(that, health=-3.0) is Domain.OTHER
    assert carry_domains_forward([HOSPITAL, that], {})[1].domain is Domain.OTHER


def test_a_record_with_a_specific_domain_keeps_it() -> None:
    that = make_agreement(PAIR, "Chile will pay for that in full", Domain.EXPORT_BUDGET)
    assert carried_domain(that) is Domain.EXPORT_BUDGET


def test_domains_are_not_carried_across_sections() -> None:
    elsewhere = make_agreement(PAIR, "Chile will pay for that in full", Domain.OTHER, section="Annex")
    assert carried_domain(elsewhere) is Domain.OTHER


def test_the_document_profile_decides_where_marks_are_few() -> None:
    about = document_profile(
        "The ministers spoke of hospitals, vaccines and medicine, and of a new clinic for children.\n" * 3
    )
    assert classify_domain([("open an office", 1.0)], about) is Domain.HEALTH
    assert classify_domain([("launch a satellite into orbit", 2.0)], about) is Domain.SPACE


def test_the_profile_of_a_mixed_document_decides_nothing() -> None:
    fields = ("vaccines and hospitals", "satellites in orbit", "tariffs and trade", "wind and solar energy", "ships")
    about = document_profile(
        "\n".join(f"The two ministers spoke at length, over two days, of {field}." for field in fields)
    )
    assert classify_domain([("train twelve students", 2.0)], about) is Domain.PEOPLE_EDUCATION
