"""Documents and analyses for the explorer's tests, built by hand from an invented text."""

from __future__ import annotations

import re
from functools import partial

from alliance_tui.records import (
    Agreement,
    Analysis,
    Deadline,
    Document,
    Domain,
    Entity,
    EntityType,
    Kind,
    Mention,
    Strength,
    record_id,
)
from tests.support.spans import span_of

ACCORD = (
    "Defence ministers Ana Duarte of Portugal and Mikkel Holm of Denmark opened a “new chapter” for the two "
    "navies when they met in Lisbon on Monday, after two years of talks on the North Atlantic.\n"
    "Portugal and Denmark agreed to create a joint centre for undersea cables by June 2027. The Atlantic Cable"
    " Protection Centre (ACPC), to be run from Porto, would watch over 40,000 kilometres of cable.\n"
    "The ministers also plan to explore the possibility of building patrol vessels together in Danish yards, "
    "Holm said.\n"
    "Denmark will deliver four Skadi drones to the Portuguese Navy within two years, while Lisbon pledged to "
    "open the port of Leixões to Danish ships.\n"
    "“The sea between us is what joins us,” Duarte said.\n"
    "Copenhagen and Lisbon reaffirmed their deep friendship and their faith in NATO.\n"
    "Ten arrangements were announced in all, among them a deal on maintenance that both sides signed on "
    "Sunday.\n"
)


def document(text: str = ACCORD, title: str = "Portugal and Denmark join forces at sea") -> Document:
    """Return the document of the tests."""
    return Document.from_text(text, title=title, path="accord.txt", date="2026-03-02", kind="news")


def entity(doc: Document, name: str, type_: EntityType, *forms: str) -> Entity:
    """Return the entity with a mention wherever the text has one of its forms."""
    forms = forms or (name,)
    pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    mentions = [Mention(doc.span(*match.span())) for match in re.finditer(rf"\b(?:{pattern})\b", doc.text)]
    return Entity(record_id(doc, "entity", mentions[0].span), name, type_, forms, tuple(mentions))


def agreement(
    doc: Document,
    title: str,
    quote: str,
    trigger: str,
    *,
    kind: Kind = Kind.AGREEMENT,
    strength: Strength | None = None,
    parties: tuple[str, ...] = (),
    deadline: tuple[str, str] | None = None,
    cues: tuple[str, ...] = (),
    domain: Domain | None = None,
    instrument: str | None = None,
    attribution: str | None = None,
) -> Agreement:
    """Return the record whose evidence is `quote`; trigger, cues and deadline are searched for from its start."""
    evidence = span_of(doc, quote)
    span = partial(span_of, doc, start=evidence.start)
    return Agreement(
        record_id(doc, kind, evidence),
        kind,
        title,
        evidence,
        span(trigger),
        "test",
        strength=strength,
        parties=parties,
        deadline=Deadline(deadline[0], span(deadline[1])) if deadline else None,
        cues=tuple(span(cue) for cue in cues),
        domain=domain,
        instrument=instrument,
        attribution=attribution,
    )


def analysis(doc: Document | None = None) -> Analysis:
    """Return the complete analysis of ACCORD."""
    doc = doc or document()
    both = ("Portugal", "Denmark")
    entities = (
        entity(doc, "Ana Duarte", EntityType.PERSON, "Ana Duarte", "Duarte"),
        entity(doc, "Portugal", EntityType.STATE, "Portugal", "Lisbon"),
        entity(doc, "Mikkel Holm", EntityType.PERSON, "Mikkel Holm", "Holm"),
        entity(doc, "Denmark", EntityType.STATE, "Denmark", "Copenhagen"),
        entity(doc, "Atlantic Cable Protection Centre", EntityType.BODY, "Atlantic Cable Protection Centre", "ACPC"),
        entity(doc, "Porto", EntityType.PLACE),
        entity(doc, "Skadi", EntityType.SYSTEM),
        entity(doc, "Portuguese Navy", EntityType.UNIT),
        entity(doc, "NATO", EntityType.ORGANISATION),
    )
    agreements = (
        agreement(
            doc,
            "Create a joint centre for undersea cables",
            "Portugal and Denmark agreed to create a joint centre for undersea cables by June 2027",
            "create",
            strength=Strength.AGREED,
            parties=both,
            deadline=("2027-06", "by June 2027"),
            cues=("agreed to",),
            domain=Domain.MARITIME,
            instrument="Atlantic Cable Protection Centre",
        ),
        agreement(
            doc,
            "Explore building patrol vessels together",
            "The ministers also plan to explore the possibility of building patrol vessels together in Danish yards",
            "explore",
            strength=Strength.EXPLORED,
            parties=both,
            cues=("plan to", "explore"),
            domain=Domain.DEFENCE_INDUSTRY,
            attribution="Mikkel Holm",
        ),
        agreement(
            doc,
            "Deliver four Skadi drones to the Portuguese Navy",
            "Denmark will deliver four Skadi drones to the Portuguese Navy within two years",
            "deliver",
            strength=Strength.COMMITTED,
            parties=("Denmark",),
            deadline=("2026-03-02/2028-03-02", "within two years"),
            cues=("will",),
            domain=Domain.DEFENCE_INDUSTRY,
        ),
        agreement(
            doc,
            "Open the port of Leixões to Danish ships",
            "Lisbon pledged to open the port of Leixões to Danish ships",
            "open",
            strength=Strength.COMMITTED,
            parties=("Portugal",),
            cues=("pledged to",),
            domain=Domain.MARITIME,
        ),
        agreement(
            doc,
            "Reaffirm friendship",
            "Copenhagen and Lisbon reaffirmed their deep friendship",
            "reaffirmed",
            kind=Kind.DECLARATORY,
            parties=both,
        ),
        agreement(
            doc,
            "Ten arrangements",
            "Ten arrangements were announced in all",
            "announced",
            kind=Kind.PACKAGE,
            parties=both,
        ),
        agreement(
            doc,
            "Sign a deal on maintenance",
            "a deal on maintenance that both sides signed on Sunday",
            "signed",
            strength=Strength.AGREED,
            parties=both,
            cues=("signed",),
            domain=Domain.DEFENCE_INDUSTRY,
        ),
    )
    return Analysis(doc, entities, agreements, "test", "test")
