"""The policy field by the words of a text, and titles cut to a line; without spaCy's model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.commitments.fields.domains import (
    carry_domains_forward,
    classify_domain,
    document_profile,
    domain_scores,
)
from alliance_tui.extraction.commitments.fields.titles import shorten_title
from alliance_tui.extraction.commitments.redundant_records import drop_redundant_records
from alliance_tui.extraction.commitments.restatements import mark_restatements
from alliance_tui.extraction.cues import cues, has_cue
from alliance_tui.records import Agreement, Document, Domain, Kind


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


def record(
    document: Document, quote: str, field: Domain | None, *, section: str | None = None, anchor: str = ""
) -> Agreement:
    start = document.text.index(quote)
    span = document.span(start, start + len(quote))
    at = start + quote.index(anchor)
    deed = document.span(at, at + len(anchor)) if anchor else span
    return Agreement(
        f"a{start}", Kind.AGREEMENT, quote, span, deed, "rule", domain=field, section=section, parties=("Chile",)
    )


SIGNED = Document.from_text("Chile signed a new agreement to finish four ports by 2030.", title="test")


def test_what_is_signed_is_no_record_beside_the_signing_of_it() -> None:
    signing = record(
        SIGNED, "Chile signed a new agreement to finish four ports by 2030", Domain.MARITIME, anchor="signed"
    )
    signed = record(SIGNED, "a new agreement to finish four ports by 2030", Domain.MARITIME, anchor="finish")
    assert drop_redundant_records([signing, signed]) == [signing]
    assert drop_redundant_records([signed]) == [signed]


PAIR = Document.from_text("Chile will open a hospital. Chile will pay for that in full.", title="test")
HOSPITAL = record(PAIR, "Chile will open a hospital", Domain.HEALTH)


@pytest.mark.parametrize("own", [Domain.OTHER, Domain.DIPLOMACY_INSTITUTIONS])
def test_what_points_back_has_the_field_of_what_it_points_to(own: Domain) -> None:
    that = record(PAIR, "Chile will pay for that in full", own)
    assert [one.domain for one in carry_domains_forward([HOSPITAL, that])] == [Domain.HEALTH, Domain.HEALTH]


def test_what_has_a_field_of_its_own_keeps_it() -> None:
    that = record(PAIR, "Chile will pay for that in full", Domain.EXPORT_BUDGET)
    assert carry_domains_forward([HOSPITAL, that])[1].domain is Domain.EXPORT_BUDGET


def test_but_not_across_sections() -> None:
    elsewhere = record(PAIR, "Chile will pay for that in full", Domain.OTHER, section="Annex")
    assert carry_domains_forward([HOSPITAL, elsewhere])[1].domain is Domain.OTHER


def test_restatements_need_the_same_words_and_the_same_parties() -> None:
    quotes = ("lend Peru four yellow tugboats", "lend Peru yellow tugboats", "lend Peru old mine-sweepers")
    document = Document.from_text(" ".join(f"Chile will {quote}." for quote in quotes), title="test")
    records = [record(document, quote, None) for quote in quotes]
    found = mark_restatements(records, document.text)
    assert [one.same_as for one in found] == [None, records[0].id, None]


def test_a_short_title_stays_whole() -> None:
    assert shorten_title("Open a joint school for divers") == "Open a joint school for divers"


def test_a_long_title_ends_before_a_joining_word_and_says_that_it_was_cut() -> None:
    line = "Send two frigates and one supply ship to the port of Mombasa for joint patrols with Kenyan cutters"
    assert shorten_title(line) == "Send two frigates and one supply ship to the port of Mombasa…"


@given(st.text(alphabet="ab ,–", max_size=200).map(lambda line: "Send " + " ".join(line.split())))
def test_a_title_fits_a_line_and_begins_as_the_text_does(line: str) -> None:
    cut = shorten_title(line)
    assert len(cut) <= 73
    assert line.startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(
    "text", ["Kenya will pay.", "They’ll pay.", "plans TO pay", "was studied", "the signing", "Norway shall pay"]
)
def test_what_may_undertake_is_parsed(text: str) -> None:
    assert has_cue(text)


def test_what_cannot_is_not() -> None:
    assert not has_cue("The weather was fine.")


def test_the_ladders_of_cues_hold_lemmas_in_lower_case() -> None:
    known = cues()
    for ladder in (
        known.commissive_verbs,
        known.commissive_adjectives,
        known.commissive_nouns,
        known.event_verbs,
        known.progressive_event_verbs,
        known.event_nouns,
    ):
        assert ladder and all(lemma == lemma.lower() for lemma in ladder)


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
