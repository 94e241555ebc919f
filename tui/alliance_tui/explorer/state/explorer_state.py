"""The explorer's state: one frozen value, and functions that derive from it. Transitions are in `transitions`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from alliance_tui.explorer.state.pane_sizes import PaneSizes
from alliance_tui.explorer.state.table_view import TableView, arranged
from alliance_tui.highlighting import HighlightReason, Highlights, RecordKind, SelectedRecord, compute_highlights
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis, Document, Entity, EntityType, Kind
from alliance_tui.search.matches import NO_MATCHES, Matches, RecordMatch

if TYPE_CHECKING:
    from alliance_tui.review.document_review import DocumentReview
    from alliance_tui.review.record_changes import RecordReview
    from alliance_tui.search.completion import Completion


class Pane(StrEnum):
    """The panes of the document's screen; one has the focus. The facets are shown where the reader opened them."""

    TEXT = "text"
    AGREEMENTS = "agreements"
    ENTITIES = "entities"
    FACETS = "facets"


class DisplayMode(StrEnum):
    """The treatment of text and rows that do not match the query or the selection."""

    HIGHLIGHT = "highlight"
    """They are dimmed."""
    FILTER = "filter"
    """They are hidden; the text folds to the paragraphs that match."""

    @property
    def label(self) -> str:
        """The treatment of the rest, in words."""
        return "rest dimmed" if self is DisplayMode.HIGHLIGHT else "rest hidden"


class AnalysisStage(StrEnum):
    """The stages of a document's analysis."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ReviewOrder(StrEnum):
    """The orders in which a review pass goes through the records that are not judged."""

    LEAST_CERTAIN = "least certain first"
    READING = "reading order"


class LibraryPass(Struct, frozen=True):
    """A review pass through the documents of the library, as the document on the screen needs it.

    Of the `total` agreements of all of them, `judged` are judged in the other documents.
    """

    judged: int
    total: int


class ReadingPosition(Struct, frozen=True, omit_defaults=True):
    """The position at which a document was left, as the file of reading positions stores it.

    The fields are those of `Position` and `ExplorerState`; `top_offset` is that of the first row in view. `name` is the
    key of a field in the file.
    """

    offset: int = field(default=0, name="point")
    selection: SelectedRecord | None = field(default=None, name="choice")
    query: str = ""
    pane: Pane = Pane.TEXT
    focused_entity: str | None = field(default=None, name="entity")
    focused_agreement: str | None = field(default=None, name="agreement")
    top_offset: int = field(default=0, name="top")


class OpenDocument(Struct, frozen=True):
    """A document of the session with its analysis so far.

    `progress_label`, `done` and `total` describe the running analysis; `message` says why it failed. `reading_position`
    is where the document was left when it was last on the screen. `analysis` is as the reader sees it; once the reader
    has done anything with the document, `review` has it as it was extracted too. With `shows_possible` its agreements
    include the possible ones; `possible_asked` says that the query did so. `from_library`: stepping back from it leads
    to the library.
    """

    analysis: Analysis
    stage: AnalysisStage = AnalysisStage.WAITING
    progress_label: str = ""
    done: int = 0
    total: int = 0
    message: str | None = None
    reading_position: ReadingPosition = ReadingPosition()
    review: DocumentReview | None = None
    shows_possible: bool = False
    possible_asked: bool = False
    from_library: bool = False

    @classmethod
    def unread(cls, document: Document, reading_position: ReadingPosition = ReadingPosition()) -> OpenDocument:  # noqa: B008 - it is frozen
        """Return a document whose analysis has not begun."""
        return cls(Analysis(document, (), (), "", ""), reading_position=reading_position)

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.analysis.document


class Position(Struct, frozen=True):
    """The reader's position; back and forward step between positions.

    `offset` is that of the cursor in the text; a highlighted span that begins there is under the cursor.
    """

    document_index: int = 0
    offset: int = 0
    selection: SelectedRecord | None = None
    query: str = ""


RESTORED = "restored"
"""The history group of a query and a selection that come from an earlier session: one key clears both."""


class SelectedWords(Struct, frozen=True):
    """Words of the text that the reader selected by keys: code points `start` to `end` (exclusive) of a document."""

    document_index: int
    start: int
    end: int


class JumpTarget(Struct, frozen=True):
    """Something in view that can be selected: a highlighted span by its start, or a row by its record."""

    pane: Pane
    offset: int = 0
    record_id: str = ""


class JumpLabel(Struct, frozen=True):
    """A target, and the letters of its label that are still to be typed."""

    keys: str
    target: JumpTarget


class ExplorerState(Struct, frozen=True):
    """Everything that the document's screen shows, except how far each pane is scrolled.

    `position` is an index into `documents` with the cursor, the selection and the query; `back_positions` and
    `forward_positions` are its history, in which consecutive moves of one `history_group` count as one.
    `focused_entity` and `focused_agreement` are the ids of the focused rows. `query_opened_at` is the position at which
    the query line was opened, None while it is closed, and `rows_before_query` the rows focused then. `completions` are
    those of the query, the next first. With `jump_to_first_match`, the cursor moves to the first match as soon as the
    matches are known. With `show_declaratory`, declaratory phrases and packages are listed too; with `show_types`, the
    text shows the type of each entity. `table` and `sizes` are how the reader wants the table and the panes.
    With `facets_open`, the facets are a pane; `focused_facet` is the filter of its focused row.
    `notice` is a message about the last key. `welcome`: what the panes are is shown until the first key. `marked` are
    the ids of the records that the next command is for, and `review_order` that of the review pass, None without one;
    `library_pass` says that it goes on in the next document of the library. `selected_words` are there only while the
    text has the focus.
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
    show_types: bool = False
    table: TableView = TableView()
    sizes: PaneSizes = PaneSizes()
    facets_open: bool = False
    focused_facet: str = ""
    zoomed: bool = False
    history_group: str = ""
    jump_to_first_match: bool = False
    completions: tuple[Completion, ...] = ()
    jump_labels: tuple[JumpLabel, ...] = ()
    notice: str = ""
    marked: frozenset[str] = frozenset()
    review_order: ReviewOrder | None = None
    library_pass: LibraryPass | None = None
    selected_words: SelectedWords | None = None
    welcome: bool = False

    @property
    def current_document(self) -> OpenDocument:
        """The document on the screen."""
        return self.documents[self.position.document_index]

    @property
    def analysis(self) -> Analysis:
        """The analysis, so far, of the document on the screen."""
        return self.current_document.analysis

    @property
    def text(self) -> str:
        """The text of the document on the screen."""
        return self.analysis.document.text

    @property
    def selection(self) -> SelectedRecord | None:
        """The selected record."""
        return self.position.selection

    @property
    def typing(self) -> bool:
        """Whether the query line is open."""
        return self.query_opened_at is not None


def words_selected(state: ExplorerState) -> tuple[int, int] | None:
    """Return the span of the words that are selected by keys in the document on the screen."""
    words = state.selected_words
    if words is None or words.document_index != state.position.document_index or state.pane is not Pane.TEXT:
        return None
    return words.start, words.end


def has_records(state: ExplorerState) -> bool:
    """Return whether the document on the screen has any entity or agreement."""
    return bool(state.analysis.entities or state.analysis.agreements)


def find_record(state: ExplorerState, selection: SelectedRecord) -> Entity | Agreement | None:
    """Return the selected record, None where the analysis has none of that id."""
    return _by_id(state.analysis)[selection.kind].get(selection.id)


@cache_by_identity
def _by_id(analysis: Analysis) -> Mapping[RecordKind, Mapping[str, Entity | Agreement]]:
    return {
        RecordKind.ENTITY: {entity.id: entity for entity in analysis.entities},
        RecordKind.AGREEMENT: {agreement.id: agreement for agreement in analysis.agreements},
    }


def focused_record(state: ExplorerState) -> Entity | Agreement | None:
    """Return the focused record of a list or, in the text, the selected one: the one shown in a line and copied."""
    selection = state.selection
    if state.pane is Pane.ENTITIES:
        selection = SelectedRecord(RecordKind.ENTITY, state.focused_entity or "")
    elif state.pane is Pane.AGREEMENTS:
        selection = SelectedRecord(RecordKind.AGREEMENT, state.focused_agreement or "")
    return find_record(state, selection) if selection else None


def record_reviews(state: ExplorerState) -> Mapping[str, RecordReview]:
    """Return what the reader did with the records of the document on the screen, by their ids."""
    review = state.current_document.review
    return review.reviewed.reviews if review else {}


def is_judged(state: ExplorerState, record_id: str) -> bool:
    """Return whether the reader has judged a record."""
    review = record_reviews(state).get(record_id)
    return review is not None and review.judgement is not None


WORD = re.compile(r"\w+")
_Record = TypeVar("_Record", Entity, Agreement)
_TYPE_ORDER = {entity_type: position for position, entity_type in enumerate(EntityType)}


def agreement_order(state: ExplorerState, highlights: Highlights) -> Sequence[Agreement]:
    """Return the rows of the agreements pane: best matches first, else reading order; possible ones last."""
    return _agreement_rows(
        state.analysis,
        state.show_declaratory,
        state.matches,
        state.display_mode,
        _selection_highlights(state, highlights),
        state.table if in_table(state) else None,
    )


def in_table(state: ExplorerState) -> bool:
    """Return whether the agreements have the whole screen, as a table."""
    return state.zoomed and state.pane is Pane.AGREEMENTS


@cache_by_identity
def _agreement_rows(
    analysis: Analysis,
    show_declaratory: bool,
    matches: Matches,
    display_mode: DisplayMode,
    selection_highlights: Highlights | None,
    table: TableView | None,
) -> Sequence[Agreement]:
    records = [each for each in analysis.agreements if show_declaratory or each.kind is Kind.AGREEMENT]
    ordered = _matching_first(records, matches.agreements, matches, display_mode, selection_highlights)
    possible = {record.id for record in analysis.possible}
    if table is not None:
        matching = {match.record_id for match in matches.agreements} if matches.active else set()
        ordered = sorted(arranged(ordered, table), key=lambda record: record.id not in matching)
    return tuple(sorted(ordered, key=lambda record: record.id in possible))


def entity_order(state: ExplorerState, highlights: Highlights) -> Sequence[Entity]:
    """Return the rows of the entities pane: matching ones first, best first; else by type and mentions."""
    return _entity_rows(state.analysis, state.matches, state.display_mode, _selection_highlights(state, highlights))


@cache_by_identity
def _entity_rows(
    analysis: Analysis, matches: Matches, display_mode: DisplayMode, selection_highlights: Highlights | None
) -> Sequence[Entity]:
    records = sorted(analysis.entities, key=lambda e: (_TYPE_ORDER[e.type], -len(e.mentions), e.name))
    return tuple(_matching_first(records, matches.entities, matches, display_mode, selection_highlights))


def _selection_highlights(state: ExplorerState, highlights: Highlights) -> Highlights | None:
    """Return the highlights where a selection decides which rows are listed."""
    return highlights if state.display_mode is DisplayMode.FILTER and state.selection else None


def _matching_first(
    records: list[_Record],
    record_matches: Sequence[RecordMatch],
    matches: Matches,
    display_mode: DisplayMode,
    selection_highlights: Highlights | None,
) -> list[_Record]:
    if not matches.active and selection_highlights is None:
        return records
    ranks = {match.record_id: position for position, match in enumerate(record_matches)}
    if display_mode is DisplayMode.FILTER:
        highlighted = (
            {record for record, row in selection_highlights.rows.items() if row.highlighted}
            if selection_highlights
            else set()
        )
        records = [each for each in records if each.id in ranks or each.id in highlighted]
    return sorted(records, key=lambda r: ranks.get(r.id, len(ranks)))


def highlights_for(state: ExplorerState) -> Highlights:
    """Compute the highlights, and ahead of their use the rows that depend on them."""
    highlights = compute_highlights(state.analysis, state.matches, state.selection)
    precompute_rows(state, highlights)
    return highlights


def precompute_rows(state: ExplorerState, highlights: Highlights) -> None:
    """Compute the rows and counts for these highlights, which are cached."""
    agreement_order(state, highlights)
    entity_order(state, highlights)
    for pane in (Pane.AGREEMENTS, Pane.ENTITIES):
        record_counts(state, highlights, pane)


def other_kind_counts(analysis: Analysis) -> dict[Kind, int]:
    """Return how many declaratory phrases and packages there are, of those kinds that there are any of."""
    counts: Counter[Kind] = Counter(record.kind for record in analysis.agreements)
    return {kind: counts[kind] for kind in Kind if kind is not Kind.AGREEMENT and counts[kind]}


def record_counts(state: ExplorerState, highlights: Highlights, pane: Pane) -> tuple[int | None, int]:
    """Return how many records of a list match or belong to the selection (None without either), and of how many."""
    matches = state.matches if state.matches.active else None
    return _counted(state.analysis, pane, matches, highlights if state.selection and not matches else None)


@cache_by_identity
def _counted(
    analysis: Analysis, pane: Pane, matches: Matches | None, selection_highlights: Highlights | None
) -> tuple[int | None, int]:
    records = analysis.entities if pane is Pane.ENTITIES else analysis.agreements
    ids = {each.id for each in records if not isinstance(each, Agreement) or each.kind is Kind.AGREEMENT}
    if matches:
        record_matches = matches.entities if pane is Pane.ENTITIES else matches.agreements
        return sum(match.record_id in ids for match in record_matches), len(ids)
    if selection_highlights:
        return sum(row.highlighted for record, row in selection_highlights.rows.items() if record in ids), len(ids)
    return None, len(ids)


def match_index(state: ExplorerState) -> tuple[int, int]:
    """Return the number of the match under the cursor (from 1; 0 for none) and the number of matches."""
    matches = state.matches.text
    index = bisect_right(matches, state.position.offset, key=lambda hit: hit.start)
    return index if index and matches[index - 1].start == state.position.offset else 0, len(matches)


def cursor_span(state: ExplorerState, highlights: Highlights) -> tuple[int, int]:
    """Return the span to draw as the cursor: the first word of the highlighted span under it, or an empty span."""
    offset = state.position.offset
    index = bisect_left(highlights.spans, offset, key=lambda span: span.start)
    if index == len(highlights.spans) or highlights.spans[index].start != offset:
        return offset, offset
    span = highlights.spans[index]
    if highlights.text_dimmed and not span.reasons & (HighlightReason.SELECTED | HighlightReason.MATCH):
        return offset, offset
    word = WORD.match(state.text, offset, span.end)
    return offset, word.end() if word else offset + 1


def selected_evidence(state: ExplorerState) -> tuple[int, int] | None:
    """Return the span of the selected agreement's evidence."""
    record = find_record(state, state.selection) if state.selection else None
    return (record.evidence.start, record.evidence.end) if isinstance(record, Agreement) else None


def records_at(analysis: Analysis, offset: int) -> list[SelectedRecord]:
    """Return the records whose mention or evidence covers the offset, the shortest span first."""
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
    return [selection for _, selection in sorted(covering, key=lambda each: each[0])]
