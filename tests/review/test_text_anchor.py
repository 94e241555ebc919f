"""Anchors find their passage again in a changed text, and never another one."""

from __future__ import annotations

import random
import re

import pytest

from alliance_tui.review.text_anchor import Location, TextAnchor, locate, make_anchor
from tests.support.random_edits import edit
from tests.support.shared_folder import shared_folder

TEXT = (
    "The ministers met in Haven on Monday for two days of talks on the northern sea.\n"
    "Norland and Westmark will link their coastal radars by 2031. The two sides agreed to meet again.\n"
    "Ostia will not deliver six drones to Suderia. The two sides agreed to meet again.\n"
)
QUOTE = "Norland and Westmark will link their coastal radars by 2031"


def anchor(quote: str, text: str = TEXT, number: int = 0) -> TextAnchor:
    start = [match.start() for match in re.finditer(re.escape(quote), text)][number]
    return make_anchor(text, start, start + len(quote))


def quoted(text: str, location: Location | None) -> str | None:
    return text[location.start : location.end] if location else None


def test_an_unchanged_passage_is_where_it_was() -> None:
    start = TEXT.index(QUOTE)
    assert locate(anchor(QUOTE), TEXT) == Location(start, start + len(QUOTE))


def test_a_passage_moves_with_the_text_before_it() -> None:
    text = "A new first line.\n" + TEXT
    assert quoted(text, locate(anchor(QUOTE), text)) == QUOTE


def test_white_space_does_not_count() -> None:
    text = TEXT.replace("link their coastal", "link\n  their coastal")
    location = locate(anchor(QUOTE), text)
    assert (quoted(text, location) or "").split() == QUOTE.split()


def test_a_deleted_passage_is_not_found() -> None:
    assert locate(anchor(QUOTE), TEXT.replace(QUOTE, "Nothing was agreed")) is None


@pytest.mark.parametrize("number", [0, 1])
def test_of_equal_words_the_surroundings_decide(number: int) -> None:
    quote = "The two sides agreed to meet again"
    text = "A new first line.\n" + TEXT
    location = locate(anchor(quote, number=number), text)
    assert location
    assert text.count(quote, 0, location.start) == number


def test_equal_words_elsewhere_do_not_stand_for_deleted_ones() -> None:
    sentence = "by 2031. The two sides agreed to meet again"
    text = TEXT.replace(sentence, "by 2031")
    assert locate(anchor("The two sides agreed to meet again"), text) is None


def test_a_corrected_misprint_is_found_between_unchanged_surroundings() -> None:
    text = TEXT.replace("coastal radars", "coastal radar")
    location = locate(anchor(QUOTE), text, ["will", "link"])
    assert location
    assert not location.is_exact
    assert quoted(text, location) == QUOTE.replace("radars", "radar")


@pytest.mark.parametrize(
    ("quote", "changed"),
    [
        pytest.param(QUOTE, QUOTE.replace("2031", "2032"), id="another number"),
        pytest.param(QUOTE, QUOTE.replace("will", "would"), id="another cue"),
        pytest.param(
            "Ostia will not deliver six drones to Suderia",
            "Ostia will now deliver six drones to Suderia",
            id="no negation",
        ),
        pytest.param(QUOTE, "Norland and Westmark will never see each other again", id="another sentence"),
    ],
)
def test_words_that_say_something_else_are_not_found(quote: str, changed: str) -> None:
    assert locate(anchor(quote), TEXT.replace(quote, changed), ["will"]) is None


def test_an_anchor_from_elsewhere_needs_its_surroundings() -> None:
    known = anchor(QUOTE)
    foreign = TextAnchor(known.exact, known.prefix, known.suffix)
    assert quoted(TEXT, locate(foreign, TEXT)) == QUOTE
    assert locate(TextAnchor("The two sides agreed to meet again"), TEXT) is None


@pytest.mark.shared
def test_no_passage_of_100_edited_documents_is_taken_for_another_one() -> None:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the shared folder is not here")
    texts = [path.read_text() for path in sorted(folder.glob("corpus/*.txt")) if ".nohead" not in path.name]
    chance = random.Random(20)
    intact = found = 0
    for number in range(100):
        text = texts[number % len(texts)][:20_000]
        edited = edit(text, chance, chance.randint(1, 40))
        clauses = [match.span() for match in re.finditer(r"\b\w[^.!?\n,;]{20,200}\w\b", text)]
        for start, end in chance.sample(clauses, min(12, len(clauses))):
            location = locate(make_anchor(text, start, end), edited.text)
            if location:
                assert edited.share_from(start, end, location.start, location.end) > 0.5, text[start:end]
            if edited.holds(start, end):
                intact += 1
                found += location is not None
    assert found / intact > 0.95
