"""The records that everything else passes around: frozen, typed, grounded in the text.

Offsets are code points from 0 in `Document.text`. An `Analysis` cannot be built unless every span in it
quotes its document verbatim, so a record that exists can be cited. The vocabulary (kinds, strengths,
entity types, domains) is that of the coding manual in the README's section on records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from alliance_tui.errors import UngroundedRecordError


class Kind(StrEnum):
    """What a record is: an undertaking, words that only look like one, or a bundle of undertakings."""

    AGREEMENT = "agreement"
    DECLARATORY = "declaratory"
    PACKAGE = "package"


class Strength(StrEnum):
    """The ladder from weak to strong; `rung` orders it."""

    EXPLORED = "explored"
    AIMED = "aimed"
    PLANNED = "planned"
    COMMITTED = "committed"
    AGREED = "agreed"
    BINDING = "binding"
    COMPLETED = "completed"

    @property
    def rung(self) -> int:
        """The place on the ladder, 0 (explored) to 6 (completed)."""
        return _LADDER[self]


_LADDER = {strength: rung for rung, strength in enumerate(Strength)}


class EntityType(StrEnum):
    """The types of entity, in the order in which a reader meets them on the screen."""

    STATE = "state"
    PERSON = "person"
    ORGANISATION = "organisation"
    BODY = "body"
    UNIT = "unit"
    INSTRUMENT = "instrument"
    PROGRAMME = "programme"
    SYSTEM = "system"
    EVENT = "event"
    PLACE = "place"


class Domain(StrEnum):
    """The policy field of an agreement."""

    COMMAND_CONTROL = "command-control"
    AIR_MISSILE_DEFENCE = "air-missile-defence"
    DEFENCE_INDUSTRY = "defence-industry"
    POSTURE_EXERCISES = "posture-exercises"
    NUCLEAR_DETERRENCE = "nuclear-deterrence"
    INTELLIGENCE_CYBER = "intelligence-cyber"
    MARITIME = "maritime"
    SPACE = "space"
    EXPORT_BUDGET = "export-budget"
    TECHNOLOGY = "technology"
    TRADE_INVESTMENT = "trade-investment"
    ENERGY_CLIMATE = "energy-climate"
    HEALTH = "health"
    DEVELOPMENT_HUMANITARIAN = "development-humanitarian"
    PEOPLE_EDUCATION = "people-education"
    DIPLOMACY_INSTITUTIONS = "diplomacy-institutions"
    OTHER = "other"


class InstrumentRole(StrEnum):
    """What an agreement does with its instrument."""

    CREATED = "created"
    SIGNED = "signed"
    USED = "used"


class Span(Struct, frozen=True, gc=False):
    """A stretch of a document's text: code points `start` to `end` (exclusive) and what stands there.

    Build it with `Document.span`; a `ValueError` refuses one that is empty or whose quote has another length.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise ValueError(f"not a span: {self.start} to {self.end}, quoting {len(self.quote)} characters")


class Document(Struct, frozen=True):
    """A text to explore and what is known of it.

    `text` is already cleaned (see documents.cleaning). `date` is ISO (YYYY-MM-DD). `kind` is a free word
    such as "news" or "fact sheet". `sha256` is that of the text in UTF-8. `pages` holds the offset at which each page
    begins, empty where the source has none.
    """

    text: str
    sha256: str
    title: str
    path: str | None = None
    date: str | None = None
    kind: str | None = None
    source: str | None = None
    pages: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        text: str,
        *,
        title: str,
        path: str | None = None,
        date: str | None = None,
        kind: str | None = None,
        source: str | None = None,
        pages: tuple[int, ...] = (),
    ) -> Document:
        """A document of this (cleaned) text, its hash computed."""
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return cls(text, digest, title, path, date, kind, source, pages)

    @property
    def id(self) -> str:
        """A short name derived from the text alone: the same text has the same id everywhere."""
        return self.sha256[:16]

    def span(self, start: int, end: int) -> Span:
        """The span from `start` to `end`, quoting the text. Raises ValueError where that is empty or outside."""
        return Span(start, end, self.text[start:end])

    def page_of(self, offset: int) -> int | None:
        """The page (from 1) on which `offset` stands; None where the source has no pages."""
        return sum(start <= offset for start in self.pages) or None


class Mention(Struct, frozen=True, gc=False):
    """A place where the text means an entity: by a name of it, or (`by_name` false) by "the two leaders", "its"."""

    span: Span
    by_name: bool = True


class Entity(Struct, frozen=True):
    """A thing in the world that the text names. `forms` are the distinct names that the text uses for it."""

    id: str
    name: str
    type: EntityType
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def __post_init__(self) -> None:
        if not self.mentions:
            raise UngroundedRecordError(f"entity {self.name} has no mention in the text")


class Amount(Struct, frozen=True, gc=False):
    """A quantity undertaken: 2 percent of gross domestic product, 2.9e9 USD.

    `unit` is "percent", an ISO 4217 code or a noun.
    """

    value: float
    unit: str
    span: Span
    base: str | None = None


class Deadline(Struct, frozen=True, gc=False):
    """When an undertaking falls due: EDTF (Library of Congress, level 1), its ISO bounds, and the words that say so.

    `earliest` and `latest` are None where the year is not known (XXXX-11-01).
    """

    edtf: str
    span: Span
    earliest: str | None = None
    latest: str | None = None


class Agreement(Struct, frozen=True):
    """One undertaking (or, by `kind`, words that look like one), with the words that say so.

    `evidence` is the shortest clause with actor, cue and object; `anchor` the one word that names the action;
    `cues` the words that set the strength, in reading order. `parties` are canonical names of entities. `rule` names
    what made the record and `section` the heading it stands under. `confidence` is calibrated (0 to 1) or None.
    """

    id: str
    kind: Kind
    title: str
    evidence: Span
    anchor: Span
    rule: str
    strength: Strength | None = None
    parties: tuple[str, ...] = ()
    reaffirms: bool = False
    deadline: Deadline | None = None
    amounts: tuple[Amount, ...] = ()
    instrument: str | None = None
    instrument_role: InstrumentRole | None = None
    domain: Domain | None = None
    attribution: str | None = None
    same_as: str | None = None
    section: str | None = None
    cues: tuple[Span, ...] = ()
    page: int | None = None
    confidence: float | None = None

    def spans(self) -> Iterator[Span]:
        """Every span that the record leans on, the evidence first."""
        yield self.evidence
        yield self.anchor
        yield from self.cues
        if self.deadline:
            yield self.deadline.span
        yield from (amount.span for amount in self.amounts)


class Analysis(Struct, frozen=True):
    """A document with all that was found in it. Raises UngroundedRecordError unless every span quotes the text.

    Entities come in order of first mention and agreements (of all kinds) in order of their evidence.
    `extractor` and `model` name what made them.
    """

    document: Document
    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]
    extractor: str
    model: str

    def __post_init__(self) -> None:
        text = self.document.text
        for span in self.spans():
            if text[span.start : span.end] != span.quote:
                raise UngroundedRecordError(
                    f"a record quotes “{span.quote[:60]}”, which is not what the text says at {span.start}"
                )

    def spans(self) -> Iterator[Span]:
        """Every span of every record."""
        for entity in self.entities:
            for mention in entity.mentions:
                yield mention.span
        for agreement in self.agreements:
            yield from agreement.spans()


def record_id(document: Document, kind: str, *spans: Span) -> str:
    """An id for a record of `kind` at `spans`: the same on every machine and in every run."""
    places = ";".join(f"{span.start}-{span.end}" for span in spans)
    return kind[0] + hashlib.sha256(f"{document.sha256};{kind};{places}".encode()).hexdigest()[:11]
