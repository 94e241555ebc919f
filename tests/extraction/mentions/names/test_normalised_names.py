"""Normalised names: one form for all spellings of a name."""

from __future__ import annotations

from alliance_tui.extraction.mentions.names.normalised_names import normalised_name


def test_spellings_of_one_name_are_normalised_to_one() -> None:
    assert normalised_name("the United States-Kenya Trade & Ports Forum") == normalised_name(
        "U.S.-Kenya Trade and Ports Forum"
    )
    assert normalised_name("2019 Lamu Declaration") == normalised_name("Lamu Declaration")
