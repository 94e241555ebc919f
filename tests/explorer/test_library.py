"""The library's screen: all documents, narrowed by a query and sorted, each a key away and each left as it was."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.strip import Strip

from alliance_tui.explorer.dialogs.path_picker import PathPicker
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.explorer.state.explorer_state import selected_evidence
from alliance_tui.explorer.state.library_state import COLUMNS, COLUMNS_BY_NAME, empty_columns
from alliance_tui.explorer.widgets.documents.document_rows import COLUMN_GAP, ROW_MARGIN, DocumentRows
from alliance_tui.explorer.widgets.documents.document_rows import column_widths as document_columns
from alliance_tui.explorer.widgets.documents.document_rows import content_widths as document_widths
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.store import open_library
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving, pressing
from tests.support.sample_library import PAGES, fill


@asynccontextmanager
async def in_library(path: Path, size: tuple[int, int] = (119, 40)) -> AsyncIterator[Drive]:
    """The library in this file on the screen, over the tests' own document."""
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(path)), size=size) as drive:
        await drive.press("L")
        yield drive


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return fill(tmp_path)


def library(drive: Drive) -> LibraryScreen:
    """The library's screen."""
    assert isinstance(drive.app.screen, LibraryScreen)
    return drive.app.screen


def rows(drive: Drive) -> list[str]:
    """The names of the files that are listed, in order."""
    state = library(drive).state
    return [Path(state.documents[number].path).stem for number in state.rows]


async def test_all_documents_are_listed_the_latest_first(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        assert rows(drive) == ["talks", "drones", "accord", "copy", "radar", "menu"]
        assert "6 documents" in drive.shown("#library-top")
        first = drive.shown("#documents").splitlines()[0]
        assert first.startswith("▸  Arvane explores an air-defence pact")
        assert first.split()[-4:] == ["1", "3", "21", "en"]
        assert str(shelf.with_name("talks.txt")) in drive.shown("#record")


async def test_paths_begin_at_the_home_folder(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(shelf.parent))
    async with in_library(shelf) as drive:
        assert drive.shown("#record").strip() == "~/talks.txt"
    monkeypatch.setenv("HOME", str(shelf.parent)[:-1])
    async with in_library(shelf) as drive:
        assert str(shelf.with_name("talks.txt")) in drive.shown("#record")


async def test_of_an_address_the_site_is_shown(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        kept = library(drive).state.focused_document
        assert kept is not None
        shown = [
            COLUMNS_BY_NAME["source"].text(replace(kept, source=source))
            for source in ("https://www.lamu.example/a", "wire")
        ]
        assert shown == ["lamu.example", "wire"]


async def test_a_key_of_the_query_narrows_the_list_and_lights_it(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("radr")
        assert rows(drive) == ["copy", "radar", "talks"], "a typo is forgiven, inflected (radars) too"
        assert "3 documents" in drive.shown("#library-top")
        (style,) = drive.styles("#documents", "radar")
        assert style.bgcolor == drive.app.palette.style(StyleRole.MATCH).bgcolor


async def test_the_rows_of_an_answer_are_drawn_by_the_thread_that_found_them(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing: list[str] = []
    draw = DocumentRows._draw

    def noted(rows: DocumentRows, *what: Any) -> list[Strip]:
        drawing.append(threading.current_thread().name)
        return draw(rows, *what)

    async with in_library(shelf) as drive:
        monkeypatch.setattr(DocumentRows, "_draw", noted)
        await drive.search("radr")
        assert rows(drive) == ["copy", "radar", "talks"]
        assert {name.partition("_")[0] for name in drawing} == {"library"}, "the screen's thread has none left to draw"


async def test_of_the_document_stood_on_the_best_place_is_told(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("climate crisis")
        assert rows(drive) == ["accord"]
        assert "2 matches ⋅ The climate crisis comes next." in drive.shown("#record")


async def test_enter_opens_the_document_at_its_first_match_and_the_way_back_leads_to_the_same_row(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("source:wire norland")
        await drive.press("enter", "j")
        before = library(drive).state
        opened = before.focused_document
        assert opened is not None
        await drive.press("enter")
        state = drive.state
        assert (state.current_document.document.title, state.position.query) == (opened.title, "norland")
        assert state.text[state.position.offset :].startswith("Norland")
        assert state.matches.text
        await drive.press("L")
        after = library(drive).state
        assert (after.query, after.focused_number, after.rows) == (before.query, before.focused_number, before.rows)


async def test_a_document_that_is_open_already_is_not_opened_twice(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("enter", "L", "enter")
        assert len(drive.state.documents) == 2
        await drive.press("u")
        assert isinstance(drive.app.screen, LibraryScreen), "from which it was opened"


async def test_beside_the_list_the_document_is_previewed_with_its_agreements(shelf: Path) -> None:
    async with in_library(shelf, (120, 40)) as drive:
        await drive.pilot.pause(0.3)
        await drive.rest()
        focused = library(drive).state.focused_document
        assert focused
        shown = " ".join(drive.shown("#preview").split())
        assert focused.title in shown
        assert f"{focused.words:,} words" in shown
        assert any(glyph in shown for glyph in drive.app.glyphs.strengths.values())
        assert {strip.cell_length for strip in drive.strips("#preview")} == {library(drive).preview_pane.size.width}
    async with in_library(shelf, (80, 24)) as drive:
        assert not library(drive).preview_pane.region


async def test_stepping_back_from_a_document_of_the_library_leads_to_its_row(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("j", "j")
        row = library(drive).state.focused_number
        await drive.press("enter", "tab", "enter", "u")
        assert not isinstance(drive.app.screen, LibraryScreen)
        await drive.press("u")
        assert isinstance(drive.app.screen, LibraryScreen)
        assert library(drive).state.focused_number == row


async def test_the_list_of_documents_has_those_of_the_library_too(shelf: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf))) as drive:
        await drive.press("o")
        assert drive.shown("#items").split().count("library") >= 6
        await drive.press("down", "enter")
        assert drive.state.current_document.from_library
        await drive.press("o")
        assert "open" in drive.shown("#items").splitlines()[1]


async def test_the_list_is_sorted_by_any_column_and_turned_round(shelf: Path) -> None:
    async with in_library(shelf, size=(250, 40)) as drive:
        hidden = empty_columns(library(drive).state.documents)
        assert hidden == {"opened"}
        for column in (column for column in COLUMNS if column.name not in hidden):
            await drive.press("s")
            state = library(drive).state
            assert state.sort_order.column == column.name
            merits = [column.sort_key(state.documents[number]) for number in state.rows]
            known = [merit for merit in merits if merit != ""]
            assert known == sorted(known, reverse=column.descending)
            assert merits[len(known) :] == [""] * (len(merits) - len(known)), "what is not known comes last"
            assert f"{column.heading}{'▾' if column.descending else '▴'}" in drive.shown("#headings")
        await drive.press("s")
        assert library(drive).state.sort_order.column == ""


async def test_a_column_in_which_no_document_has_anything_is_left_out(shelf: Path) -> None:
    async with in_library(shelf, size=(250, 40)) as drive:
        assert "Opened" not in drive.shown("#headings")
        documents = library(drive).state.documents
        one = documents[next(iter(documents))]
        assert "kind" not in empty_columns({1: one})
        many = {number: replace(one, number=number, title=str(number)) for number in range(12)}
        assert {"kind", "date", "language"} <= empty_columns(many)


async def test_the_line_of_keys_names_the_register_and_the_way_back(shelf: Path) -> None:
    async with in_library(shelf, size=(140, 40)) as drive:
        keys = drive.shown("#keys")
        assert "P register" in keys
        assert "L document" in keys


async def test_columns_have_what_their_content_needs_where_titles_can_spare_it(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        one = next(iter(library(drive).state.documents.values()))
        documents = {
            1: replace(one, source="https://archive.harbour-ministry.example/2031", kind="minutes of a meeting")
        }
        content = document_widths(documents)
        assert dict(content) == {"kind": 20, "source": 32}
        wide, narrow = (
            {column.name: cells for column, cells in document_columns(w, frozenset(), content)} for w in (200, 110)
        )
        assert (wide["kind"], wide["source"]) == (20, 32)
        assert narrow["kind"] == COLUMNS_BY_NAME["kind"].width
        assert sum(wide.values()) + COLUMN_GAP * (len(wide) - 1) + ROW_MARGIN == 200


async def test_a_long_title_is_whole_in_as_many_lines_as_it_needs(shelf: Path) -> None:
    async with in_library(shelf, size=(50, 24)) as drive:
        lines = drive.shown("#documents").splitlines()
        assert lines[0].split() == ["▸", "Arvane", "explores", "an", "air-defence", "2022-09-15"]
        assert lines[1].split() == ["pact"]
        await drive.pilot.click("#documents", offset=(5, 2))
        assert library(drive).state.focused_number == library(drive).state.rows[1]


async def test_the_library_comes_back_in_a_width_that_changed_meanwhile(shelf: Path) -> None:
    async with in_library(shelf, (24, 24)) as drive:
        await drive.press("escape")
        await drive.pilot.resize_terminal(119, 40)
        await drive.press("L")
        assert "Arvane explores an air-defence pact" in drive.shown("#documents").splitlines()[0]


async def test_a_sorted_list_stays_sorted_while_it_is_narrowed(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("s", "S")
        await drive.search("date:2021")
        assert rows(drive) == ["accord", "copy", "radar"]


async def test_escape_takes_one_thing_back_at_a_time(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("s")
        await drive.search("drones")
        await drive.press("enter", "escape")
        assert library(drive).state.query == ""
        assert len(rows(drive)) == len(PAGES)
        await drive.press("escape")
        assert library(drive).state.sort_order.column == ""
        await drive.press("escape")
        assert drive.app.screen is drive.screen


async def test_copies_and_changed_files_are_marked_and_explained(shelf: Path) -> None:
    os.utime(shelf.with_name("menu.txt"), ns=(1, 1))
    async with in_library(shelf) as drive:
        signs = [line[2] for line in drive.shown("#documents").splitlines()[:6]]
        assert dict(zip(rows(drive), signs, strict=True)) == dict.fromkeys(PAGES, " ") | {"copy": "=", "menu": "!"}
        await drive.press("j", "j", "j")
        assert f"The same text as {shelf.with_name('radar.txt')}" in drive.shown("#record")
        await drive.press("G")
        assert "changed since it was read" in drive.shown("#record")


async def test_what_was_added_meanwhile_is_there_at_the_next_visit(shelf: Path, tmp_path: Path) -> None:
    path = fill(tmp_path / ".", ["menu"])
    with open_library(path) as library_file:
        library_file.clear()
    async with in_library(path) as drive:
        assert "The library is empty: a adds a file or a folder." in drive.shown("#documents"), "whole at any width"
        await drive.press("L")
        fill(tmp_path, ["talks"])
        await drive.press("L")
        assert rows(drive) == ["talks"]


@pytest.mark.parametrize("size", [(30, 8), (40, 12), (60, 20), (80, 24), (120, 40), (200, 60)], ids=str)
async def test_every_size_has_the_title_the_keys_and_the_list(shelf: Path, size: tuple[int, int]) -> None:
    async with in_library(shelf, size=size) as drive:
        assert "Library" in drive.shown("#library-top")
        assert drive.shown("#keys").startswith(" / search")
        assert drive.shown("#keys").endswith("? help  q quit")
        assert drive.shown("#documents").splitlines()[0].startswith("▸  Arvane ex")
        await drive.search("norland date:2022")
        assert rows(drive) == ["drones"]


async def test_without_a_cache_the_reader_is_told_why_there_is_no_library() -> None:
    async with driving() as drive:
        await drive.press("L")
        assert "--no-cache" in drive.shown("#record")


async def test_a_library_that_is_no_library_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"these are my notes")
    async with in_library(path) as drive:
        assert "notes.sqlite" in drive.shown("#record")
        await drive.search("anything")
        await drive.press("enter", "enter")
    assert path.read_bytes() == b"these are my notes"


async def test_the_help_of_the_library_carries_out_what_is_picked(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("question_mark")
        await drive.type("sort by the next")
        await drive.press("enter")
        assert library(drive).state.sort_order.column == "title"


async def test_tab_completes_fields_of_documents_and_of_records_by_the_librarys_values(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("sou")
        assert drive.shown("#record").split() == ["Tab", "source:"]
        await drive.press("tab")
        assert library(drive).state.query == "source:"
        assert drive.shown("#record").split()[:4] == ["Tab", '"Coast', 'Wire"', "3"]
        await drive.press("tab")
        assert library(drive).state.query == 'source:"Coast Wire" '
        assert set(rows(drive)) == {"accord", "drones", "copy"}
        await drive.type("party:sud")
        await drive.press("tab")
        assert library(drive).state.query == 'source:"Coast Wire" party:Suderia '
        assert set(rows(drive)) == {"accord", "drones"}


async def test_tab_goes_on_to_the_next_value_in_the_library_and_round_again(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("strength:")
        offered = [each.display_text for each in library(drive).state.completions]
        assert sorted(offered) == ["agreed", "committed", "explored"]
        taken = []
        for _ in range(len(offered) + 1):
            await drive.press("tab")
            taken.append(library(drive).state.query)
        assert taken == [f"strength:{value} " for value in (*offered, offered[0])]


async def test_earlier_queries_of_the_library_come_back_with_the_arrow_keys(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        for query in ("radar", "drones"):
            await drive.search(query)
            await drive.press("enter", "escape")
        recalled = []
        await drive.press("slash")
        for key in ("up", "up", "up", "down", "down"):
            await drive.press(key)
            recalled.append(library(drive).state.query)
        assert recalled == ["drones", "radar", "radar", "drones", "drones"]
        assert rows(drive) == ["drones"]


async def test_anything_may_be_pasted_into_the_query(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("slash")
        library(drive).query_bar.field.value = "\x1b[31m [/] \u202e party: | !! \"' ^$ date:.. " * 20  # type: ignore[union-attr]
        await drive.rest()
        await drive.press("escape")
        assert len(rows(drive)) == len(PAGES)


@pytest.mark.parametrize("size", ["40x12", "80x24", "120x40"])
@pytest.mark.parametrize("keys", [[], ["slash", *"norland"]], ids=["list", "query"])
def test_the_screen(
    snap_compare: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: str, keys: list[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)  # so that the paths on the screen are the same everywhere
    app = app_on(builders.analysis(), cache=AnalysisCache(fill(Path())))
    columns, lines = map(int, size.split("x"))
    assert snap_compare(app, terminal_size=(columns, lines), run_before=pressing(["L", "j", *keys]))


async def test_the_entities_of_all_documents_lead_to_their_agreements_and_these_to_their_words(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("e")
        assert drive.shown("#items").splitlines()[0].split() == ["▸", "Ostia", "state", "4", "in", "4", "documents"]
        await drive.type("norlnd")
        assert [line.split()[0] for line in drive.shown("#items").splitlines() if line] == ["▸"]
        await drive.press("enter")
        listed = [line.strip() for line in drive.shown("#items").splitlines() if line]
        assert listed[0].split() == ["▸", "all", "the", "documents", "that", "name", "Norland", "3"]
        assert [line[-10:] for line in listed[1:]] == ["2022-06-01", "2021-03-05", "2021-03-04"]
        await drive.press("down", "enter")
        choice = drive.state.selection
        assert choice is not None
        assert choice.id == drive.agreement("Deliver six Skua drones").id
        assert drive.state.text[drive.state.position.offset :].startswith("Suderia will deliver")


async def test_from_an_entity_to_the_documents_that_name_it(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("e")
        await drive.type("brandt")
        await drive.press("enter", "enter")
        assert library(drive).state.query == '"Ilse Brandt"'
        assert rows(drive) == ["accord"]


async def test_a_session_may_begin_with_the_library(shelf: Path) -> None:
    async with driving(app_on(query="norland date:2022", cache=AnalysisCache(shelf))) as drive:
        assert rows(drive) == ["drones"]
        await drive.press("L")
        assert rows(drive) == ["drones"], "there is no document to go back to"
        await drive.press("enter")
        opened = drive.app.document_screen
        assert opened is not None
        assert opened is drive.app.screen
        assert (opened.state.current_document.document.title, opened.state.position.query) == (
            PAGES["drones"][0],
            "norland",
        )
        await drive.press("L")
        assert rows(drive) == ["drones"]
        await drive.press("L")
        assert drive.app.screen is opened


async def test_a_folder_is_added_from_its_path_and_its_progress_told(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(f"# Number {name}\n\nNorland will build a harbour in Ostia by 2031.\n")
    (folder / "three.pdf").write_bytes(b"%PDF-1.4 and no more")
    async with in_library(shelf) as drive:
        await drive.press("a")
        screen = drive.app.screen
        assert isinstance(screen, PathPicker)
        screen.set_path(f"{tmp_path}/ne")
        await drive.rest()
        await drive.press("tab")
        assert [line.split()[-1] for line in drive.shown("#items").splitlines() if line] == [
            str(folder),
            "one.md",
            "three.pdf",
            "two.md",
        ]
        await drive.press("enter")
        assert {"one", "two"} <= set(rows(drive))
        assert "2 added, 1 failed" in drive.shown("#record")


async def test_adding_can_be_stopped_and_what_is_done_stays(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(
            "Un texte en français que la France et le Japon ont signé ensemble à Paris."
        )
    async with in_library(shelf) as drive:
        added = library(drive).import_files([folder])
        while not added.is_finished and "of 400" not in drive.shown("#library-top"):
            await drive.pilot.pause(0.02)
        assert "stop adding" in drive.shown("#keys")
        await drive.press("x")
        assert added.is_finished
        count = len(rows(drive)) - len(PAGES)
        assert 0 < count < 400
        assert "Stopped" in drive.shown("#record")
    with open_library(shelf) as library_file:
        assert len(library_file) == len(PAGES) + count, "nothing goes on behind the screen"


async def test_a_changed_file_is_read_again_with_a_key(shelf: Path) -> None:
    shelf.with_name("menu.txt").write_text("La soupe et le poisson sont bons, et le gâteau est dans la cuisine.")
    async with in_library(shelf) as drive:
        assert "read again" in drive.shown("#keys")
        await drive.press("r")
        state = library(drive).state
        (menu,) = (kept for kept in state.documents.values() if kept.path.endswith("menu.txt"))
        assert (menu.language, state.changed) == ("fr", frozenset())
        assert "read again" not in drive.shown("#keys")


async def test_adding_what_is_not_there_says_so(shelf: Path, tmp_path: Path) -> None:
    async with in_library(shelf) as drive:
        library(drive).import_files([tmp_path / "nothing"])
        await drive.rest()
        assert "1 failed: " in drive.shown("#record")


async def test_a_review_pass_goes_through_the_records_of_all_listed_documents(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.press("V")
        seen = []
        for judged in range(4):
            evidence = selected_evidence(drive.state)
            assert evidence and drive.screen.text_pane.is_visible(evidence[0])
            seen.append(Path(drive.state.current_document.document.path or "").stem)
            assert f"review 0 of 1  library {judged} of 5" in drive.shown("#top")
            assert drive.state.notice == ""
            await drive.press("a")
        assert seen == ["talks", "drones", "accord", "copy"]  # "radar" has the same text as "copy"
        assert "are judged" in library(drive).state.notice
        await drive.press("v")
        assert "are judged" in library(drive).state.notice


async def test_a_review_pass_is_over_the_documents_that_are_listed_and_ends_with_escape(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("party:ostia")
        await drive.press("enter", "v")
        assert "library 0 of 1" in drive.shown("#top")
        await drive.press("escape", "a")
        assert drive.state.library_pass is None
        assert drive.state.current_document.review


async def test_what_is_judged_is_found_in_the_library_at_once(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("is:accepted")
        assert rows(drive) == []
        await drive.press("escape", "enter", "tab", "a", "L")
        await drive.search("is:accepted")
        assert rows(drive) == ["talks"]


async def test_a_search_is_saved_by_name_and_chosen_again_on_both_screens(shelf: Path) -> None:
    async with in_library(shelf) as drive:
        await drive.search("party:ostia")
        await drive.press("enter", "asterisk", "enter")
        await drive.type("the sea")
        await drive.press("enter")
        assert 'Saved: saved:"the sea" stands for it' in library(drive).state.notice
        await drive.press("escape", "asterisk", "enter")
        assert library(drive).state.query == 'saved:"the sea"'
        assert rows(drive) == ["accord"]
        await drive.press("enter")
        assert drive.state.position.query == "party:ostia"
        await drive.press("escape", "escape", "asterisk", "enter")
        assert drive.state.position.query == 'saved:"the sea"'
        assert [match.record_id for match in drive.state.matches.agreements] == [
            each.id for each in drive.state.analysis.agreements
        ]
        await drive.press("asterisk", "enter")
        assert "Forgotten: the sea" in drive.state.notice
