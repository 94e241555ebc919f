"""What each part of the screen shows, as a function of the state: pure, and all of it words and styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style

from alliance_tui.explorer.commands.registry import Command, key_bar_commands
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.strips import KEYS_GAP, Part, excerpt, highlight_ranges, key_hints, parts_width
from alliance_tui.explorer.rendering.theme import Palette, StyleRole
from alliance_tui.explorer.rendering.wrapping import paragraphs_at
from alliance_tui.explorer.state.explorer_state import (
    AnalysisStage,
    DisplayMode,
    ExplorerState,
    Pane,
    focused_record,
    match_index,
    record_counts,
)
from alliance_tui.explorer.state.jump_labels import text_labels
from alliance_tui.explorer.widgets.text_pane import TextView
from alliance_tui.highlighting import Highlights
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis, Entity, Kind
from alliance_tui.search.matches import Range
from alliance_tui.search.record_fields import agreement_fields, entity_fields

if TYPE_CHECKING:
    from alliance_tui.search.completion import Completion

RIGHT_ALIGNED_COMMANDS = {"help", "quit"}
"""The actions that have the right end of the key bar to themselves, however narrow the screen."""
MIN_FIELD_WIDTH = 24
"""Cells that a field of the record at hand may take however narrow the screen."""
PROGRESS_WIDTH = 12
HINT = 'typos are forgiven  \'exact  "phrase"  ^prefix  !not  a | b  party:japan'


class LineStyler:
    """Makes the parts of a line in a palette, with a set of signs and with the reader's keys of the actions, by id."""

    def __init__(self, palette: Palette, glyphs: Glyphs, commands: Mapping[str, Command]) -> None:
        self.palette = palette
        self.glyphs = glyphs
        self.commands = commands

    def part(self, text: str, look: StyleRole | None = None) -> Part:
        """The text in a look."""
        return text, self.palette.style(look) if look else Style()

    def separator(self) -> Part:
        """What stands between two pieces of information."""
        return self.part(f" {self.glyphs.separator} ", StyleRole.MUTED)


def title_line(state: ExplorerState, pens: LineStyler) -> list[Part]:
    """The title of the document, its date and, of several, its number."""
    document = state.current_document.document
    parts = [pens.part(document.title, StyleRole.STRONG)]
    if document.date and document.date not in document.title:
        parts += [pens.separator(), pens.part(document.date, StyleRole.MUTED)]
    if len(state.documents) > 1:
        parts += [
            pens.separator(),
            pens.part(f"document {state.position.document_index + 1} of {len(state.documents)}", StyleRole.MUTED),
        ]
    return parts


def query_status(state: ExplorerState, pens: LineStyler) -> list[Part]:
    """The query with what it does and which match the reader is on; or how far the analysis is."""
    parts: list[Part] = []
    if state.display_mode is DisplayMode.FILTER or state.position.query or state.selection:
        parts.append(
            pens.part(
                str(state.display_mode),
                StyleRole.ACCENT if state.display_mode is DisplayMode.FILTER else StyleRole.MUTED,
            )
        )
    if state.position.query:
        number, total = match_index(state)
        none = "no match in the text" if state.matches.active else ""
        counted = f"{number or '-'}/{total}" if total else none
        parts.append(
            pens.part(counted if state.matches.query == state.position.query else "searching", StyleRole.STRONG)
        )
        if not state.typing:
            parts.append(pens.part(f"/ {state.position.query}"))
    elif not parts:
        parts += analysis_progress(state, pens)
    spaced: list[Part] = []
    for part in parts:
        spaced += [pens.part("  "), part] if spaced else [part]
    return spaced


def analysis_progress(state: ExplorerState, pens: LineStyler) -> list[Part]:
    """A thin bar while a document is being analysed."""
    reading = state.current_document
    if reading.stage is not AnalysisStage.RUNNING:
        return []
    share = reading.done / reading.total if reading.total else 0
    return [pens.part(reading.progress_label or "reading", StyleRole.MUTED), *progress_bar(share, pens)]


def progress_bar(share: float, pens: LineStyler) -> list[Part]:
    """A thin bar of which this part is done."""
    done = round(share * PROGRESS_WIDTH)
    bar = pens.part(pens.glyphs.bar_done * done, StyleRole.ACCENT)
    return [bar, pens.part(pens.glyphs.bar_left * (PROGRESS_WIDTH - done), StyleRole.MUTED)]


def record_line(state: ExplorerState, lights: Highlights, width: int, pens: LineStyler) -> list[Part]:
    """The record at hand in one line of `width` cells; without one, what can be said of the document."""
    if state.notice:
        return [pens.part(state.notice, StyleRole.STRONG)]
    record = focused_record(state) if not state.typing else None
    row = lights.rows.get(record.id) if record else None
    fields = row.matched_ranges if row else {}
    if isinstance(record, Agreement):
        return _agreement_line(record, fields, width, pens)
    if isinstance(record, Entity):
        return _entity_line(record, fields, width, pens)
    return status_message(state, pens)


def _agreement_line(
    record: Agreement, fields: Mapping[str, Sequence[Range]], width: int, pens: LineStyler
) -> list[Part]:
    """What is known of an agreement, and in the room that is left the words it stands on."""
    texts, match = agreement_fields(record), pens.palette.style(StyleRole.MATCH)

    def _field(name: str, room: int) -> list[Part]:
        return excerpt(texts[name], fields.get(name, ()), room, Style(), match, pens.glyphs.ellipsis)

    parts = [pens.part(f"{pens.glyphs.for_agreement(record)} {record.strength or record.kind}", StyleRole.ACCENT)]
    for name in ("parties", "domain", "deadline"):
        if name in texts:
            parts += [pens.separator(), *_field(name, max(MIN_FIELD_WIDTH, width // 3))]
    parts += [pens.separator(), pens.part(pens.glyphs.open_quote)]
    closing = pens.part(pens.glyphs.close_quote)
    return [*parts, *_field("quote", max(1, width - parts_width([*parts, closing]))), closing]


def _entity_line(record: Entity, fields: Mapping[str, Sequence[Range]], width: int, pens: LineStyler) -> list[Part]:
    """An entity's name, type, number of mentions and other names, those that match first."""
    match, accent, names = (
        pens.palette.style(StyleRole.MATCH),
        pens.palette.style(StyleRole.ACCENT),
        entity_fields(record),
    )
    room = max(MIN_FIELD_WIDTH, width // 2)
    parts = excerpt(names["name"], fields.get("name", ()), room, accent, match, pens.glyphs.ellipsis)
    parts += [pens.separator(), pens.part(str(record.type)), pens.separator(), pens.part(mention_count(record))]
    others = sorted((name for name in names if name != "name"), key=lambda name: name not in fields)
    for number, name in enumerate(others):
        parts += [pens.part(", ")] if number else [pens.separator(), pens.part("also ")]
        parts += highlight_ranges(names[name], fields.get(name, ()), Style(), match)
    return parts


def mention_count(entity: Entity) -> str:
    """How often the text means the entity, in words."""
    count = len(entity.mentions)
    return f"{count} mention{'s' if count != 1 else ''}"


def _has_records(state: ExplorerState) -> bool:
    return bool(state.analysis.entities or state.analysis.agreements)


def status_message(state: ExplorerState, pens: LineStyler) -> list[Part]:
    """What there is to say where no record is at hand: problems first."""
    reading = state.current_document
    if state.typing and state.completions:
        return completions_line(state.completions, pens)
    if state.matches.problems:
        return [pens.part(state.matches.problems[0], StyleRole.MUTED)]
    if state.typing:
        return [pens.part(HINT, StyleRole.MUTED)]
    if reading.message:
        why = (
            f"The analysis failed ({pens.commands['details'].first_key} tells why); the text can be read and searched."
        )
        return [pens.part(why, StyleRole.ERROR)]
    if reading.stage is AnalysisStage.RUNNING:
        return [pens.part("Looking for entities and agreements; the text can be read and searched.", StyleRole.MUTED)]
    if not _has_records(state):
        return (
            [pens.part(told, StyleRole.MUTED)]
            if reading.stage is AnalysisStage.DONE and (told := _unsupported_language_message(state.text))
            else []
        )
    return [pens.part("Enter on a lit word, a row of a list or a click chooses a record.", StyleRole.MUTED)]


def completions_line(offers: Iterable[Completion], pens: LineStyler) -> list[Part]:
    """What the term that is typed may become, what Tab puts in first, and how many records have it."""
    parts = [pens.part(f"{pens.commands['complete'].first_key} ", StyleRole.ACCENT)]
    for number, each in enumerate(offers):
        parts.append(
            pens.part(f"{'  ' if number else ''}{each.display_text}", StyleRole.STRONG if number == 0 else None)
        )
        parts += [pens.part(f" {each.count}", StyleRole.MUTED)] if each.count else []
    return parts


@lru_cache(4)
def _unsupported_language_message(text: str) -> str:
    """What to tell of a text that is in another language than English, if it is."""
    from alliance_tui.documents.language_detection import detect_language, is_supported_language, unsupported_message

    code = detect_language(text)
    return "" if is_supported_language(code) else unsupported_message(code or "")


def key_line(state: ExplorerState, width: int, pens: LineStyler) -> tuple[list[Part], list[Part]]:
    """Both ends of the key bar in `width` cells: what would do something now, as much as fits; help and leaving."""
    accent = pens.palette.style(StyleRole.ACCENT)
    if state.jump_labels:
        return key_hints([("a-z", "type a label"), ("Esc", "none")], accent), []
    return fit_key_bar(key_bar_commands(state, pens.commands.values()), width, pens)


def fit_key_bar(actions: Iterable[Command], width: int, pens: LineStyler) -> tuple[list[Part], list[Part]]:
    """Both ends of a key bar in `width` cells: of these actions as many as fit, help and leaving at the right end."""
    accent = pens.palette.style(StyleRole.ACCENT)
    useful = [(each.id in RIGHT_ALIGNED_COMMANDS, (each.first_key, each.label)) for each in actions]
    right = key_hints([told for at_the_end, told in useful if at_the_end], accent)
    left: list[Part] = []
    for told in (told for at_the_end, told in useful if not at_the_end):
        longer = [*left, *([pens.part(KEYS_GAP)] if left else []), *key_hints([told], accent)]
        if parts_width(longer) + len(KEYS_GAP) + parts_width(right) <= width:
            left = longer
    return left, right


def pane_title(state: ExplorerState, lights: Highlights, pane: Pane, glyphs: Glyphs) -> str:
    """A pane's heading: its name, and how many of its records are lit, or where in the text the reader is."""
    marked = glyphs.cursor if pane is state.pane else " "
    if pane is Pane.TEXT:
        return f"{marked}Text {_text_location(state)} "
    lit_ones, total = record_counts(state, lights, pane)
    return f"{marked}{pane.capitalize()} {total if lit_ones is None else f'{lit_ones}/{total}'} "


def _text_location(state: ExplorerState) -> str:
    if not state.text:
        return ""
    page = state.current_document.document.page_of(state.position.offset)
    share = f"{round(100 * state.position.offset / len(state.text))} %"
    return f"page {page}  {share}" if page else share


def empty_list_message(state: ExplorerState, pane: Pane) -> str:
    """What is said in a list without a row. Why an analysis failed is told in one list only."""
    reading = state.current_document
    if reading.stage is AnalysisStage.FAILED:
        return f"The analysis failed: {reading.message}" if pane is Pane.AGREEMENTS else ""
    if reading.stage is not AnalysisStage.DONE:
        return "Looking ..."
    if state.display_mode is DisplayMode.FILTER and (state.matches.active or state.selection):
        return "None matches."
    return "None found."


def text_view(state: ExplorerState, lights: Highlights, point: tuple[int, int], glyphs: Glyphs) -> TextView:
    """What the text pane shows; with a filter, only the paragraphs of what is chosen or matched.

    The text stands back as soon as the query line is open: on a slow line the first letter then costs but its matches.
    """
    filtered = state.display_mode is DisplayMode.FILTER and (state.matches.active or state.selection)
    keep = _highlighted_paragraphs(state.text, lights) if filtered else None
    signs, evidence = _margin(state.analysis, state.show_declaratory, glyphs)
    dim = lights.text_dimmed or state.typing
    return TextView(state.current_document.document, lights, signs, evidence, point, keep, text_labels(state), dim)


@cache_by_identity
def _highlighted_paragraphs(text: str, lights: Highlights) -> frozenset[int]:
    return paragraphs_at(text, (*lights.selection_ticks, *lights.match_ticks))


@cache_by_identity
def _margin(analysis: Analysis, others: bool, glyphs: Glyphs) -> tuple[dict[int, str], tuple[Range, ...]]:
    """The signs and the evidence that a text view tells of."""
    shown = [each for each in analysis.agreements if others or each.kind is Kind.AGREEMENT]
    signs = {each.evidence.start: glyphs.for_agreement(each) for each in shown}
    return signs, tuple((each.evidence.start, each.evidence.end) for each in shown)
