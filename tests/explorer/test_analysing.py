"""The text comes first; what is found in it follows, and nothing that goes wrong takes the text away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_tui.documents.sanitise import sanitise, sanitise_line
from alliance_tui.explorer.screens.document_screen import DocumentScreen
from alliance_tui.explorer.state.explorer_state import AnalysisStage
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Analysis, Document, EntityType
from tests.support import builders
from tests.support.pilot import app_on, driving

SHORT = "Norway and Finland agreed to build a joint radar station by 2030.\n"


async def test_an_empty_document_says_so() -> None:
    for text in ("", "\n\n", "   "):
        async with driving(app_on(unread=[builders.document(text)])) as drive:
            assert "This document is empty." in drive.shown("#text")
            assert "None found." in drive.shown("#agreements")
            assert drive.state.current_document.stage is AnalysisStage.DONE
            keys = "tab j enter d y slash x enter n escape G right_square_bracket f u U z"
            for key in keys.split():
                await drive.press(key)


async def test_a_known_document_is_shown_whole_from_the_cache(tmp_path: Path) -> None:
    cache = AnalysisCache(tmp_path / "cache.sqlite")
    found = builders.analysis()
    cache.save(Analysis(found.document, found.entities, found.agreements, extractor_version(), model_version(None)))
    async with driving(app_on(unread=[builders.document()], cache=cache)) as drive:
        assert drive.state.current_document.stage is AnalysisStage.DONE
        assert "Create a joint centre" in drive.shown("#agreements")


async def test_a_missing_model_is_one_clear_message_and_the_text_can_still_be_searched() -> None:
    app = app_on(unread=[builders.document()], model="no_such_model")
    async with driving(app) as drive:
        assert drive.state.current_document.stage is AnalysisStage.FAILED
        shown = " ".join(drive.shown("#agreements").split())
        assert "no_such_model" in shown
        assert "The analysis failed" in drive.shown("#record")
        assert "--model" in shown
        assert "Defence ministers" in drive.shown("#text")
        await drive.press("d")
        assert "no_such_model" in drive.shown("#fields")
        await drive.press("escape")
        await drive.search("navys")
        assert "no match" not in drive.shown("#top")


@pytest.mark.model
async def test_what_is_found_streams_in_while_the_text_is_read_and_searched(tmp_path: Path) -> None:
    cache = AnalysisCache(tmp_path / "cache.sqlite")
    app = app_on(unread=[builders.document(SHORT * 40)], cache=cache)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"radar", "enter")
        screen = app.screen_stack[0]
        assert isinstance(screen, DocumentScreen)
        assert screen.state.position.query == "radar"
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.state.current_document.stage is AnalysisStage.DONE
        found = screen.state.analysis
        assert found.agreements
    # By the worker's own word for its rules: these may change between two processes while they are worked on.
    assert cache.load(builders.document(SHORT * 40), found.extractor, found.model) == found, cache.notice


async def test_a_cache_that_cannot_serve_is_a_notice_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_text("not a database, and somebody's own file")
    app = app_on(unread=[builders.document()], cache=AnalysisCache(path), model="no_such_model")
    async with driving(app) as drive:
        assert "cache.sqlite" in drive.shown("#record")
        assert "Defence ministers" in drive.shown("#text")
    assert path.read_text().startswith("not a database")


ATTACKS = [
    "\x1b]52;c;QUFBQQ==\x07",
    "\x9b31m",
    "\u202edrowssap",
    "[/]",
    "[bold]",
    "[@click=app.quit]x[/]",
    "\x1b[2J",
    "\u2066a",
]
KEYS = ["tab", "enter", "slash", "escape", "]", "[", *"jkGgbnNfzuUxdy"]


@pytest.mark.parametrize("attack", ATTACKS)
async def test_hostile_text_is_drawn_as_it_stands_once_cleaned(attack: str) -> None:
    text = sanitise(f"Portugal and Denmark agreed to create a centre {attack} by June 2027, ACPC.\n")
    document = Document.from_text(text, title=sanitise_line(attack + "title"), path=sanitise_line(attack))
    portugal = builders.entity(document, "Portugal", EntityType.STATE)
    record = builders.agreement(document, text.strip(), text.strip(), "create", attribution=sanitise_line(attack))
    analysis = Analysis(document, (portugal,), (record,), "test", "test")
    async with driving(app_on(analysis, analysis)) as drive:
        for selector in ("#text", "#agreements", "#top"):
            assert "\x1b" not in drive.shown(selector)
        assert sanitise_line(attack) in drive.shown("#top")
        await drive.press("tab", "enter", "enter")
        assert sanitise_line(attack) in " ".join(drive.shown("#fields").split())
        await drive.press("escape", "o", "escape", "Y", "slash")
        await drive.type("[/]")
        await drive.press("enter", "f", "escape", "colon")
        await drive.type("[bold]")


@settings(max_examples=15, deadline=None)
@given(text=st.text(max_size=300), keys=st.lists(st.sampled_from(KEYS), max_size=20))
async def test_no_text_and_no_keys_bring_it_down(text: str, keys: list[str]) -> None:
    document = builders.document(sanitise(text))
    async with driving(app_on(Analysis(document, (), (), "", "")), size=(80, 24)) as drive:
        await drive.press(*keys)
        for strip in drive.strips("#top"):
            assert not set(strip.text) & {chr(code) for code in (*range(32), 127, *range(128, 160))}
