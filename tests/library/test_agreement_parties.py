"""Parties whose names have commas are whole in the register and among the parties of an occasion."""

from __future__ import annotations

from pathlib import Path

from alliance_tui.library.occasions import OccasionFinder
from alliance_tui.library.register import load_register
from alliance_tui.library.store import open_library
from tests.support.linked_documents import fill_linked, linked_analysis

MINISTRY = "Ministry of Fish, Ships and Ferries"
QUOTES = ("The ministry and Westmark will open a harbour", "Norland and Westmark will plant oaks")
PARTIES = (["Westmark", MINISTRY], ["Norland", "Westmark"])


def test_a_name_with_a_comma_is_one_party(tmp_path: Path) -> None:
    records = tuple({"quote": quote, "parties": parties} for quote, parties in zip(QUOTES, PARTIES, strict=True))
    text = ". ".join(QUOTES) + "."
    morning, evening = (linked_analysis(text + more, records, title=f"Visit{more}") for more in ("", " Later."))
    with open_library(fill_linked(tmp_path, morning, evening)) as library:
        assert {row.parties for row in load_register(library, "2031-01-01")} == {*map(tuple, PARTIES)}
        occasion = OccasionFinder(library.db).occasion_of(1)
        assert occasion is not None
        assert {*occasion.parties} == {"Norland", "Westmark", MINISTRY}


def test_the_same_words_are_two_parties_of_another_agreement(tmp_path: Path) -> None:
    quotes = ("Norland will mend the quay", "Ships and ferries will carry salt")
    parties = ([MINISTRY], ["Ministry of Fish", "Ships and Ferries"])
    records = tuple({"quote": quote, "parties": each} for quote, each in zip(quotes, parties, strict=True))
    with open_library(fill_linked(tmp_path, linked_analysis(". ".join(quotes) + ".", records))) as library:
        assert {row.parties for row in load_register(library, "2031-01-01")} == {*map(tuple, parties)}
