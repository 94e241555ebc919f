"""Roles in an undertaking: who does it, pays, receives and hosts."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Norway will pay Chile $20 million a year.", {"does": "Norway", "pays": "Norway", "receives": "Chile"}),
        ("Norway will provide Kenya with ten helicopters.", {"does": "Norway", "receives": "Kenya"}),
        ("Peru will receive two patrol boats from Norway.", {"does": "Norway", "receives": "Peru"}),
        ("Kenya will be given access to the port by Norway.", {"does": "Norway", "receives": "Kenya"}),
        ("Norway will send four tugs to Kenya and Chile.", {"does": "Norway", "receives": "Kenya, Chile"}),
        (
            "Norway is providing $40 million in assistance to Kenya.",
            {"does": "Norway", "pays": "Norway", "receives": "Kenya"},
        ),
        ("Norway will bear 60 per cent of the cost of the bridge.", {"does": "Norway", "pays": "Norway"}),
        (
            "Hanwha Ocean will build two boats for the Royal Canadian Navy.",
            {"does": "Hanwha Ocean", "receives": "Royal Canadian Navy"},
        ),
        ("Norway will host the next round of talks in June.", {"does": "Norway", "hosts": "Norway"}),
        ("Norway will work with Chile to open a port.", {"does": "Norway"}),
    ],
)
def test_roles_that_the_clause_gives(text: str, roles: dict[str, str]) -> None:
    (record,) = agreements_in(text)
    assert {role: ", ".join(names) for role, names in record.roles.by_role().items()} == roles


def test_the_parties_of_the_document_alone_have_no_role() -> None:
    text = "Joint Statement by Norway and Chile\n\nThe ministers met in Oslo.\n\nTwo ports will be opened in June."
    (record,) = agreements_in(text)
    assert set(record.parties) == {"Norway", "Chile"}
    assert record.roles.by_role() == {}
