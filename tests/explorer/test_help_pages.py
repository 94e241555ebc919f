"""The help pages explain every command, every part of the query language and every symbol."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import asdict

from alliance_tui.cli.main import main
from alliance_tui.explorer.commands.registry import COMMANDS
from alliance_tui.explorer.presenters.comparison_rows import NO_VALUE
from alliance_tui.explorer.presenters.help_pages import (
    QUERY_PAGE,
    REGISTER_PAGE,
    HelpEntry,
    HelpPage,
    keys_page,
    symbols_page,
)
from alliance_tui.explorer.rendering.glyphs import ASCII, CONSOLE, UNICODE, Glyphs
from alliance_tui.explorer.rendering.theme import DARK
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.search.document_filters import DocumentField, split_document_filters
from alliance_tui.linking.register_query import REGISTER_FIELDS, matching_rows
from alliance_tui.records import Strength
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.query import parse_query
from alliance_tui.search.saved_queries import expand_saved
from tests.support import builders
from tests.support.pilot import app_on, driving
from tests.support.sample_library import fill


def entries(page: HelpPage) -> list[HelpEntry]:
    """All entries of a page."""
    return [entry for section in page.sections for entry in section.entries]


@pytest.mark.parametrize("screen", ["document", "library"])
async def test_the_list_of_keys_says_whole_what_each_does_and_names_keys_alike(screen: str, tmp_path: Path) -> None:
    cache = AnalysisCache(tmp_path / "library.sqlite")
    async with driving(app_on(builders.analysis(), cache=cache), size=(80, 24)) as drive:
        await drive.press(*(["L"] if screen == "library" else []), "question_mark")
        shown = ""
        while (page := drive.shown("#items")) not in shown:
            shown += page
            await drive.press("pagedown")
        assert drive.app.glyphs.ellipsis not in shown
        assert "Who does what with whom: of marked, else found, else all" in shown
        if screen == "document":
            assert "Select the word at the cursor; again: sentence, paragraph" in shown
            assert "Shift-Right" in shown
        assert "shift+" not in shown


def test_every_command_is_on_the_keys_page_with_its_keys() -> None:
    listed = [(entry.remark, entry.subject, entry.meaning) for entry in entries(keys_page(COMMANDS))]
    assert sorted(listed) == sorted((command.id, command.displayed_keys, command.help) for command in COMMANDS)


def test_every_field_of_the_query_language_is_on_the_query_page() -> None:
    subjects = [entry.subject for entry in entries(QUERY_PAGE)]
    on_records, on_documents = (
        {field for entry in section.entries for field in re.findall(r"(\w+):", entry.subject)}
        for section in QUERY_PAGE.sections[1:]
    )
    assert on_records == set(FilterField)
    assert on_documents == set(DocumentField)
    assert len(subjects) == len(set(subjects))


async def test_the_query_language_fits_the_smallest_usual_screen() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.press("f1")
        shown = drive.shown("#items")
    for section in QUERY_PAGE.sections:
        assert section.heading in shown
        assert all(entry.subject in shown and entry.meaning in shown for entry in section.entries)


@pytest.mark.parametrize("subject", [entry.subject for entry in entries(QUERY_PAGE)])
def test_every_example_of_the_query_page_is_a_query_without_problems(subject: str) -> None:
    expanded, problems = expand_saved(subject, {"arms": "missile"})
    filters = split_document_filters(expanded)
    assert problems == filters.problems == ()
    assert parse_query(filters.remaining_query).problems == ()
    on_documents = subject in [entry.subject for entry in QUERY_PAGE.sections[2].entries]
    assert bool(filters.remaining_query.strip()) is not on_documents


def test_every_field_of_the_register_is_on_its_page() -> None:
    assert {field for entry in entries(REGISTER_PAGE) for field in re.findall(r"(\w+):", entry.subject)} == {
        *REGISTER_FIELDS
    }


@pytest.mark.parametrize(
    "subject", [entry.subject for section in REGISTER_PAGE.sections[:-1] for entry in section.entries]
)
def test_every_example_of_the_register_page_is_a_query_without_problems(subject: str) -> None:
    assert matching_rows([], subject).problems == ()


@pytest.mark.parametrize("topic", ["query", "register"])
def test_a_page_of_queries_fits_one_screen(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", topic]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < 24
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII, CONSOLE], ids=["unicode", "ascii", "console"])
def test_every_symbol_is_on_the_symbols_page(glyphs: Glyphs) -> None:
    explained = {symbol for entry in entries(symbols_page(glyphs)) for symbol in entry.subject.split()}
    fields = asdict(glyphs)
    symbols = {
        *fields.pop("heat"),
        *fields.pop("strengths").values(),
        *fields.pop("entities").values(),
        *fields.values(),
    }
    assert {NO_VALUE, *(symbol for symbol in symbols if not symbol.isspace())} <= explained


@pytest.mark.parametrize("keys", [[], ["L"]], ids=["document", "library"])
@pytest.mark.parametrize(("key", "word"), [("f1", "party:japan"), ("f2", "declaratory")])
async def test_the_pages_are_a_key_away_and_closed_by_enter(
    key: str, word: str, keys: list[str], tmp_path: Path
) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path))), size=(80, 40)) as drive:
        await drive.press(*keys)
        below = drive.app.screen
        await drive.press(key)
        assert word in drive.shown("#items")
        assert "Enter" not in drive.shown("#dialog-keys")
        await drive.press("enter")
        assert drive.app.screen is below


@pytest.mark.parametrize("overview", ["H", "J"], ids=["timeline", "matrix"])
async def test_the_symbols_are_a_key_away_from_an_overview_and_from_its_queries(overview: str) -> None:
    async with driving() as drive:
        await drive.press(overview)
        below = drive.app.screen
        for keys in (["f2"], ["f1", "tab"], ["question_mark", "tab"]):
            await drive.press(*keys)
            assert drive.heading("#frame") == "Symbols"
            await drive.press("tab")
            assert drive.heading("#frame").startswith("Queries on")
            await drive.press("escape")
            assert drive.app.screen is below


async def test_the_meaning_of_every_symbol_is_whole_at_80_columns() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.press("f2")
        shown = ""
        while (page := drive.shown("#items")) not in shown:
            shown += page
            await drive.press("pagedown")
        cut = [entry for entry in entries(symbols_page(drive.app.glyphs)) if entry.meaning not in shown]
        assert cut == []


async def test_the_symbols_have_their_colours_under_headings_that_stand_out() -> None:
    async with driving() as drive:
        await drive.press("f2")
        binding = UNICODE.strengths[Strength.BINDING]
        (style,) = drive.styles("#items", binding)
        assert style.color == DARK.strength_style(Strength.BINDING).color
        assert all(style.bold for style in drive.styles("#items", "Strength of an agreement"))


async def test_the_pages_of_help_follow_one_another() -> None:
    async with driving() as drive:
        await drive.press("question_mark")
        assert drive.heading("#frame") == "Keys in the text"
        titles = []
        for _ in range(3):
            await drive.press("tab")
            titles.append(drive.heading("#frame"))
        assert titles == ["Query language", "Symbols", "Keys in the text"]


async def test_the_query_language_is_a_key_away_while_a_query_is_typed() -> None:
    async with driving(size=(80, 40)) as drive:
        await drive.search("radar")
        await drive.press("f1")
        await drive.type("firm")
        assert "strength:>=committed" in drive.shown("#items")
        await drive.press("escape")
        await drive.type("s")
        assert drive.state.position.query == "radars"


@pytest.mark.parametrize("key", ["question_mark", "colon"], ids=["help", "commands"])
async def test_the_pages_are_reached_from_the_lists_of_commands(key: str) -> None:
    async with driving(size=(80, 40)) as drive:
        await drive.press(key)
        await drive.type("query language")
        await drive.press("enter")
        assert "party:japan" in drive.shown("#items")
