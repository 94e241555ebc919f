"""Amounts, domain and confidence of a record."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Norway will invest $40 million in the port of Lamu.", 40e6, "USD"),
        ("The European Union will lend Kenya 200 million euros.", 200e6, "EUR"),
        ("Norway will spend 3 percent of its gross domestic product on defence by 2033.", 3, "percent"),
        ("Norway intends to deploy three frigates to the Indian Ocean.", 3, "frigates"),
    ],
)
def test_a_record_has_the_amounts_of_its_evidence(text: str, value: float, unit: str) -> None:
    (amount,) = only_agreement_in(text).amounts
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Chile and Peru will build a solar power plant.", "energy-climate"),
        ("Chile will open a cancer hospital.", "health"),
        ("Chile will launch two weather satellites.", "space"),
        ("Chile will send forty students to Peruvian universities.", "people-education"),
        ("Chile and Peru will share intelligence on ransomware.", "intelligence-cyber"),
        ("Chile will give food aid to refugees in Peru.", "development-humanitarian"),
        ("Chile will ease export controls on machine tools.", "export-budget"),
        pytest.param(
            "Chile will ease export controls on tidal turbines.",
            "export-budget",
            marks=pytest.mark.xfail(reason="the encoder reads the goods rather than the controls", strict=True),
        ),
        ("Chile and Peru will open an embassy in Nairobi.", "diplomacy-institutions"),
        ("Chile and Peru will hold a military exercise in 2032.", "posture-exercises"),
    ],
)
def test_the_domain_is_that_of_the_evidence(text: str, domain: str) -> None:
    assert only_agreement_in(text).domain == domain


def test_each_of_two_agreements_has_its_own_domain() -> None:
    text = "Norway plans to modernize joint command networks and to link air defense radars against missile threats."
    assert [record.domain for record in agreements_in(text)] == ["command-control", "air-missile-defence"]


def test_confidence_is_a_probability() -> None:
    confidence = only_agreement_in("Kenya will build two radar stations on its coast.").confidence
    assert confidence is not None and 0 < confidence < 1
