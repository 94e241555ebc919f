"""The table of agreements: sorted and grouped by what the reader chooses, in columns of the reader's choice."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.persistence import screen_settings
from alliance_tui.explorer.persistence.screen_settings import ScreenSettings
from alliance_tui.explorer.rendering.glyphs import UNICODE
from alliance_tui.explorer.rendering.strips import parts_width
from alliance_tui.explorer.rendering.theme import DARK
from alliance_tui.explorer.state import table_view
from alliance_tui.explorer.state.pane_sizes import PaneSizes
from alliance_tui.explorer.state.table_view import DOCUMENT_COLUMNS, Grouping, TableColumn, TableView, arranged
from alliance_tui.explorer.widgets.agreements.agreement_rows import AgreementRow, AgreementRowDrawer
from alliance_tui.explorer.widgets.agreements.agreement_table import (
    EASY_TITLE_WIDTH,
    GAP,
    MIN_TITLE_WIDTH,
    column_at,
    column_widths,
    content_widths,
)
from alliance_tui.records import Agreement, Domain
from tests.explorer.test_agreement_rows import one_record, words
from tests.support import builders
from tests.support.pilot import app_on, driving

RECORDS = builders.analysis().agreements
VIEWS = st.builds(
    TableView,
    sort=st.sampled_from([None, *TableColumn]),
    reversed=st.booleans(),
    grouping=st.sampled_from([None, *Grouping]),
    hidden=st.lists(st.sampled_from([c for c in TableColumn if c is not TableColumn.AGREEMENT]), unique=True).map(
        tuple
    ),
    widths=st.dictionaries(
        st.sampled_from([c for c in TableColumn if c is not TableColumn.AGREEMENT]), st.integers(4, 60)
    ),
)


def titles(records: list[Agreement]) -> list[str]:
    return [record.title.split()[0] for record in records]


@given(VIEWS)
def test_no_row_is_lost_and_none_comes_twice(view: TableView) -> None:
    assert sorted(record.id for record in arranged(RECORDS, view)) == sorted(record.id for record in RECORDS)


@given(VIEWS)
def test_the_rows_of_a_group_are_together(view: TableView) -> None:
    if view.grouping:
        labels = [table_view.group_label(record, view.grouping) for record in arranged(RECORDS, view)]
        changes = sum(one != other for one, other in itertools.pairwise(labels))
        assert changes == len(set(labels)) - 1


def test_what_has_no_value_comes_last_whichever_way_it_is_sorted() -> None:
    for turned in (False, True):
        due = [record.deadline for record in arranged(RECORDS, TableView(TableColumn.DUE, turned))]
        assert all(deadline is None for deadline in due[2:])
        assert None not in due[:2]


def test_the_firmest_come_first_and_turned_round_the_weakest() -> None:
    by_strength = TableView(TableColumn.STRENGTH)
    assert titles(arranged(RECORDS, by_strength))[0] == "Create"
    assert titles(arranged(RECORDS, table_view.turn_round(by_strength)))[0] == "Explore"


def test_sections_are_in_reading_order() -> None:
    records = [replace(record, section=name) for record, name in zip(RECORDS, "ZAZAMMM", strict=True)]
    grouped = arranged(records, TableView(grouping=Grouping.SECTION))
    assert "".join(record.section or "" for record in grouped) == "ZZAAMMM"


@given(VIEWS, st.integers(20, 250))
def test_columns_fill_the_width_exactly_or_leave_titles_their_least(view: TableView, width: int) -> None:
    columns = column_widths(view, width)
    total = sum(cells for _, cells in columns) + GAP * (len(columns) - 1)
    assert total == width or width < 30
    assert TableColumn.AGREEMENT in dict(columns)
    assert column_at(columns, 0) is columns[0][0]


def test_columns_are_as_wide_as_their_content_and_left_out_without_any() -> None:
    analysis = builders.analysis()
    columns = dict(column_widths(TableView(), 200, DOCUMENT_COLUMNS, content_widths(analysis)))
    assert not any(record.amounts for record in analysis.agreements)
    assert TableColumn.AMOUNT not in columns
    assert columns[TableColumn.FIELD] == max(len(str(record.domain)) for record in analysis.agreements)


def test_columns_take_what_titles_can_spare_and_are_cut_where_they_can_not() -> None:
    record = replace(
        RECORDS[0],
        parties=("Northern Fisheries and Harbour Agency",),
        section="Trade in fish and its products",
        domain=Domain.DEVELOPMENT_HUMANITARIAN,
    )
    content = content_widths(replace(builders.analysis(), agreements=(record,)))
    wide, narrow = (dict(column_widths(TableView(), width, DOCUMENT_COLUMNS, content)) for width in (200, 130))
    assert all(wide[each] == content[each] for each in (TableColumn.PARTIES, TableColumn.FIELD, TableColumn.SECTION))
    assert wide[TableColumn.AGREEMENT] >= EASY_TITLE_WIDTH
    assert narrow[TableColumn.PARTIES] < content[TableColumn.PARTIES]
    chosen = TableView(widths={TableColumn.PARTIES: 12})
    assert dict(column_widths(chosen, 200, DOCUMENT_COLUMNS, content))[TableColumn.PARTIES] == 12


def test_a_column_is_cut_by_no_more_than_the_titles_need() -> None:
    record = replace(RECORDS[0], section="Trade in fish and its products", domain=Domain.AIR_MISSILE_DEFENCE)
    content = content_widths(replace(builders.analysis(), agreements=(record,)))
    for width in range(60, 200):
        columns = dict(column_widths(TableView(), width, DOCUMENT_COLUMNS, content))
        cut = columns.get(TableColumn.FIELD, content[TableColumn.FIELD]) < content[TableColumn.FIELD]
        assert not cut or columns[TableColumn.AGREEMENT] == MIN_TITLE_WIDTH


@pytest.mark.parametrize(
    ("party", "title_lines", "shown"),
    [
        ("Northern Fisheries Agency", 1, ["Northern Fisheries⋯"]),
        ("Northern Fisheries Agency", 2, ["Northern Fisheries", "Agency"]),
        ("Norland", 2, ["Norland", ""]),
        ("Northernfisheriesandharbouragency", 2, ["Northernfisheriesa⋯", ""]),
    ],
)
def test_parties_that_are_cut_in_one_line_use_those_of_the_title(
    party: str, title_lines: int, shown: list[str]
) -> None:
    record = replace(RECORDS[0], parties=(party,))
    row = AgreementRow(record, [(0, 4)] * title_lines)
    lines = AgreementRowDrawer(DARK, UNICODE).table_lines(row, [(TableColumn.AGREEMENT, 30), (TableColumn.PARTIES, 19)])
    assert ["".join(text for text, _ in line)[30 + GAP :].rstrip() for line in lines] == shown
    assert {parts_width(line) for line in lines} == {30 + GAP + 19}


async def test_zooming_the_agreements_shows_their_table_and_back() -> None:
    async with driving() as drive:
        await drive.press("tab", "z")
        first = drive.shown("#agreements").splitlines()[0]
        assert first.split() == ["Strength", "Agreement", "Parties", "Due", "Field"]
        assert "committed" in drive.shown("#agreements")
        await drive.press("z")
        assert "Strength" not in drive.shown("#agreements")


async def test_keys_sort_turn_and_group() -> None:
    async with driving() as drive:
        await drive.press("tab", "z", "S", "S", "R")
        assert "Agreement▾" in drive.shown("#agreements")
        assert "Sign a deal" in drive.shown("#agreements").splitlines()[1]
        assert "sorted by agreement" in drive.heading("#agreements")
        await drive.press("O", "O", "O")
        lines = [line.strip() for line in drive.shown("#agreements").splitlines()]
        assert lines.index("defence-industry") < lines.index("maritime")
        assert "grouped by field" in drive.heading("#agreements")


async def test_a_click_on_a_heading_sorts_by_it() -> None:
    async with driving() as drive:
        await drive.press("tab", "z")
        x = drive.shown("#agreements").splitlines()[0].index("Due")
        await drive.pilot.click("#agreements", offset=(x + 1, 1))
        await drive.rest()
        assert drive.state.table.sort is TableColumn.DUE
        assert "by Jun 2027" in drive.shown("#agreements").splitlines()[1]


async def test_columns_are_hidden_shown_and_resized() -> None:
    async with driving() as drive:
        await drive.press("tab", "z", "C")
        await drive.type("parties")
        await drive.press("enter", "escape")
        assert "Parties" not in drive.shown("#agreements").splitlines()[0]
        await drive.press("S", ")")
        assert dict(drive.screen.agreements.columns)[TableColumn.STRENGTH] == 13
        await drive.press("(", "(")
        assert dict(drive.screen.agreements.columns)[TableColumn.STRENGTH] == 9


async def test_what_was_chosen_in_the_table_is_in_view_when_the_text_is_shown_again() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.press("tab", "z", "G", "enter", "z")
        assert drive.state.selection
        chosen = next(each for each in drive.state.analysis.agreements if each.id == drive.state.selection.id)
        assert drive.screen.text_pane.is_visible(chosen.evidence.start)


async def test_outside_the_table_its_keys_change_nothing() -> None:
    async with driving() as drive:
        before = drive.state.table
        await drive.press("S", "R", "O", "C", ")", "(")
        assert drive.state.table == before
        assert drive.app.screen is drive.screen


async def test_in_the_table_a_query_brings_what_matches_to_the_top() -> None:
    async with driving() as drive:
        await drive.press("tab", "z", "S")
        await drive.search("danish yards")
        await drive.press("enter")
        assert "Explore building" in drive.shown("#agreements").splitlines()[1]
        assert "Danish yards”" in drive.shown("#agreements")


def test_the_table_and_the_panes_are_kept_between_sessions(tmp_path: Path) -> None:
    path = tmp_path / "state" / "screen.json"
    view = TableView(TableColumn.DUE, True, Grouping.FIELD, (TableColumn.SECTION,), {TableColumn.PARTIES: 30})
    settings = ScreenSettings(view, PaneSizes(10, -5), library_table=replace(view, sort=TableColumn.DATE))
    screen_settings.save(path, settings)
    assert screen_settings.load(path) == settings
    assert len(list(path.parent.iterdir())) == 1


@pytest.mark.parametrize("content", ["", "{", '{"table": {"sort": "colour"}}', "[]"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "screen.json"
    path.write_text(content, encoding="utf-8")
    assert screen_settings.load(path) == ScreenSettings()


@settings(max_examples=12, deadline=None)
@given(words, st.lists(words, max_size=5), st.integers(20, 160), VIEWS)
async def test_no_cell_is_wider_than_its_column(title: str, parties: list[str], width: int, view: TableView) -> None:
    app = app_on(one_record(title, tuple(parties), confidence=0.4))
    app.initial_state = replace(app.initial_state, table=view)
    async with driving(app, size=(width, 24)) as drive:
        await drive.press("tab", "z")
        pane = drive.screen.agreements
        assert {strip.cell_length for strip in drive.strips("#agreements")} == {pane.size.width}
        for record in drive.state.analysis.agreements:
            lines = pane.draw_record(record, pane.inner_width, None)
            assert len(lines) == pane.count_lines()[0]
            columns = [cells for _, cells in pane.columns]
            for line in lines[pane.heading_lines(record, None) :]:
                assert parts_width(line) == sum(columns) + GAP * (len(columns) - 1)
