"""Records that another one makes redundant; without spaCy's model."""

from __future__ import annotations

from alliance_tui.extraction.commitments.redundant_records import drop_redundant_records
from alliance_tui.records import Document, Domain
from tests.support.commitment_extraction import make_agreement

SIGNED = Document.from_text("Chile signed a new agreement to finish four ports by 2030.", title="test")


def test_the_content_of_a_signed_document_is_redundant_beside_the_signing() -> None:
    signing = make_agreement(
        SIGNED, "Chile signed a new agreement to finish four ports by 2030", Domain.MARITIME, trigger="signed"
    )
    signed = make_agreement(SIGNED, "a new agreement to finish four ports by 2030", Domain.MARITIME, trigger="finish")
    assert drop_redundant_records([signing, signed]) == [signing]
    assert drop_redundant_records([signed]) == [signed]
