"""A small document and its analysis, built by hand, for tests of what comes after the extraction."""

from __future__ import annotations

from functools import partial

from alliance_tui.records import (
    Agreement,
    Amount,
    Analysis,
    Deadline,
    Document,
    Domain,
    Entity,
    EntityType,
    InstrumentRole,
    Kind,
    Mention,
    Strength,
)
from tests.support.spans import span_of

TEXT = """Norland and Westmark to share radar data
Norland and Westmark will link their coastal radars by 2031, and will spend 3 percent of output on it.
The two governments signed the Harbour Accord (HA) — and praised “the spirit of friendship”.
"""


def sample_document() -> Document:
    return Document.from_text(
        TEXT, title="Norland and Westmark to share radar data", path="radar.txt", date="2029-03-04"
    )


def sample_analysis(document: Document | None = None) -> Analysis:
    document = document or sample_document()

    span = partial(span_of, document)

    norland = Entity(
        "e1", "Norland", EntityType.STATE, ("Norland",), (Mention(span("Norland")), Mention(span("Norland", 1)))
    )
    both = Mention(span("The two governments"), by_name=False)
    westmark = Entity("e2", "Westmark", EntityType.STATE, ("Westmark",), (Mention(span("Westmark")), both))
    accord = Entity(
        "e3",
        "Harbour Accord",
        EntityType.INSTRUMENT,
        ("Harbour Accord", "HA"),
        (Mention(span("Harbour Accord")), Mention(span("HA"))),
    )
    radars = Agreement(
        id="a1",
        kind=Kind.AGREEMENT,
        title="Link their coastal radars",
        evidence=span("Norland and Westmark will link their coastal radars by 2031"),
        trigger=span("link"),
        rule="modal",
        strength=Strength.COMMITTED,
        parties=("Norland", "Westmark"),
        deadline=Deadline("2031", span("by 2031"), "2031-01-01", "2031-12-31"),
        amounts=(Amount(3.0, "percent", span("3 percent of output"), "output"),),
        domain=Domain.MARITIME,
        cues=(span("will"),),
    )
    signed = Agreement(
        id="a2",
        kind=Kind.AGREEMENT,
        title="Sign the Harbour Accord",
        evidence=span("The two governments signed the Harbour Accord (HA)"),
        trigger=span("signed"),
        rule="deed",
        strength=Strength.AGREED,
        parties=("Norland", "Westmark"),
        instrument="Harbour Accord",
        instrument_role=InstrumentRole.SIGNED,
        domain=Domain.OTHER,
        page=2,
    )
    praise = Agreement(
        id="d1",
        kind=Kind.DECLARATORY,
        title="Praise the spirit of friendship",
        evidence=span("praised “the spirit of friendship”"),
        trigger=span("praised"),
        rule="praise",
    )
    return Analysis(document, (norland, westmark, accord), (radars, signed, praise), "rules-1", "model-1")
