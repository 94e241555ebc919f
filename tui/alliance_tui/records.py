"""The domain model: documents, and the entities and agreements extracted from them.

All types are frozen. Offsets count code points of `Document.text` from 0. An `Analysis` cannot be built unless every
span in it quotes its document verbatim, so every record can be cited. Kinds, strengths, entity types and domains are
those of the annotation guide (tests/quality/annotation-guide.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, field

from alliance_tui.errors import UngroundedRecordError


class Kind(StrEnum):
    """The kinds of record: an undertaking, wording that only resembles one, a bundle of undertakings."""

    AGREEMENT = "agreement"
    DECLARATORY = "declaratory"
    PACKAGE = "package"


class Strength(StrEnum):
    """The firmness of an undertaking, weakest first; `rank` orders the values."""

    EXPLORED = "explored"
    AIMED = "aimed"
    PLANNED = "planned"
    COMMITTED = "committed"
    AGREED = "agreed"
    BINDING = "binding"
    COMPLETED = "completed"

    @property
    def rank(self) -> int:
        """The position in the order, from 0 (explored) to 6 (completed)."""
        return _STRENGTH_RANKS[self]


_STRENGTH_RANKS = {strength: rank for rank, strength in enumerate(Strength)}


class EntityType(StrEnum):
    """The types of entity, in the order of the entities pane."""

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
    GOVERNANCE_RIGHTS = "governance-rights"
    """Democracy, human rights, the rule of law, justice, policing, corruption, labour and migration law."""
    OTHER = "other"


class InstrumentRole(StrEnum):
    """The relation of an agreement to its instrument."""

    CREATED = "created"
    SIGNED = "signed"
    USED = "used"


class Span(Struct, frozen=True, gc=False):
    """Code points `start` to `end` (exclusive) of a document's text, and the text between them.

    Use `Document.span` to make one. Raises ValueError for an empty span or a quote of another length.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise ValueError(f"not a span: {self.start} to {self.end}, quoting {len(self.quote)} characters")


class BlockKind(StrEnum):
    """The kind of a block in a structured format."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"


class BlockSpan(Struct, frozen=True, gc=False, array_like=True):
    """A block that the source marks up: its kind, and its code points `start` to `end` (exclusive) in the text.

    `level` is that of a heading (from 1, the highest) or the depth of a list item (from 0); it is 0 for other kinds.
    """

    kind: BlockKind
    level: int
    start: int
    end: int


class Document(Struct, frozen=True):
    """A text with its metadata.

    `text` is sanitised (see documents.sanitise). `date` is an ISO date (YYYY-MM-DD). `kind` is free text such as "news"
    or "fact sheet". `sha256` is the hash of the text in UTF-8. `pages` holds the start offset of each page and is empty
    for a source without pages. `structure` holds the blocks that the source marks up, in order; the kind of text
    outside them is not known, nor is that of any text in plain text files and messages.
    """

    text: str
    sha256: str
    title: str
    path: str | None = None
    date: str | None = None
    kind: str | None = None
    source: str | None = None
    pages: tuple[int, ...] = ()
    structure: tuple[BlockSpan, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str,
        path: str | None = None,
        date: str | None = None,
        kind: str | None = None,
        source: str | None = None,
        pages: tuple[int, ...] = (),
        structure: tuple[BlockSpan, ...] = (),
    ) -> Document:
        """Create a document from sanitised text; the hash is computed."""
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return cls(text, digest, title, path, date, kind, source, pages, structure)

    @property
    def id(self) -> str:
        """A short identifier derived from the text alone."""
        return self.sha256[:16]

    def span(self, start: int, end: int) -> Span:
        """Return the span from `start` to `end`. Raises ValueError if it is empty or outside the text."""
        return Span(start, end, self.text[start:end])

    def page_of(self, offset: int) -> int | None:
        """Return the page (from 1) that holds `offset`; None for a source without pages."""
        return sum(start <= offset for start in self.pages) or None


class Mention(Struct, frozen=True, gc=False):
    """A reference to an entity, by a name or (`by_name` false) by words such as "the two leaders", "its"."""

    span: Span
    by_name: bool = True


class Entity(Struct, frozen=True):
    """A named entity. `name` is the canonical name; `forms` are its distinct surface forms in the text."""

    id: str
    name: str
    type: EntityType
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def __post_init__(self) -> None:
        if not self.mentions:
            raise UngroundedRecordError(f"entity {self.name} has no mention in the text")


class Amount(Struct, frozen=True, gc=False):
    """A quantity in an undertaking, such as 2.9e9 USD or 2 percent of gross domestic product (its `base`).

    `unit` is "percent", an ISO 4217 code or a noun.
    """

    value: float
    unit: str
    span: Span
    base: str | None = None


class Deadline(Struct, frozen=True, gc=False):
    """The due date of an undertaking and the words that give it.

    `edtf` is a date in EDTF (Library of Congress, level 1); `earliest` and `latest` are its bounds as ISO dates, None
    for an unknown year (XXXX-11-01).
    """

    edtf: str
    span: Span
    earliest: str | None = None
    latest: str | None = None


class PartyRoles(Struct, frozen=True):
    """The parts that the text of an undertaking gives to parties and to those whom it is for, by canonical name.

    `does` undertakes the action itself, `pays` bears its cost or gives money, `receives` is given something, `hosts`
    has it on its ground.
    """

    does: tuple[str, ...] = ()
    pays: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def by_role(self) -> dict[str, tuple[str, ...]]:
        """Return the names of each role that somebody has."""
        return {role: names for role in PARTY_ROLES if (names := getattr(self, role))}


PARTY_ROLES = PartyRoles.__struct_fields__


class Agreement(Struct, frozen=True):
    """One undertaking (or, by `kind`, wording that resembles one) with its evidence.

    `evidence` is the shortest clause with actor, cue and object; `trigger` the word that names the action; `cues` the
    words that set the strength, in reading order. `parties` are canonical names. `rule` names the rule that made the
    record, `section` is the heading above it, and `same_as` the id of the agreement that it restates. `confidence` is a
    calibrated probability, or None. `trigger` is serialised under its former name, `anchor`.
    """

    id: str
    kind: Kind
    title: str
    evidence: Span
    trigger: Span = field(name="anchor")
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
    roles: PartyRoles = PartyRoles()

    def words_of(self, span: Span) -> str:
        """Return the words of a value's span; "" for a value that rests on the evidence as a whole."""
        return "" if span == self.evidence else span.quote

    def spans(self) -> Iterator[Span]:
        """Yield all spans of the record, the evidence first."""
        yield self.evidence
        yield self.trigger
        yield from self.cues
        if self.deadline:
            yield self.deadline.span
        yield from (amount.span for amount in self.amounts)


class Analysis(Struct, frozen=True):
    """A document with its records.

    Entities are in order of first mention, agreements (of all kinds) in order of their evidence. `extractor` is
    the fingerprint of the extraction and `model` the name and version of the spaCy pipeline. `possible` are agreements
    whose confidence is below the threshold, and forecasts, for a reader who must not miss any. Raises
    UngroundedRecordError unless every span quotes the text.
    """

    document: Document
    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]
    extractor: str
    model: str
    possible: tuple[Agreement, ...] = ()

    def __post_init__(self) -> None:
        text = self.document.text
        for span in self.spans():
            if text[span.start : span.end] != span.quote:
                raise UngroundedRecordError(
                    f"a record quotes “{span.quote[:60]}”, which is not what the text says at {span.start}"
                )

    def spans(self) -> Iterator[Span]:
        """Yield all spans of all records."""
        for entity in self.entities:
            for mention in entity.mentions:
                yield mention.span
        for agreement in (*self.agreements, *self.possible):
            yield from agreement.spans()


def record_id(document: Document, kind: str, *spans: Span) -> str:
    """Return an id for a record of `kind` at `spans`, the same on every machine and in every run."""
    offsets = ";".join(f"{span.start}-{span.end}" for span in spans)
    return kind[0] + hashlib.sha256(f"{document.sha256};{kind};{offsets}".encode()).hexdigest()[:11]
