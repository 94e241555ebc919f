"""Presenters of the document's screen: pure functions from its state to styled lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.style import Style

from alliance_tui.explorer.commands.registry import Command, key_bar_commands
from alliance_tui.explorer.presenters.facets import STRENGTH_FACET, facet_rows, facets, first_due
from alliance_tui.explorer.rendering.chips import amount_label, due_label
from alliance_tui.explorer.rendering.document_style import NO_STYLE, DocumentStyle
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.short_names import ShortNames, joined_parties, short_names
from alliance_tui.explorer.rendering.strips import (
    KEYS_GAP,
    Part,
    excerpt,
    highlight_ranges,
    key_hints,
    parts_width,
)
from alliance_tui.explorer.rendering.theme import Palette, StyleRole
from alliance_tui.explorer.rendering.wrapping import paragraphs_at, shorten
from alliance_tui.explorer.state.explorer_state import (
    AnalysisStage,
    DisplayMode,
    ExplorerState,
    Pane,
    find_record,
    focused_record,
    has_records,
    in_table,
    match_index,
    other_kind_counts,
    record_counts,
    record_reviews,
    words_selected,
)
from alliance_tui.explorer.state.jump_labels import text_labels
from alliance_tui.explorer.state.review_transitions import judged_count
from alliance_tui.explorer.state.table_view import TableView
from alliance_tui.explorer.widgets.text_pane import NOT_SELECTED, TextView, TypedMention
from alliance_tui.export.labels import collapse_whitespace, count_noun
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis, Entity, Kind, Strength
from alliance_tui.search.indexing.record_fields import agreement_fields, entity_fields
from alliance_tui.search.matches import Matches, MatchType, Range, TextMatch

if TYPE_CHECKING:
    from alliance_tui.review.record_changes import RecordReview
    from alliance_tui.search.completion import Completion

RIGHT_ALIGNED_COMMANDS = {"help", "quit"}
"""The commands at the right end of the key bar, shown however narrow the screen."""
MIN_FIELD_WIDTH = 24
"""Cells that a field of the focused record may take however narrow the screen."""
PROGRESS_WIDTH = 12
HINT = 'typos are forgiven  \'exact  "phrase"  ^prefix  !not  a | b  party:japan'


class LineStyler:
    """Makes the parts of lines from a palette, a set of glyphs and the commands by id with the reader's keys."""

    def __init__(self, palette: Palette, glyphs: Glyphs, commands: Mapping[str, Command]) -> None:
        self.palette = palette
        self.glyphs = glyphs
        self.commands = commands

    def part(self, text: str, role: StyleRole | None = None) -> Part:
        """Return the text in the style of a role."""
        return text, self.palette.style(role) if role else Style()

    def separator(self) -> Part:
        """Return the separator between two pieces of information."""
        return self.part(f" {self.glyphs.separator} ", StyleRole.MUTED)


def title_line(state: ExplorerState, width: int, styler: LineStyler) -> list[Part]:
    """Return the document's title and, as far as `width` cells hold them, its date and its number among several."""
    document = state.current_document.document
    date = "" if document.date and document.date in document.title else document.date
    several = len(state.documents) > 1
    number = f"document {state.position.document_index + 1} of {len(state.documents)}" if several else ""
    parts = [styler.part(document.title, StyleRole.STRONG)]
    for fact in filter(None, (date, number)):
        longer = [*parts, styler.separator(), styler.part(fact, StyleRole.MUTED)]
        parts = longer if parts_width(longer) <= width else parts
    return parts


class SummaryPart(Struct, frozen=True):
    """A part of the summary: what is shown, and the term of the query or the agreement that a click asks for."""

    parts: tuple[Part, ...]
    term: str = ""
    agreement: str = ""


SUMMARY_GAP = "  "
"""The blanks between two parts of the summary."""
MIN_SUMMARY_PARTIES, MAX_SUMMARY_PARTIES = 2, 4
"""The parties that go before the title of what falls due first, and the most that are shown."""
MIN_SUMMARY_TITLE = 16
"""Cells of the title of what falls due first; where it has fewer, only the date is shown."""


def summary_parts(state: ExplorerState, width: int, styler: LineStyler) -> list[SummaryPart]:
    """Return how many agreements there are of each strength, the commonest parties, and what falls due first.

    The counts are of what the query matches, or of all. What does not fit `width` cells is left out whole: the last
    parties, then what falls due, then the last strengths.
    """
    analysis, names = state.analysis, short_names(state.analysis)
    values = facets(analysis, state.matches)
    strengths: list[SummaryPart] = []
    for facet in values:
        if facet.facet == STRENGTH_FACET:
            strength = Strength(facet.label)
            glyph = (styler.glyphs.strengths[strength], styler.palette.strength_style(strength))
            strengths.append(SummaryPart((glyph, styler.part(f" {facet.count}")), facet.term))
    parties: list[SummaryPart] = []
    for facet in [facet for facet in values if facet.facet == "Party"][:MAX_SUMMARY_PARTIES]:
        name = styler.part(names.short.get(facet.label, facet.label), StyleRole.ENTITY)
        parties.append(SummaryPart((name, styler.part(f" {facet.count}")), facet.term))
    due = [_first_due(record, styler)] if (record := first_due(analysis)) else []
    for kept, spared in ((MIN_SUMMARY_PARTIES, MIN_SUMMARY_TITLE if due else 0), (0, 0)):
        while len(parties) > kept and _summary_width([*strengths, *parties, *due]) > width - spared:
            parties.pop()
    shown = [*strengths, *parties, *due]
    while _summary_width(shown) > width:
        shown.pop()
    if record and due[0] in shown:
        shown[-1] = _with_title(due[0], record.title, width - _summary_width(shown), styler)
    return shown


def _first_due(record: Agreement, styler: LineStyler) -> SummaryPart:
    chip = styler.part(f" {due_label(record)} ", StyleRole.DUE)
    return SummaryPart((styler.part("first due", StyleRole.MUTED), styler.part(" "), chip), "", record.id)


def _with_title(part: SummaryPart, title: str, room: int, styler: LineStyler) -> SummaryPart:
    """Return the part with the title behind it, or as many whole words of it as there is room for."""
    if room < MIN_SUMMARY_TITLE:
        return part
    return replace(part, parts=(*part.parts, styler.part(shorten(f" {title}", room, styler.glyphs.ellipsis))))


def _summary_width(parts: Iterable[SummaryPart]) -> int:
    widths = [parts_width(part.parts) for part in parts]
    return sum(widths) + len(SUMMARY_GAP) * max(0, len(widths) - 1)


def summary_line(parts: Iterable[SummaryPart], styler: LineStyler) -> list[Part]:
    """Return the summary in one line."""
    spaced = [piece for part in parts for piece in (styler.part(SUMMARY_GAP), *part.parts)]
    return spaced[1:]


def summary_part_at(parts: Iterable[SummaryPart], x: int) -> SummaryPart | None:
    """Return the part of the summary at a cell of its line."""
    end = 0
    for part in parts:
        end += parts_width(part.parts) + len(SUMMARY_GAP)
        if x < end:
            return part
    return None


def query_status(state: ExplorerState, styler: LineStyler) -> list[Part]:
    """Return the query with the display mode and the number of the match, or the analysis's progress."""
    parts: list[Part] = []
    if state.marked:
        parts.append(styler.part(f"{len(state.marked):,} marked", StyleRole.ACCENT))
    if state.review_order:
        judged, total = judged_count(state)
        parts.append(styler.part(f"review {judged:,} of {total:,}", StyleRole.ACCENT))
        if in_library := state.library_pass:
            counts = f"library {in_library.judged + judged:,} of {in_library.total:,}"
            parts.append(styler.part(counts, StyleRole.ACCENT))
    if state.display_mode is DisplayMode.FILTER or state.position.query or state.selection:
        parts.append(
            styler.part(
                state.display_mode.label,
                StyleRole.ACCENT if state.display_mode is DisplayMode.FILTER else StyleRole.MUTED,
            )
        )
    if state.position.query:
        index, total = match_index(state)
        nearest = "nearest " if state.matches.is_nearest else ""
        count_text = f"{nearest}{index or '-'}/{total}" if total else _without_text_matches(state.matches)
        parts.append(
            styler.part(count_text if state.matches.query == state.position.query else "searching", StyleRole.STRONG)
        )
        if not state.typing:
            parts.append(styler.part(f"/ {state.position.query}"))
    elif not parts:
        parts += analysis_progress(state, styler)
    spaced: list[Part] = []
    for part in parts:
        spaced += [styler.part("  "), part] if spaced else [part]
    return spaced


def _without_text_matches(matches: Matches) -> str:
    """Return what matches where the text does not."""
    if not matches.active:
        return ""
    found = [count_noun(len(matches.agreements), "agreement")] if matches.agreements else []
    if matches.entities:
        found.append("1 entity" if len(matches.entities) == 1 else f"{len(matches.entities)} entities")
    return f"{' and '.join(found)}, none in the text" if found else "no match"


def analysis_progress(state: ExplorerState, styler: LineStyler) -> list[Part]:
    """Return a label and a progress bar while the document is being analysed."""
    current = state.current_document
    if current.stage is not AnalysisStage.RUNNING:
        return []
    share = current.done / current.total if current.total else 0
    return [styler.part(current.progress_label or "reading", StyleRole.MUTED), *progress_bar(share, styler)]


def progress_bar(share: float, styler: LineStyler) -> list[Part]:
    """Return a bar of which this share is done."""
    done = round(share * PROGRESS_WIDTH)
    bar = styler.part(styler.glyphs.bar_done * done, StyleRole.ACCENT)
    return [bar, styler.part(styler.glyphs.bar_left * (PROGRESS_WIDTH - done), StyleRole.MUTED)]


def record_line(state: ExplorerState, highlights: Highlights, width: int, styler: LineStyler) -> list[Part]:
    """Return the focused record in one line of `width` cells; without one, a message about the document."""
    if state.notice:
        return [styler.part(state.notice, StyleRole.STRONG)]
    if state.pane is Pane.FACETS and not state.typing:
        return _facet_line(state, styler)
    if words := words_selected(state):
        return _words_line(state.text[slice(*words)], width, styler)
    record = focused_record(state) if not state.typing else None
    row = highlights.rows.get(record.id) if record else None
    fields = row.matched_ranges if row else {}
    if isinstance(record, Agreement):
        review, names = record_reviews(state).get(record.id), short_names(state.analysis)
        return agreement_line(record, review, fields, names, width, styler)
    if isinstance(record, Entity):
        return _entity_line(record, fields, width, styler)
    return status_message(state, styler)


def _words_line(words: str, width: int, styler: LineStyler) -> list[Part]:
    """Return the words that are selected, with their number."""
    count = styler.part(f"{count_noun(len(words.split()), 'word')} ", StyleRole.ACCENT)
    quotes = [styler.part(styler.glyphs.open_quote), styler.part(styler.glyphs.close_quote)]
    room = max(1, width - parts_width([count, *quotes]))
    quote = excerpt(collapse_whitespace(words), (), room, Style(), Style(), styler.glyphs.ellipsis)
    return [count, quotes[0], *quote, quotes[1]]


def _facet_line(state: ExplorerState, styler: LineStyler) -> list[Part]:
    """Return what the key to choose does to the focused value of a facet."""
    rows = facet_rows(state)
    if not rows:
        return status_message(state, styler)
    row = next((row for row in rows if row.term == state.focused_facet), rows[0])
    key, agreements = styler.commands["choose"].first_key, count_noun(row.count, "agreement")
    effect = "takes it away again" if row.chosen else f"shows only {agreements}"
    return [styler.part(row.term, StyleRole.ACCENT), styler.part(f"  {key} {effect}")]


def agreement_line(
    record: Agreement,
    review: RecordReview | None,
    fields: Mapping[str, Sequence[Range]],
    names: ShortNames,
    width: int,
    styler: LineStyler,
    *,
    quoted: bool = True,
) -> list[Part]:
    """Return an agreement's fields, what the reader did with it and, if `quoted`, in the remaining width its quote.

    Parties that have no room have short `names`.
    """
    texts, match = agreement_fields(record), styler.palette.style(StyleRole.MATCH)
    field_width = max(MIN_FIELD_WIDTH, width // 3) if quoted else width

    def _field(name: str, room: int) -> list[Part]:
        text, ranges = texts[name], fields.get(name, ())
        if name == "parties":
            text, ranges = joined_parties(record.parties, ranges, names, room)
        return excerpt(text, ranges, room, Style(), match, styler.glyphs.ellipsis)

    strength = f"{styler.glyphs.for_agreement(record)} {record.strength or record.kind}"
    parts = [(strength, styler.palette.strength_style(record.strength))]
    for name in ("parties", "domain", "deadline"):
        if name in texts:
            parts += [styler.separator(), *_field(name, field_width)]
    if amount := amount_label(record.amounts):
        parts += [styler.separator(), styler.part(amount)]
    if review and (words := review_words(review)):
        parts += [styler.separator(), styler.part(words, StyleRole.STRONG)]
    if not quoted:
        return parts
    parts += [styler.separator(), styler.part(styler.glyphs.open_quote)]
    closing = styler.part(styler.glyphs.close_quote)
    return [*parts, *_field("quote", max(1, width - parts_width([*parts, closing]))), closing]


def review_marks(state: ExplorerState, glyphs: Glyphs) -> Mapping[str, str]:
    """Return the mark of each record that is marked or that the reader did something with, by record id."""
    marks = {identifier: glyphs.for_review(review) for identifier, review in record_reviews(state).items()}
    return marks | dict.fromkeys(state.marked, glyphs.marked)


def review_words(review: RecordReview) -> str:
    """Return what the reader did with a record: the judgement, "corrected", tags and notes."""
    done = [str(review.judgement or ""), "added" if review.added else "corrected" if review.corrected else ""]
    changed = "words changed since" if review.words_changed else ""
    return ", ".join(filter(None, [*done, changed, *(f"#{tag}" for tag in review.tags), *review.notes]))


def _entity_line(record: Entity, fields: Mapping[str, Sequence[Range]], width: int, styler: LineStyler) -> list[Part]:
    """Return an entity's name, type, number of mentions and other names, the matching ones first."""
    match, accent, names = (
        styler.palette.style(StyleRole.MATCH),
        styler.palette.style(StyleRole.ACCENT),
        entity_fields(record),
    )
    room = max(MIN_FIELD_WIDTH, width // 2)
    glyph = f"{styler.glyphs.entities[record.type]} ", styler.palette.kind_style(record.type)
    parts = [glyph, *excerpt(names["name"], fields.get("name", ()), room, accent, match, styler.glyphs.ellipsis)]
    mentions = count_noun(len(record.mentions), "mention")
    parts += [styler.separator(), styler.part(str(record.type)), styler.separator(), styler.part(mentions)]
    other_names = sorted((name for name in names if name != "name"), key=lambda name: name not in fields)
    for index, name in enumerate(other_names):
        parts += [styler.part(", ")] if index else [styler.separator(), styler.part("also ")]
        parts += highlight_ranges(names[name], fields.get(name, ()), Style(), match)
    return parts


def status_message(state: ExplorerState, styler: LineStyler) -> list[Part]:
    """Return the message where no record is focused: completions and problems first."""
    current = state.current_document
    if state.typing and state.completions:
        return completions_line(state.completions, styler)
    if state.matches.problems:
        return [styler.part(state.matches.problems[0], StyleRole.MUTED)]
    if message := state.matches.relaxation or _explanation(state):
        return [styler.part(message, StyleRole.MUTED)]
    if state.typing:
        return [styler.part(HINT, StyleRole.MUTED)]
    if current.message:
        key = styler.commands["details"].first_key
        why = f"The analysis failed ({key} tells why); the text can be read and searched."
        return [styler.part(why, StyleRole.ERROR)]
    if current.stage is AnalysisStage.RUNNING:
        return [styler.part("Looking for entities and agreements; the text can be read and searched.", StyleRole.MUTED)]
    if not has_records(state):
        return (
            [styler.part(hint, StyleRole.MUTED)]
            if current.stage is AnalysisStage.DONE and (hint := _unsupported_language_message(state.text))
            else []
        )
    return [styler.part("Enter on a highlighted word, a row of a list or a click chooses a record.", StyleRole.MUTED)]


def _explanation(state: ExplorerState) -> str:
    """Return why the match under the cursor matches or, while the query is typed, the best one that is not plain.

    That is the best match, or another word of a query in its line; empty if all are plain.
    """
    matches = state.matches.text
    index, _ = match_index(state)
    if not matches or not (index or state.typing):
        return ""
    match = matches[index - 1] if index else _best_explained(matches, state.text)
    if not match.match_type.explanation:
        return ""
    return f"{match.match_type.explanation} “{' '.join(state.text[match.start : match.end].split())}”"


def _best_explained(matches: Sequence[TextMatch], text: str) -> TextMatch:
    """Return the best match or, if it is plain, the best of its line that is another word than an inflection."""
    best = max(matches, key=lambda each: each.score)
    if best.match_type.explanation:
        return best
    start, end = text.rfind("\n", 0, best.start) + 1, text.find("\n", best.end)
    in_line = (each for each in matches if start <= each.start and (end < 0 or each.end <= end))
    explained = [each for each in in_line if each.match_type.explanation and each.match_type is not MatchType.SPELLING]
    return max(explained, key=lambda each: each.score, default=best)


def completions_line(completions: Iterable[Completion], styler: LineStyler) -> list[Part]:
    """Return the completions, the one that Tab puts in first, each with the number of records that have it."""
    parts = [styler.part(f"{styler.commands['complete'].first_key} ", StyleRole.ACCENT)]
    for index, completion in enumerate(completions):
        text = f"{'  ' if index else ''}{completion.display_text}"
        parts.append(styler.part(text, None if index else StyleRole.STRONG))
        parts += [styler.part(f" {completion.count}", StyleRole.MUTED)] if completion.count else []
    return parts


@lru_cache(4)
def _unsupported_language_message(text: str) -> str:
    """Return a message on a text in a language without analysis, "" for a supported one."""
    from alliance_tui.documents.language_detection import detect_language, is_supported_language, unsupported_message

    code = detect_language(text)
    return "" if is_supported_language(code) else unsupported_message(code or "")


def welcome_lines(styler: LineStyler) -> list[list[Part]]:
    """Return what each of the three panes is, a line each."""
    glyphs, palette, help_key = styler.glyphs, styler.palette, styler.commands["help"].first_key

    def _glyph(strength: Strength) -> Part:
        return glyphs.strengths[strength], palette.strength_style(strength)

    ladder = [_glyph(strength) for strength in Strength if strength is not Strength.COMPLETED]
    text = [styler.part("the document; "), _glyph(Strength.COMMITTED), styler.part(" marks an undertaking, ")]
    return [
        [styler.part("Text        ", StyleRole.ACCENT), *text, styler.part("names stand out", StyleRole.ENTITY)],
        [
            styler.part("Agreements  ", StyleRole.ACCENT),
            styler.part("who undertakes what, by when, how firmly: "),
            *[*ladder, styler.part(", done: "), _glyph(Strength.COMPLETED)],
        ],
        [
            styler.part("Entities    ", StyleRole.ACCENT),
            styler.part(f"who and what is named; Enter on a row shows where; {help_key} explains more"),
        ],
    ]


def key_line(state: ExplorerState, width: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
    """Return both ends of the key bar in `width` cells."""
    accent = styler.palette.style(StyleRole.ACCENT)
    if state.jump_labels:
        return key_hints([("a-z", "type a label"), ("Esc", "none")], accent), []
    return fit_key_bar(key_bar_commands(state, styler.commands.values()), width, styler)


def fit_key_bar(commands: Iterable[Command], width: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
    """Return both ends of a key bar in `width` cells: as many commands as fit, and the right-aligned ones."""
    accent = styler.palette.style(StyleRole.ACCENT)
    hints = [(command.id in RIGHT_ALIGNED_COMMANDS, (command.first_key, command.label)) for command in commands]
    right = key_hints([hint for at_the_end, hint in hints if at_the_end], accent)
    left: list[Part] = []
    for hint in (hint for at_the_end, hint in hints if not at_the_end):
        longer = [*left, *([styler.part(KEYS_GAP)] if left else []), *key_hints([hint], accent)]
        if parts_width(longer) + len(KEYS_GAP) + parts_width(right) <= width:
            left = longer
    return left, right


def pane_title(state: ExplorerState, highlights: Highlights, pane: Pane, glyphs: Glyphs) -> str:
    """Return a pane's title: its name with the number of its highlighted records, or the location in the text."""
    focus_mark = glyphs.cursor if pane is state.pane else " "
    focus_mark += f"{list(Pane).index(pane) + 1} "
    if pane is Pane.TEXT:
        return f"{focus_mark}Text {_text_location(state)} "
    if pane is Pane.FACETS:
        return f"{focus_mark}Narrow by "
    highlighted, total = record_counts(state, highlights, pane)
    others = (
        sum(other_kind_counts(state.analysis).values()) if pane is Pane.AGREEMENTS and state.show_declaratory else 0
    )
    table = _table_description(state.table) if pane is Pane.AGREEMENTS and in_table(state) else ""
    count = f"{total if highlighted is None else f'{highlighted}/{total}'}{f' + {others} other' if others else ''}"
    return f"{focus_mark}{pane.capitalize()} {count} {table}"


def _table_description(table: TableView) -> str:
    """Return what the table is sorted and grouped by, in words."""
    order = f" sorted by {table.sort}" if table.sort else " in reading order"
    return f"{order}{f', grouped by {table.grouping}' if table.grouping else ''} "


def _text_location(state: ExplorerState) -> str:
    if not state.text:
        return ""
    page = state.current_document.document.page_of(state.position.offset)
    share = f"{round(100 * state.position.offset / len(state.text))} %"
    return f"page {page}  {share}" if page else share


def detailed_record(state: ExplorerState) -> Entity | Agreement | None:
    """Return the record of the side column: the focused or selected one, or else the focused agreement."""
    agreement = SelectedRecord(RecordKind.AGREEMENT, state.focused_agreement or "")
    return focused_record(state) or find_record(state, agreement)


def empty_list_message(state: ExplorerState, pane: Pane) -> str:
    """Return the message of an empty list. A failed analysis is explained in one of the lists only."""
    current = state.current_document
    if current.stage is AnalysisStage.FAILED:
        return f"The analysis failed: {current.message}" if pane is Pane.AGREEMENTS else ""
    if current.stage is not AnalysisStage.DONE:
        return "Looking ..."
    if state.display_mode is DisplayMode.FILTER and (state.matches.active or state.selection):
        return "None matches."
    return "None found."


def text_view(
    state: ExplorerState, highlights: Highlights, cursor: tuple[int, int], style: DocumentStyle = NO_STYLE
) -> TextView:
    """Return the content of the text pane: with a filter, only the paragraphs of the selection and the matches.

    The text is dimmed as soon as the query line is open: over a slow connection, the first letter then costs only its
    matches.
    """
    filtered = state.display_mode is DisplayMode.FILTER and (state.matches.active or state.selection)
    kept_paragraphs = _highlighted_paragraphs(state.text, highlights) if filtered else None
    agreements, evidence = _margin(state.analysis, state.show_declaratory)
    dimmed = highlights.text_dimmed or state.typing
    return TextView(
        state.current_document.document,
        highlights,
        agreements,
        evidence,
        cursor,
        kept_paragraphs,
        text_labels(state),
        dimmed,
        style,
        _typed_mentions(state.analysis) if state.show_types else (),
        words_selected(state) or NOT_SELECTED,
    )


@cache_by_identity
def _typed_mentions(analysis: Analysis) -> tuple[TypedMention, ...]:
    """Return the mentions by name of all entities, in reading order."""
    mentions = (
        TypedMention(mention.span.start, mention.span.end, entity.type)
        for entity in analysis.entities
        for mention in entity.mentions
        if mention.by_name
    )
    return tuple(sorted(mentions, key=lambda mention: mention.start))


@cache_by_identity
def _highlighted_paragraphs(text: str, highlights: Highlights) -> frozenset[int]:
    return paragraphs_at(text, (*highlights.selection_ticks, *highlights.match_ticks))


@cache_by_identity
def _margin(analysis: Analysis, show_declaratory: bool) -> tuple[dict[int, Agreement], tuple[Range, ...]]:
    """Return the agreements by the offset at which their evidence starts, and the spans of the evidence."""
    agreements = [
        agreement for agreement in analysis.agreements if show_declaratory or agreement.kind is Kind.AGREEMENT
    ]
    by_start = {agreement.evidence.start: agreement for agreement in agreements}
    return by_start, tuple((agreement.evidence.start, agreement.evidence.end) for agreement in agreements)
