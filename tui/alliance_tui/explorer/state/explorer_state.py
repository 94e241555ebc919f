"""The explorer's state: one frozen value, and what can be asked of it. Moves between states are in `moves`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from alliance_tui.highlighting import HighlightReason, Highlights, RecordKind, SelectedRecord, compute_highlights
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis, Document, Entity, EntityType, Kind
from alliance_tui.search.matches import NO_MATCHES, Matches, RecordMatch

if TYPE_CHECKING:
    from alliance_tui.search.completion import Completion


class Pane(StrEnum):
    """Where the keys go."""

    TEXT = "text"
    AGREEMENTS = "agreements"
    ENTITIES = "entities"


class DisplayMode(StrEnum):
    """What a query does with what it does not match."""

    HIGHLIGHT = "highlight"
    """All stays and stands back."""
    FILTER = "filter"
    """Only what matches stays; the text folds to the paragraphs that match."""


class AnalysisStage(StrEnum):
    """How far the analysis of a document is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ReadingPosition(Struct, frozen=True, omit_defaults=True):
    """Where a document was left, as the file of reading positions keeps it (whose keys the names in quotes are).

    The fields are those of `Position` and `ExplorerState`; `top_offset` is that of the first row in view.
    """

    offset: int = field(default=0, name="point")
    selection: SelectedRecord | None = field(default=None, name="choice")
    query: str = ""
    pane: Pane = Pane.TEXT
    focused_entity: str | None = field(default=None, name="entity")
    focused_agreement: str | None = field(default=None, name="agreement")
    top_offset: int = field(default=0, name="top")


class OpenDocument(Struct, frozen=True):
    """A document and what is known of it so far. `message` tells why an analysis failed, or what there is to notice.

    `left` is where it was left when it was last on the screen.
    """

    analysis: Analysis
    stage: AnalysisStage = AnalysisStage.WAITING
    progress_label: str = ""
    done: int = 0
    total: int = 0
    message: str | None = None
    reading_position: ReadingPosition = ReadingPosition()

    @classmethod
    def unread(cls, document: Document, reading_position: ReadingPosition = ReadingPosition()) -> OpenDocument:  # noqa: B008 - it is frozen
        """A document of which nothing is known yet."""
        return cls(Analysis(document, (), (), "", ""), reading_position=reading_position)

    @property
    def document(self) -> Document:
        """The document being read."""
        return self.analysis.document


class Position(Struct, frozen=True):
    """Where the reader is: what one key steps back to.

    `point` is the offset in the text; the lit span that begins there is the one that the reader stands on.
    """

    document_index: int = 0
    offset: int = 0
    selection: SelectedRecord | None = None
    query: str = ""


class JumpTarget(Struct, frozen=True):
    """Something in view that can be chosen: a lit span of the text by its start, a row of a list by its record."""

    pane: Pane
    offset: int = 0
    record_id: str = ""


class JumpLabel(Struct, frozen=True):
    """A spot, and what is still to be typed of its label."""

    keys: str
    target: JumpTarget


class ExplorerState(Struct, frozen=True):
    """All that the screen shows, save how far each pane is scrolled.

    `entity` and `agreement` are the ids of the rows that the reader stands on in the two lists. `origin` is the place
    at which the query line was opened, None while it is closed, and `rows_before` the two rows stood on then.
    `others` is whether declaratory phrases and packages are listed below the agreements. `stride` names the kind of
    the last jump: a run of one kind is one step of history.
    `seeking` is whether to go to the first match as soon as the matches are known.
    `offers` are the completions of what is typed in the query line, the next first.
    `jumps` are the labels that are on the screen, each of which a key or two lead to.
    `notice` says what the last key did where nothing else shows it.
    """

    documents: tuple[OpenDocument, ...]
    position: Position = Position()
    pane: Pane = Pane.TEXT
    display_mode: DisplayMode = DisplayMode.HIGHLIGHT
    focused_entity: str | None = None
    focused_agreement: str | None = None
    matches: Matches = NO_MATCHES
    query_opened_at: Position | None = None
    rows_before_query: tuple[str | None, str | None] = (None, None)
    back_positions: tuple[Position, ...] = ()
    forward_positions: tuple[Position, ...] = ()
    query_history: tuple[str, ...] = ()
    show_declaratory: bool = False
    zoomed: bool = False
    history_group: str = ""
    jump_to_first_match: bool = False
    completions: tuple[Completion, ...] = ()
    jump_labels: tuple[JumpLabel, ...] = ()
    notice: str = ""

    @property
    def current_document(self) -> OpenDocument:
        """The document on the screen and what is known of it."""
        return self.documents[self.position.document_index]

    @property
    def analysis(self) -> Analysis:
        """What was found in the document on the screen."""
        return self.current_document.analysis

    @property
    def text(self) -> str:
        """The text on the screen."""
        return self.analysis.document.text

    @property
    def selection(self) -> SelectedRecord | None:
        """The chosen record."""
        return self.position.selection

    @property
    def typing(self) -> bool:
        """Whether the query line is open."""
        return self.query_opened_at is not None


def find_record(state: ExplorerState, choice: SelectedRecord) -> Entity | Agreement | None:
    """The record that is meant, if it is there."""
    return _by_id(state.analysis)[choice.kind].get(choice.id)


@cache_by_identity
def _by_id(analysis: Analysis) -> Mapping[RecordKind, Mapping[str, Entity | Agreement]]:
    return {
        RecordKind.ENTITY: {entity.id: entity for entity in analysis.entities},
        RecordKind.AGREEMENT: {agreement.id: agreement for agreement in analysis.agreements},
    }


def focused_record(state: ExplorerState) -> Entity | Agreement | None:
    """The record that is told in one line and copied: the one stood on in a list, the chosen one in the text."""
    choice = state.selection
    if state.pane is Pane.ENTITIES:
        choice = SelectedRecord(RecordKind.ENTITY, state.focused_entity or "")
    elif state.pane is Pane.AGREEMENTS:
        choice = SelectedRecord(RecordKind.AGREEMENT, state.focused_agreement or "")
    return find_record(state, choice) if choice else None


WORD = re.compile(r"\w+")
_Record = TypeVar("_Record", Entity, Agreement)
_TYPE_ORDER = {kind: place for place, kind in enumerate(EntityType)}


def agreement_order(state: ExplorerState, lights: Highlights) -> Sequence[Agreement]:
    """The rows of the agreements pane: the matching ones best first, then the rest, what is no agreement last."""
    return _agreement_rows(
        state.analysis, state.show_declaratory, state.matches, state.display_mode, _chosen(state, lights)
    )


@cache_by_identity
def _agreement_rows(
    analysis: Analysis, others: bool, matches: Matches, mode: DisplayMode, chosen: Highlights | None
) -> Sequence[Agreement]:
    records = [each for each in analysis.agreements if others or each.kind is Kind.AGREEMENT]
    ordered = _matching_first(records, matches.agreements, matches, mode, chosen)
    return (*(a for a in ordered if a.kind is Kind.AGREEMENT), *(a for a in ordered if a.kind is not Kind.AGREEMENT))


def entity_order(state: ExplorerState, lights: Highlights) -> Sequence[Entity]:
    """The rows of the entities pane: by type, the most mentioned first; with a query, the matching best first."""
    return _entity_rows(state.analysis, state.matches, state.display_mode, _chosen(state, lights))


@cache_by_identity
def _entity_rows(
    analysis: Analysis, matches: Matches, mode: DisplayMode, chosen: Highlights | None
) -> Sequence[Entity]:
    records = sorted(analysis.entities, key=lambda e: (_TYPE_ORDER[e.type], -len(e.mentions), e.name))
    return tuple(_matching_first(records, matches.entities, matches, mode, chosen))


def _chosen(state: ExplorerState, lights: Highlights) -> Highlights | None:
    """The lights, where a choice decides which rows there are."""
    return lights if state.display_mode is DisplayMode.FILTER and state.selection else None


def _matching_first(
    records: list[_Record], found: Sequence[RecordMatch], matches: Matches, mode: DisplayMode, chosen: Highlights | None
) -> list[_Record]:
    if not matches.active and chosen is None:
        return records
    rank = {match.record_id: place for place, match in enumerate(found)}
    if mode is DisplayMode.FILTER:
        with_choice = {record for record, row in chosen.rows.items() if row.highlighted} if chosen else set()
        records = [each for each in records if each.id in rank or each.id in with_choice]
    return sorted(records, key=lambda r: rank.get(r.id, len(rank)))


def highlights_for(state: ExplorerState) -> Highlights:
    """What is lit in the state; the rows that go with it are at hand then."""
    lights = compute_highlights(state.analysis, state.matches, state.selection)
    precompute_rows(state, lights)
    return lights


def precompute_rows(state: ExplorerState, lights: Highlights) -> None:
    """Make now the rows and the counts that go with the lights, which are remembered."""
    agreement_order(state, lights)
    entity_order(state, lights)
    for pane in (Pane.AGREEMENTS, Pane.ENTITIES):
        record_counts(state, lights, pane)


def record_counts(state: ExplorerState, lights: Highlights, pane: Pane) -> tuple[int | None, int]:
    """How many records of a list match the query or go with the choice (None without either), of how many."""
    matches = state.matches if state.matches.active else None
    return _counted(state.analysis, pane, matches, lights if state.selection and not matches else None)


@cache_by_identity
def _counted(
    analysis: Analysis, pane: Pane, matches: Matches | None, chosen: Highlights | None
) -> tuple[int | None, int]:
    records = analysis.entities if pane is Pane.ENTITIES else analysis.agreements
    ids = {each.id for each in records if not isinstance(each, Agreement) or each.kind is Kind.AGREEMENT}
    if matches:
        found = matches.entities if pane is Pane.ENTITIES else matches.agreements
        return sum(match.record_id in ids for match in found), len(ids)
    if chosen:
        return sum(row.highlighted for record, row in chosen.rows.items() if record in ids), len(ids)
    return None, len(ids)


def match_index(state: ExplorerState) -> tuple[int, int]:
    """Which match in the text the reader stands on (from 1; 0 for none) and how many there are."""
    hits = state.matches.text
    index = bisect_right(hits, state.position.offset, key=lambda hit: hit.start)
    return index if index and hits[index - 1].start == state.position.offset else 0, len(hits)


def cursor_span(state: ExplorerState, lights: Highlights) -> tuple[int, int]:
    """What to mark of the lit span that the reader stands on: its first word."""
    point = state.position.offset
    index = bisect_left(lights.spans, point, key=lambda run: run.start)
    if index == len(lights.spans) or lights.spans[index].start != point:
        return point, point
    run = lights.spans[index]
    if lights.text_dimmed and not run.reasons & (HighlightReason.SELECTED | HighlightReason.MATCH):
        return point, point
    word = WORD.match(state.text, point, run.end)
    return point, word.end() if word else point + 1


def selected_evidence(state: ExplorerState) -> tuple[int, int] | None:
    """The evidence of the chosen agreement."""
    record = find_record(state, state.selection) if state.selection else None
    return (record.evidence.start, record.evidence.end) if isinstance(record, Agreement) else None


def records_at(analysis: Analysis, offset: int) -> list[SelectedRecord]:
    """The records whose mention or evidence covers the offset, the narrowest first."""
    covering = [
        (mention.span.end - mention.span.start, SelectedRecord(RecordKind.ENTITY, entity.id))
        for entity in analysis.entities
        for mention in entity.mentions
        if mention.span.start <= offset < mention.span.end
    ]
    covering += [
        (agreement.evidence.end - agreement.evidence.start, SelectedRecord(RecordKind.AGREEMENT, agreement.id))
        for agreement in analysis.agreements
        if agreement.evidence.start <= offset < agreement.evidence.end
    ]
    return [choice for _, choice in sorted(covering, key=lambda each: each[0])]
