"""Words that are spellings of one name, and the lists of names."""

from __future__ import annotations

import pytest

from alliance_tui.search.names.lists import city_names, is_short_for, national_forms, people
from alliance_tui.search.names.variants import NameWords, relate


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zelenskiy", "zelensky"),
        ("mohamed", "mohammed"),
        ("qadhafi", "gaddafi"),
        ("hifter", "haftar"),
        ("iwanow", "ivanov"),
    ],
)
def test_a_romanisation_is_enough_by_itself(typed: str, name: str) -> None:
    relation = relate(typed, name)
    assert relation and relation.is_enough


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bill", "william"),
        ("sasha", "aleksandr"),
        ("dmytro", "dmitri"),
        ("wladimir", "volodymyr"),
        ("michael", "mikhail"),
        ("lee", "yi"),
        ("suk", "seok"),
    ],
)
def test_short_forms_and_forms_of_other_languages_need_the_rest_of_the_name(typed: str, name: str) -> None:
    relation = relate(typed, name)
    assert relation and not relation.is_enough


@pytest.mark.parametrize(
    ("typed", "name"),
    [("oleksandr", "oleksii"), ("mahmud", "mohammed"), ("martin", "morton"), ("zhang", "zheng"), ("jordan", "jardin")],
)
def test_names_that_the_lists_know_as_different_are_not_joined_by_rules(typed: str, name: str) -> None:
    assert relate(typed, name) is None


def test_the_closest_spelling_is_first() -> None:
    words = NameWords(["lavrov", "zelensky", "selenskyj", "gaddafi", "security"])
    assert [variant.word for variant in words.variants("zelenskyy")] == ["zelensky", "selenskyj"]


@pytest.mark.parametrize("word", ["zelensky", "an", "security", "2030", ""])
def test_a_word_is_no_variant_of_itself(word: str) -> None:
    assert word not in [variant.word for variant in NameWords([word, "other"]).variants(word)]


@pytest.mark.parametrize(
    ("typed", "city"),
    [("bombay", "mumbai"), ("peking", "beijing"), ("pusan", "busan"), ("kiev", "kyiv"), ("danzig", "gdansk")],
)
def test_cities_have_the_names_of_other_languages_and_times(typed: str, city: str) -> None:
    assert city in city_names(typed)
    assert typed in city_names(city)


def test_a_spelling_of_a_citys_name_that_people_have_too_names_no_other_spelling() -> None:
    assert "ivanov" not in city_names("ivanova")


def test_lists_hold_groups_of_names() -> None:
    assert {"sergei", "serguei"} <= people().others("sergei")
    assert people().others("nobody at all") == frozenset()
    assert "oleksii" not in national_forms().others("oleksandr")
    assert is_short_for("bob", "robert") and not is_short_for("bob", "william")
