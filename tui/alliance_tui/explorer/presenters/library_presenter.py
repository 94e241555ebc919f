"""Presenters of the library screen: pure functions from its state to styled lines."""

from __future__ import annotations

import os

from msgspec.structs import replace
from rich.style import Style

from alliance_tui.documents.language_detection import unsupported_message
from alliance_tui.explorer.commands.registry import CommandScope, in_key_bar, works_in_library
from alliance_tui.explorer.presenters import agreement_list_presenter
from alliance_tui.explorer.presenters.document_presenter import LineStyler, completions_line, fit_key_bar, progress_bar
from alliance_tui.explorer.rendering.strips import Part, excerpt
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.library_state import TITLE, ImportProgress, LibraryState, empty_columns, sort_column
from alliance_tui.explorer.widgets.documents.document_rows import COLUMN_GAP, ROW_MARGIN, column_widths, content_widths

HINT = "typos are forgiven  party:japan  strength:>=committed  date:2021..2022  source:wire"


def title_line(state: LibraryState, styler: LineStyler) -> list[Part]:
    """Return the screen's name and the number of documents; nothing while the query line takes that room."""
    if state.typing:
        return []
    parts = [
        styler.part("Library", StyleRole.STRONG),
        styler.separator(),
        styler.part(_document_count(len(state.documents)), StyleRole.MUTED),
    ]
    if state.marked:
        parts += [styler.separator(), styler.part(f"{len(state.marked):,} marked", StyleRole.ACCENT)]
    return (
        [*parts, styler.separator(), *_import_progress(state.import_progress, styler)]
        if state.import_progress
        else parts
    )


def _import_progress(progress: ImportProgress, styler: LineStyler) -> list[Part]:
    """Return a progress bar and a description of the import."""
    return [*progress_bar(progress.share, styler), styler.part(f" {progress.label}", StyleRole.MUTED)]


def query_status(state: LibraryState, styler: LineStyler) -> list[Part]:
    """Return the query with the number of documents found."""
    if not state.query:
        return []
    count_text = agreement_list_presenter.count_text(state) if state.lists_agreements else _found_documents(state)
    query = [] if state.typing else [styler.part(f"  / {state.query}")]
    return [styler.part(count_text, StyleRole.STRONG), *query]


def _found_documents(state: LibraryState) -> str:
    """Return how many documents the query finds."""
    results = state.results
    if results is None or results.query != state.query:
        return "no answer" if state.fault else "searching"
    if not results.done:
        return f"{len(results.hits):,} so far, {100 * results.verified_count // max(1, results.candidate_count)} %"
    nearest = "nearest: " if results.is_nearest else ""
    if results.is_partial:
        return agreement_list_presenter.at_least(len(results.hits), results.verified_count, "documents")
    return f"{nearest}{_document_count(len(results.hits))}" if results.hits else "no document"


def heading_line(state: LibraryState, width: int, styler: LineStyler) -> list[Part]:
    """Return the headings of the columns, that of the sort column marked; above agreements, their number and order."""
    if state.lists_agreements:
        return agreement_list_presenter.heading_line(state, styler)
    parts = [styler.part(" " * (ROW_MARGIN - 1))]
    sorted_by = sort_column(state.sort_order, state.results)
    for column, cells in column_widths(width, empty_columns(state.documents), content_widths(state.documents)):
        arrow = ""
        if column.name == sorted_by:
            descending = column.descending is not state.sort_order.reversed
            arrow = styler.glyphs.descending if descending else styler.glyphs.ascending
        text = f"{column.heading}{arrow}"
        gap = "" if column is TITLE else " " * COLUMN_GAP
        role = StyleRole.ACCENT if arrow else StyleRole.MUTED
        parts += [styler.part(gap), styler.part(text.rjust(cells) if column.right_aligned else text.ljust(cells), role)]
    return parts


def document_line(state: LibraryState, width: int, styler: LineStyler) -> list[Part]:
    """Return a notice, completions, a problem of the query, or what is known of the focused document."""
    lines = (rule(state, width, styler) for rule in _DOCUMENT_LINE_RULES)
    return next((line for line in lines if line is not None), [])


def _notice(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    return [styler.part(state.notice, StyleRole.STRONG)] if state.notice else None


def _completions(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    return completions_line(state.completions, styler) if state.typing and state.completions else None


def _query_problem(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    results = state.listed_results
    if results and results.problems and results.query == state.query:
        return [styler.part(results.problems[0], StyleRole.MUTED)]
    if results and results.relaxation and results.query == state.query and (state.typing or not results.hits):
        return [styler.part(results.relaxation, StyleRole.MUTED)]
    return None


def _query_hint(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    return [styler.part(HINT, StyleRole.MUTED)] if state.typing and not state.query else None


def _best_match(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    """Return the counts of the query's matches in the focused document, and the best match."""
    document, previewed = state.focused_document, state.previewed
    if document is None or previewed is None or not previewed.preview.line:
        return None
    if (previewed.document, previewed.query) != (document.number, state.query):
        return None
    preview = previewed.preview
    counts = ", ".join(
        f"{count:,} {singular if count == 1 else plural}"
        for count, singular, plural in (
            (preview.text_matches, "match", "matches"),
            (preview.agreements, "agreement", "agreements"),
            (preview.entities, "entity", "entities"),
        )
        if count
    )
    head = [styler.part(counts, StyleRole.ACCENT), styler.separator()] if width >= 60 else []
    cells = max(10, width - sum(len(text) for text, _ in head))
    line = " ".join(preview.line.split()) if "\n" in preview.line else preview.line
    match = styler.palette.style(StyleRole.MATCH)
    return [*head, *excerpt(line, preview.highlights, cells, Style(), match, styler.glyphs.ellipsis)]


def _changed_file(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    if state.focused_number not in state.changed or state.focused_document is None:
        return None
    message = f"Its file has changed since it was read: {styler.commands['again'].first_key} reads it again"
    return [styler.part(message, StyleRole.STRONG)]


def _document_facts(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    """Return the original of a duplicate, the language if it is not supported, its occasion, and the path."""
    document, occasion = state.focused_document, state.focused_occasion
    if document is None:
        return None
    parts: list[Part] = []
    if occasion:
        key = styler.commands["compare"].first_key
        parts.append(styler.part(f"{len(occasion.documents)} documents of this occasion ({key})", StyleRole.ACCENT))
    if document.same_as or document.similar_to:
        likeness = "The same text as" if document.same_as else "Nearly the same as"
        parts.append(styler.part(f"{likeness} {_from_home(document.same_as or document.similar_to or '')}"))
    if not document.was_analysed:
        parts.append(styler.part(unsupported_message(document.language or "")))
    parts.append(styler.part(_from_home(document.path), StyleRole.MUTED))
    spaced = [piece for part in parts for piece in (styler.separator(), part)]
    return spaced[1:]


def _from_home(path: str) -> str:
    """Return a path, with `~` for the reader's home folder."""
    home = os.environ.get("HOME", "").rstrip("/")
    return f"~{path.removeprefix(home)}" if home and path.startswith(f"{home}/") else path


_DOCUMENT_LINE_RULES = (
    _notice,
    _completions,
    _query_problem,
    _query_hint,
    agreement_list_presenter.record_line,
    _best_match,
    _changed_file,
    _document_facts,
)
"""The rules of the line, in order: the first that returns one decides."""


def key_line(state: LibraryState, width: int, styler: LineStyler) -> tuple[list[Part], list[Part]]:
    """Return both ends of the key bar in `width` cells."""
    listed = len(state.agreements.keys) if state.lists_agreements else len(state.rows)
    is_table = state.lists_table
    is_useful = {
        "open": listed > 0,
        "sort": listed > 1,
        "review_library": listed > 0,
        "clear": bool(state.query),
        "turn_table": False,
        "group_table": is_table,
        "columns": is_table,
        "add": state.import_progress is None,
        "again": bool(state.changed) and state.import_progress is None,
        "stop": state.import_progress is not None,
    }
    commands = styler.commands.values()
    if state.typing:
        useful = [command for command in commands if command.scope is CommandScope.QUERY]
    else:
        useful = [command for command in commands if works_in_library(command) and is_useful.get(command.id, True)]
        labels = {
            "listing": "documents" if state.lists_agreements else "agreements",
            "table": "list" if is_table else "table",
            "library": "document",
        }
        useful = [replace(command, label=labels.get(command.id, command.label)) for command in useful]
    return fit_key_bar(in_key_bar(useful), width, styler)


def _document_count(documents: int) -> str:
    return f"{documents:,} document{'' if documents == 1 else 's'}"
