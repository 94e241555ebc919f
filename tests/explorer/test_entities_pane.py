"""The entities pane: whole names, headings of types, the other names of the focused entity."""

from __future__ import annotations

import pytest

from alliance_tui.records import Analysis, EntityType
from tests.support import builders
from tests.support.pilot import app_on, driving

LONG = "Northern Seas Framework for Shared Coastal Surveillance and Undersea Cable Repair"
NAMES = (("Norland", EntityType.STATE), ("Westmark", EntityType.STATE), (LONG, EntityType.PROGRAMME))
SHORT_NAMES = tuple(f"Cable Repair Scheme {number}" for number in range(30))
SIZES = [(80, 24), (100, 30), (120, 40), (160, 50), (200, 60)]


def analysis(*short_names: str) -> Analysis:
    """An analysis of two states and a programme with a long name and these short ones."""
    schemes = ", ".join(short_names)
    document = builders.document(f"Norland and Westmark joined the {LONG}, also called {schemes}.\n")
    entities = [builders.entity(document, name, kind, name) for name, kind in NAMES[:2]]
    entities.append(builders.entity(document, LONG, EntityType.PROGRAMME, LONG, *short_names))
    return Analysis(document, tuple(entities), (), "test", "test")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_long_name_is_whole_and_broken_between_words(size: tuple[int, int]) -> None:
    async with driving(app_on(analysis()), size=size) as drive:
        await drive.press("tab", "tab", "G")
        shown = drive.shown("#entities")
        words = [word for word in shown.split() if word.isalpha() and word not in ("States", "Programmes")]
        assert " ".join(words).endswith(LONG)
        assert drive.app.glyphs.ellipsis not in shown


@pytest.mark.parametrize(("size", "headings"), [((80, 24), 0), ((120, 40), 1)])
async def test_where_there_is_room_a_type_is_named_once_above_its_entities(
    size: tuple[int, int], headings: int
) -> None:
    async with driving(app_on(analysis()), size=size) as drive:
        lines = [line.strip() for line in drive.shown("#entities").splitlines()]
        assert (lines.count("States"), lines.count("Programmes")) == (headings, headings)


async def test_the_terminal_s_cursor_is_on_the_name_and_not_on_the_heading_above_it() -> None:
    async with driving(app_on(analysis()), size=(120, 40)) as drive:
        await drive.press("tab", "tab")
        pane = drive.screen.entities
        assert pane.cursor_screen_offset.y == pane.content_region.y + 1


async def test_of_many_other_names_the_focused_entity_has_two_lines_that_end_with_a_mark() -> None:
    async with driving(app_on(analysis(*SHORT_NAMES)), size=(120, 40)) as drive:
        await drive.press("tab", "tab")
        lines_before = len(drive.shown("#entities").rstrip().splitlines())
        await drive.press("j", "j")
        lines = drive.shown("#entities").rstrip().splitlines()
        assert SHORT_NAMES[0] in " ".join(" ".join(lines).split())
        assert len(lines) == lines_before + 2
        assert lines[-1].rstrip().endswith(drive.app.glyphs.ellipsis)


async def test_beside_another_pane_other_names_are_whole_or_left_out() -> None:
    names = ("Fleet of the Eastern Approaches and Outer Islands", "Fleet")
    document = builders.document(f"The Norland Navy is the {names[0]}, for short the {names[1]}.\n")
    navy = builders.entity(document, "Norland Navy", EntityType.UNIT, "Norland Navy", *names)
    async with driving(app_on(Analysis(document, (navy,), (), "test", "test")), size=(80, 24)) as drive:
        assert drive.shown("#entities").split("\n")[0].split()[1:] == ["⊠", "Norland", "Navy", "Fleet", "3"]
        await drive.press("tab", "tab")
        assert names[0] in " ".join(word for word in drive.shown("#entities").split() if word.isalpha())
