"""Mapping of mentions to parties."""

from __future__ import annotations

from alliance_tui.extraction.parties.party_mapping import without_institutions


def test_an_institution_is_no_party_beside_its_organisation() -> None:
    assert without_institutions(("Kenya", "European Commission", "European Union")) == ("Kenya", "European Union")
    assert without_institutions(("Kenya", "European Commission")) == ("Kenya", "European Commission")
