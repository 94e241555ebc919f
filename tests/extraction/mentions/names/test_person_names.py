"""Parts of persons' names."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.names.person_names import surname


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
