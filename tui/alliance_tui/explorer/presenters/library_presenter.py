"""What each line of the library screen shows, as a function of its state."""

from __future__ import annotations

from rich.style import Style

from alliance_tui.documents.language_detection import unsupported_message
from alliance_tui.explorer.commands.registry import CommandScope, works_in_library
from alliance_tui.explorer.presenters.document_presenter import LineStyler, completions_line, fit_key_bar, progress_bar
from alliance_tui.explorer.rendering.strips import Part, excerpt
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.library_state import TITLE, ImportProgress, LibraryState
from alliance_tui.explorer.widgets.document_rows import COLUMN_GAP, ROW_MARGIN, column_widths

HINT = "typos are forgiven  party:japan  strength:>=committed  date:2021..2022  source:wire"


def title_line(state: LibraryState, pens: LineStyler) -> list[Part]:
    """The name of the screen and how many documents there are; nothing while a query takes that room."""
    if state.typing:
        return []
    parts = [
        pens.part("Library", StyleRole.STRONG),
        pens.separator(),
        pens.part(_document_count(len(state.documents)), StyleRole.MUTED),
    ]
    return (
        [*parts, pens.separator(), *_import_progress(state.import_progress, pens)] if state.import_progress else parts
    )


def _import_progress(doing: ImportProgress, pens: LineStyler) -> list[Part]:
    """A thin bar, and what is told of the adding."""
    return [*progress_bar(doing.share, pens), pens.part(f" {doing.label}", StyleRole.MUTED)]


def query_status(state: LibraryState, pens: LineStyler) -> list[Part]:
    """The query with how many documents it has found."""
    findings = state.results
    if not state.query:
        return []
    if findings is None or findings.query != state.query:
        counted = "no answer" if state.fault else "searching"
    elif findings.done:
        counted = _document_count(len(findings.hits)) if findings.hits else "no document"
    else:
        counted = (
            f"{len(findings.hits):,} so far, {100 * findings.verified_count // max(1, findings.candidate_count)} %"
        )
    query = [] if state.typing else [pens.part(f"  / {state.query}")]
    return [pens.part(counted, StyleRole.STRONG), *query]


def heading_line(state: LibraryState, width: int, pens: LineStyler) -> list[Part]:
    """The headings of the columns, the one sorted by marked."""
    parts = [pens.part(" " * (ROW_MARGIN - 1))]
    by = state.sort_order.column or ("" if state.results and state.results.active else "date")
    for column, room in column_widths(width):
        sign = ""
        if column.name == by:
            falling = column.descending is not state.sort_order.reversed
            sign = pens.glyphs.descending if falling else pens.glyphs.ascending
        text = f"{column.heading}{sign}"
        gap = "" if column is TITLE else " " * COLUMN_GAP
        look = StyleRole.ACCENT if sign else StyleRole.MUTED
        parts += [pens.part(gap), pens.part(text.rjust(room) if column.right_aligned else text.ljust(room), look)]
    return parts


def document_line(state: LibraryState, width: int, pens: LineStyler) -> list[Part]:
    """What there is to say: of the last key, of the query, or of the document stood on."""
    if state.notice:
        return [pens.part(state.notice, StyleRole.STRONG)]
    if state.typing and state.completions:
        return completions_line(state.completions, pens)
    if state.results and state.results.problems and state.results.query == state.query:
        return [pens.part(state.results.problems[0], StyleRole.MUTED)]
    if state.typing and not state.query:
        return [pens.part(HINT, StyleRole.MUTED)]
    kept = state.focused_document
    if kept is None:
        return []
    seen = state.previewed
    if seen and (seen.document, seen.query) == (kept.number, state.query) and seen.preview.line:
        return _preview_line(state, width, pens)
    if kept.number in state.changed:
        again = f"Its file has changed since it was read: {pens.commands['again'].first_key} reads it again"
        return [pens.part(again, StyleRole.STRONG)]
    parts: list[Part] = []
    if kept.same_as or kept.similar_to:
        parts.append(
            pens.part(
                f"{'The same text as' if kept.same_as else 'Nearly the same as'} {kept.same_as or kept.similar_to}"
            )
        )
    if not kept.was_analysed:
        parts.append(pens.part(unsupported_message(kept.language or "")))
    parts.append(pens.part(kept.path, StyleRole.MUTED))
    spaced = [piece for part in parts for piece in (pens.separator(), part)]
    return spaced[1:]


def _preview_line(state: LibraryState, width: int, pens: LineStyler) -> list[Part]:
    """How often the query is met in the document stood on, and the best place."""
    assert state.previewed is not None
    sight = state.previewed.preview
    told = [
        f"{count:,} {name}{'' if count == 1 else ending}"
        for count, name, ending in (
            (sight.text_matches, "match", "es"),
            (sight.agreements, "agreement", "s"),
            (sight.entities, "entit", "ies"),
        )
        if count
    ]
    counts = ", ".join(told).replace("1 entit", "1 entity") if sight.entities == 1 else ", ".join(told)
    head = [pens.part(counts, StyleRole.ACCENT), pens.separator()] if width >= 60 else []
    room = max(10, width - sum(len(text) for text, _ in head))
    line = " ".join(sight.line.split()) if "\n" in sight.line else sight.line
    return [
        *head,
        *excerpt(line, sight.highlights, room, Style(), pens.palette.style(StyleRole.MATCH), pens.glyphs.ellipsis),
    ]


def key_line(state: LibraryState, width: int, pens: LineStyler) -> tuple[list[Part], list[Part]]:
    """The keys that would do something now, as many as fit; help and leaving at the right end."""
    useful = {
        "open": bool(state.rows),
        "sort": len(state.rows) > 1,
        "clear": bool(state.query),
        "add": state.import_progress is None,
        "again": bool(state.changed) and state.import_progress is None,
        "stop": state.import_progress is not None,
    }
    actions = pens.commands.values()
    if state.typing:
        known = [each for each in actions if each.scope is CommandScope.QUERY]
    else:
        known = [each for each in actions if works_in_library(each) and useful.get(each.id, True)]
    fit = sorted((each for each in known if each.bar_position is not None), key=lambda each: each.bar_position or 0)
    return fit_key_bar(fit, width, pens)


def _document_count(documents: int) -> str:
    return f"{documents:,} document{'' if documents == 1 else 's'}"
