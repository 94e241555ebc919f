"""Persons: their names, titles and the states that they represent."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.people.person_mentions import find_people
from alliance_tui.records import EntityType


def mention(name: str, kind: EntityType = EntityType.ORGANISATION, start: int = 0, rank: int = 2) -> EntityMention:
    return EntityMention(start, start + len(name), name, kind, rank)


def test_a_surname_refers_to_the_person_named_in_full() -> None:
    text = "President Wanjiru Otieno of Kenya spoke. Otieno thanked Minister Bello. PRESIDENT OTIENO: Thank you."
    people, mentions = find_people(text, [], [])
    assert {n.name for n in mentions} == {"Wanjiru Otieno", "Bello"}
    assert people.by_name["Wanjiru Otieno"].represents == "Kenya"
    assert people.by_name["Bello"].represents is None


def test_a_surname_of_several_words_is_found_whole_and_no_part_of_another_word() -> None:
    text = "President Omar Ben-Rashad met President Ada Rashad. BEN-RASHAD left, Ben-Rashads came; Rashad stayed."
    _, mentions = find_people(text, [], [])
    by_surname = [(text[m.start : m.end], m.name) for m in mentions if m.start >= text.index("BEN")]
    assert by_surname == [("BEN-RASHAD", "Omar Ben-Rashad"), ("Rashad", "Ada Rashad")]


def test_a_short_given_name_is_the_same_person_and_another_given_name_is_not() -> None:
    text = "President William Vimes met Bill Vimes. First Lady Wanda Vimes spoke to President W. Vimes."
    people, _ = find_people(text, [], [mention("Bill Vimes", EntityType.PERSON, text.index("Bill Vimes"))])
    assert set(people.by_name) == {"William Vimes", "Wanda Vimes"}


def test_the_name_of_a_king_is_no_surname() -> None:
    text = "King Vimes met Crown Prince Samuel bin Vimes. Queen Sybil left. King Vimes stayed."
    people, mentions = find_people(text, [], [])
    assert {"Vimes", "Samuel bin Vimes"} <= people.by_name.keys()
    assert [n.name for n in mentions if n.start in (5, text.rindex("Vimes"))].count("Vimes") == 2


def test_a_given_name_alone_refers_to_the_one_person_who_bears_it() -> None:
    text = "Admiral Samuel Vimes joined the Navy. Samuel will do well. Minister Sybil Vimes and Sybil Ramkin: Sybil."
    recognised = [mention("Sybil Ramkin", EntityType.PERSON, text.index("Sybil Ramkin"))]
    recognised += [mention(name, EntityType.ORGANISATION, text.rindex(name)) for name in ("Samuel", "Sybil")]
    _, mentions = find_people(text, [], recognised)
    assert {n.name for n in mentions if n.start == text.rindex("Samuel")} == {"Samuel Vimes"}
    assert not [n for n in mentions if n.start == text.rindex("Sybil")]


@pytest.mark.parametrize("lead", ["Kenyan President", "Kenya’s Prime Minister", "Republic of Kenya (KEN) President"])
def test_the_state_that_a_leader_represents_may_precede_the_title(lead: str) -> None:
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
        "Kenyan Special Envoy for the Great Lakes Wanjiru Otieno spoke.",
        "Invited by the President of Portugal, H.E. Ms. Wanjiru Otieno, President of Kenya, came.",
    ],
)
def test_the_state_that_a_leader_represents_may_be_in_a_description_beside_the_name(text: str) -> None:
    people, _ = find_people(text, [], [mention("Wanjiru Otieno", EntityType.PERSON, text.index("Wanjiru Otieno"))])
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
def test_holders_of_one_office_are_listed_in_the_order_of_their_states(text: str) -> None:
    people, _ = find_people(text, [], [])
    held = {name: person.represents for name, person in people.by_name.items()}
    assert held == {"Otieno Mboya": "Kenya", "Ana Ruiz": "Peru", "Per Lund": "Norway"}


def test_a_list_of_names_longer_or_shorter_than_that_of_the_states_gives_no_state() -> None:
    people, _ = find_people("The Ministers of Kenya, Peru and Norway, Otieno Mboya and Ana Ruiz, met.", [], [])
    assert not people.by_name


def test_a_description_between_two_names_belongs_to_the_first() -> None:
    text = "H.E. Ms. Wanjiru Otieno, President of Kenya, H.E. Mr. Rui Sá, Prime Minister of Portugal, met."
    recognised = [mention(name, EntityType.PERSON, text.index(name)) for name in ("Wanjiru Otieno", "Rui Sá")]
    people, _ = find_people(text, [], recognised)
    assert {name: person.represents for name, person in people.by_name.items()} == {
        "Wanjiru Otieno": "Kenya",
        "Rui Sá": "Portugal",
    }


def test_a_body_after_a_title_is_no_person() -> None:
    _, mentions = find_people("The CEO Forum and Mr. President spoke.", [], [])
    assert mentions == []


def test_a_firm_whose_name_begins_with_a_rank_is_no_person() -> None:
    text = "General Atomics will build engines, General Otieno said."
    _, mentions = find_people(text, [], [mention("General Atomics")])
    assert {m.name for m in mentions} == {"Otieno"}


@pytest.mark.parametrize(
    "text",
    ["Ana Ruiz, Nominee for Ambassador Extraordinary and Plenipotentiary to Peru.", "Thank you, Madam Ambassador."],
)
def test_the_words_of_a_title_are_no_name(text: str) -> None:
    assert find_people(text, [], [])[1] == []


@pytest.mark.parametrize("title", ["President", "Group’s Managing Director", "(WB) Vice President"])
def test_an_officer_represents_the_organisation_before_the_title(title: str) -> None:
    text = f"World Bank {title} Ana Ruiz spoke."
    people, _ = find_people(text, list(gazetteer().find(text)), [])
    assert people.by_name["Ana Ruiz"].represents == "World Bank"
