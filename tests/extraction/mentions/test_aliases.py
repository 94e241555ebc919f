"""One entity a thing: acronyms, short forms, surnames and spellings are joined to the full name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.mentions.abbreviation_mentions import find_foreign_abbreviations
from alliance_tui.extraction.mentions.abbreviations import find_abbreviations
from alliance_tui.extraction.mentions.aliases import resolve_aliases
from alliance_tui.extraction.mentions.entity_mention import EntityMention, filter_overlaps
from alliance_tui.extraction.mentions.normalised_names import normalised_name
from alliance_tui.extraction.mentions.people import find_people
from alliance_tui.extraction.mentions.person_names import surname
from alliance_tui.records import EntityType


def naming(name: str, kind: EntityType = EntityType.ORGANISATION, start: int = 0, rank: int = 2) -> EntityMention:
    return EntityMention(start, start + len(name), name, kind, rank)


def names(*given_names: str) -> list[str]:
    namings = [naming(name, start=1000 * i) for i, name in enumerate(given_names)]
    return [n.name for n in resolve_aliases(namings)]


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("the Forum on Harbour Repair (FHR) met", "Forum on Harbour Repair", "FHR"),
        ("the Trade and Ports Agency (TPA)", "Trade and Ports Agency", "TPA"),
        ("The FHR (Forum on Harbour Repair) met", "Forum on Harbour Repair", "FHR"),
        ("Pact for Open Regional Trade (“PORT”)", "Pact for Open Regional Trade", "PORT"),
    ],
)
def test_acronyms_are_found_both_ways_round(text: str, long: str, short: str) -> None:
    (definition,) = find_abbreviations(text)
    assert text[definition.long_start : definition.long_end] == long
    assert text[definition.short_start : definition.short_end] == short
    assert definition.is_name


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("It met Norway and Kenya’s Agency for Maritime Exchange (AKAME).", "Kenya’s Agency for Maritime Exchange"),
        ("It met Kenya’s Ship Authority Trust (SAT).", "Ship Authority Trust"),
    ],
)
def test_a_long_form_begins_with_a_word_of_the_name(text: str, long: str) -> None:
    (found,) = find_abbreviations(text)
    assert text[found.long_start : found.long_end] == long


def test_an_acronym_of_a_thing_in_general_is_no_name() -> None:
    (definition,) = find_abbreviations("imports of liquefied natural gas (LNG) rose")
    assert not definition.is_name


def test_brackets_that_explain_nothing_define_nothing() -> None:
    assert list(find_abbreviations("The ship (built in 1999) sailed (again) to Malta (MT7).")) == []


def test_no_long_form_begins_within_a_bracket() -> None:
    assert [d.short_start for d in find_abbreviations("the Lamu Trade Forum (LTF) Forum (LTF) countries")] == [22]


@given(st.text(alphabet="ABCab ()of.’", max_size=60))
def test_a_definition_quotes_the_text(text: str) -> None:
    for definition in find_abbreviations(text):
        assert 0 <= definition.long_start < definition.long_end <= len(text)
        assert text[definition.short_start : definition.short_end] == definition.short


def test_spellings_of_one_name_have_one_key() -> None:
    assert normalised_name("the United States-Kenya Trade & Ports Forum") == normalised_name(
        "U.S.-Kenya Trade and Ports Forum"
    )
    assert normalised_name("2019 Lamu Declaration") == normalised_name("Lamu Declaration")


def test_a_name_is_joined_to_the_longer_one_that_only_qualifies_it() -> None:
    assert names("Annual Harbour Dialogue", "Harbour Dialogue") == ["Annual Harbour Dialogue"] * 2


def test_a_name_that_ends_two_longer_ones_stays_its_own() -> None:
    assert names("Kenya Harbour Dialogue", "Ghana Harbour Dialogue", "Harbour Dialogue")[2] == "Harbour Dialogue"


def test_a_firm_has_its_full_name_unless_that_adds_but_its_legal_form_to_the_usual_one() -> None:
    assert names("Zephyr Motor Company", "Zephyr") == ["Zephyr Motor Company"] * 2
    assert names("Zephyr Group SpA", "Zephyr") == ["Zephyr Group SpA"] * 2
    assert names("Zephyr Group SpA", "Zephyr", "Zephyr", "Zephyr") == ["Zephyr"] * 4


def test_an_acronym_that_is_never_explained_is_joined_by_its_initials_to_the_one_name_that_has_them() -> None:
    assert names("Lamu Harbour Workers", "LHW") == ["Lamu Harbour Workers"] * 2
    assert names("Lamu Harbour Workers", "Lodwar Highland Wardens", "LHW")[2] == "LHW"


def test_an_acronym_in_another_language_is_known_by_its_place() -> None:
    agency = naming("Harbour Property Agency")
    assert [
        (d.short, n.name) for d, n in find_foreign_abbreviations("Harbour Property Agency (AVLP) said", [agency])
    ] == [("AVLP", "Harbour Property Agency")]


def test_a_noun_in_small_letters_after_a_name_adds_nothing() -> None:
    assert names("Selene program", "Selene") == ["Selene", "Selene"]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.integers(0, 3)), max_size=12))
def test_of_overlapping_names_the_higher_rank_and_then_the_longer_is_kept(spans: list[tuple[int, int, int]]) -> None:
    given_names = [EntityMention(a, a + n, "x" * n, EntityType.PLACE, rank) for a, n, rank in spans]
    kept = filter_overlaps(given_names)
    assert all(one.end <= two.start for one, two in pairwise(kept))
    for lost in given_names:
        if lost not in kept:
            winners = [k for k in kept if k.overlaps(lost.start, lost.end)]
            assert any((k.priority, k.end - k.start) >= (lost.priority, lost.end - lost.start) for k in winners)


@pytest.mark.parametrize(
    ("full", "family"),
    [
        ("Wanjiru Otieno", "Otieno"),
        ("KISHI Nobuo", "Kishi"),
        ("SAMUEL R. VIMES JR.", "Vimes"),
        ("Park Geun-hye", "Park"),
        ("Yoon Suk Yeol", "Yoon"),
        ("Samuel Vimes, Jr.", "Vimes"),
    ],
)
def test_the_family_name_is_found_in_either_order(full: str, family: str) -> None:
    assert surname(full).title() == family


def test_a_surname_means_the_person_named_in_full() -> None:
    text = "President Wanjiru Otieno of Kenya spoke. Otieno thanked Minister Bello. PRESIDENT OTIENO: Thank you."
    people, namings = find_people(text, [], [])
    assert {n.name for n in namings} == {"Wanjiru Otieno", "Bello"}
    assert people.by_name["Wanjiru Otieno"].represents == "Kenya"
    assert people.by_name["Bello"].represents is None


def test_a_short_given_name_is_the_same_person_and_another_given_name_is_not() -> None:
    text = "President William Vimes met Bill Vimes. First Lady Wanda Vimes spoke to President W. Vimes."
    people, _ = find_people(text, [], [naming("Bill Vimes", EntityType.PERSON, text.index("Bill Vimes"))])
    assert set(people.by_name) == {"William Vimes", "Wanda Vimes"}


def test_a_given_name_alone_means_the_one_person_who_bears_it() -> None:
    text = "Admiral Samuel Vimes joined the Navy. Samuel will do well. Minister Sybil Vimes and Sybil Ramkin: Sybil."
    seen = [naming("Sybil Ramkin", EntityType.PERSON, text.index("Sybil Ramkin"))]
    seen += [naming(name, EntityType.ORGANISATION, text.rindex(name)) for name in ("Samuel", "Sybil")]
    _, namings = find_people(text, [], seen)
    assert {n.name for n in namings if n.start == text.rindex("Samuel")} == {"Samuel Vimes"}
    assert not [n for n in namings if n.start == text.rindex("Sybil")]


@pytest.mark.parametrize("lead", ["Kenyan President", "Kenya’s Prime Minister", "Republic of Kenya (KEN) President"])
def test_whom_a_leader_acts_for_may_stand_before_the_title(lead: str) -> None:
    people, _ = find_people(f"{lead} Wanjiru Otieno spoke.", [], [])
    assert people.by_name["Wanjiru Otieno"].represents == "Kenya"


@pytest.mark.parametrize(
    "text",
    [
        "President Wanjiru Otieno spoke in Lisbon. Otieno, who is the first Kenyan leader to come here, stayed on.",
        "President Wanjiru Otieno, the Kenyan head of state, spoke.",
        "President Wanjiru Otieno spoke. Otieno, the president of the Republic of Kenya, left.",
        "The Portuguese minister met his Kenyan counterpart, Wanjiru Otieno.",
        "The Premier met the President of the Federal Republic of Kenya, the Hon Wanjiru Otieno MP, today.",
        "Invited by the President of Portugal, H.E. Ms. Wanjiru Otieno, President of Kenya, came.",
    ],
)
def test_whom_a_leader_acts_for_may_stand_in_a_description_beside_the_name(text: str) -> None:
    people, _ = find_people(text, [], [naming("Wanjiru Otieno", EntityType.PERSON, text.index("Wanjiru Otieno"))])
    assert people.by_name["Wanjiru Otieno"].represents == "Kenya"


def test_a_description_of_the_next_person_in_a_list_is_not_of_the_one_before() -> None:
    text = "President Wanjiru Otieno, Portuguese Prime Minister Rui Sá and the Irish leader met."
    people, _ = find_people(text, [], [])
    assert people.by_name["Wanjiru Otieno"].represents is None
    assert people.by_name["Rui Sá"].represents == "Portugal"


@pytest.mark.parametrize(
    "text",
    [
        "The Ministers of Defence of Kenya, the Republic of Peru and Norway, Otieno Mboya, Ana Ruiz and Per Lund, met.",
        "They met the Presidents of Kenya, Peru, and Norway, Otieno Mboya, Ana Ruiz, and Per Lund.",
    ],
)
def test_holders_of_one_office_are_told_in_the_order_of_their_states(text: str) -> None:
    people, _ = find_people(text, [], [])
    held = {name: person.represents for name, person in people.by_name.items()}
    assert held == {"Otieno Mboya": "Kenya", "Ana Ruiz": "Peru", "Per Lund": "Norway"}


def test_a_list_of_other_length_than_that_of_the_states_tells_nothing() -> None:
    people, _ = find_people("The Ministers of Kenya, Peru and Norway, Otieno Mboya and Ana Ruiz, met.", [], [])
    assert not people.by_name


def test_each_of_two_has_the_description_behind_the_own_name() -> None:
    text = "H.E. Ms. Wanjiru Otieno, President of Kenya, H.E. Mr. Rui Sá, Prime Minister of Portugal, met."
    seen = [naming(name, EntityType.PERSON, text.index(name)) for name in ("Wanjiru Otieno", "Rui Sá")]
    people, _ = find_people(text, [], seen)
    assert {name: person.represents for name, person in people.by_name.items()} == {
        "Wanjiru Otieno": "Kenya",
        "Rui Sá": "Portugal",
    }


def test_a_body_after_a_title_is_no_person() -> None:
    _, namings = find_people("The CEO Forum and Mr. President spoke.", [], [])
    assert namings == []


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Task Force", "Interagency Task Force on Ports and Harbours"),
        ("Joint Taskforce", "Joint Ports and Supply Taskforce"),
        ("Second Harbour Forum", "Harbour Forum"),
    ],
)
def test_a_body_is_called_by_the_words_of_its_head(short: str, full: str) -> None:
    assert len(set(names_as_bodies(full, short))) == 1


def test_numbered_things_are_not_one() -> None:
    assert len(set(names("First Additional Protocol", "Second Additional Protocol"))) == 2


@pytest.mark.parametrize("other", ["Interagency Task Force on Ferries", "Second Fleet"])
def test_what_two_could_be_called_is_neither(other: str) -> None:
    given_names = ("Interagency Task Force on Ports", other, "Task Force", "Third Fleet")
    assert len(set(names_as_bodies(*given_names))) == (4 if "Force" in other else 3)


def names_as_bodies(*given_names: str) -> list[str]:
    return [
        n.name for n in resolve_aliases([naming(name, EntityType.BODY, 1000 * i) for i, name in enumerate(given_names)])
    ]
