"""Presenters of the library's list of agreements: how many there are, in which order, and the focused one in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.explorer.presenters.document_presenter import LineStyler, agreement_line
from alliance_tui.explorer.rendering.short_names import names_with
from alliance_tui.explorer.rendering.strips import Part
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.library_state import LibraryState
from alliance_tui.explorer.state.table_view import TableColumn

if TYPE_CHECKING:
    from alliance_tui.library.search.agreement_search import AgreementResults

_ORDER_NAMES = {TableColumn.AGREEMENT: "title", TableColumn.FIELD: "policy field", TableColumn.DUE: "due date"}
"""The names of columns in a sentence, where these differ from the columns' own."""


def count_text(state: LibraryState) -> str:
    """Return how many agreements the query finds."""
    results = state.agreements.results
    if results is None or results.query != state.query:
        return "no answer" if state.fault else "searching"
    if not results.done:
        return f"{len(results.hits):,} so far, {100 * results.verified_count // max(1, results.candidate_count)} %"
    nearest = "nearest: " if results.is_nearest else ""
    return f"{nearest}{_found(results)}" if results.hits or results.is_partial else "no agreement"


def heading_line(state: LibraryState, styler: LineStyler) -> list[Part]:
    """Return the number of agreements and their order, in words."""
    results, view = state.agreements.results, state.agreements.view
    if results is None:
        return []
    best_first = results.active and not state.agreements.order.is_chosen
    order = "best match first" if best_first else "latest first"
    if view.sort:
        turned = ", turned round" if view.reversed else ""
        order = f"by {_ORDER_NAMES.get(view.sort, view.sort)}{turned}"
    groups = f", grouped by {view.grouping}" if view.grouping else ""
    return [
        styler.part(f"  {_found(results)}", StyleRole.STRONG),
        styler.part(f", {order}{groups}", StyleRole.MUTED),
    ]


def record_line(state: LibraryState, width: int, styler: LineStyler) -> list[Part] | None:
    """Return the focused agreement in a line of `width` cells, without its quote, which its passage shows.

    It is None where documents are listed, empty where no agreement is read.
    """
    if not state.lists_agreements:
        return None
    focused = state.agreements.focused
    row = state.agreements.rows.get(focused) if focused else None
    if row is None:
        return []
    names = names_with(row.acronyms)
    return agreement_line(row.record, row.review, row.highlight.matched_ranges, names, width, styler, quoted=False)


def empty_message(state: LibraryState, styler: LineStyler) -> str:
    """Return what is said where no agreement is listed."""
    if state.fault:
        return state.fault
    if state.searching:
        return "Looking ..."
    key = styler.commands["listing"].first_key
    results = state.agreements.results
    if results is not None and results.is_partial:
        return f"{_found(results).capitalize()} matches; {key} lists the documents."
    if state.query:
        return f"No agreement matches; {key} lists the documents."
    return f"There is no agreement in these documents; {key} lists them."


def _found(results: AgreementResults) -> str:
    """Return how many agreements are hits, or at least how many."""
    found = len(results.hits)
    return at_least(found, results.verified_count, "agreements") if results.is_partial else _count(found)


def at_least(found: int, read: int, things: str) -> str:
    """Return how many things were found among those that were read, where some were left unread."""
    return f"{found:,}+ {things}" if found else f"none of the {read:,} {things} read"


def _count(agreements: int) -> str:
    return f"{agreements:,} agreement{'' if agreements == 1 else 's'}"
