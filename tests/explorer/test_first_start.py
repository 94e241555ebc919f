"""At the first start ever, a line each says what the three panes are; afterwards never again."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.explorer.persistence import first_start
from tests.support import builders
from tests.support.pilot import app_on, driving


def test_only_the_first_start_is_the_first(tmp_path: Path) -> None:
    marker = tmp_path / "state" / "started"
    assert first_start.note_start(marker)
    assert not first_start.note_start(marker)


def test_where_nothing_can_be_noted_nothing_is_explained_each_time(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder", encoding="utf-8")
    assert not first_start.note_start(tmp_path / "state" / "started")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_the_panes_are_explained_until_the_first_key(size: tuple[int, int]) -> None:
    app = app_on(builders.analysis())
    app.initial_state = replace(app.initial_state, welcome=True)
    async with driving(app, size=size) as drive:
        lines = drive.shown("#welcome").splitlines()
        assert [line.split()[0] for line in lines] == ["Text", "Agreements", "Entities"]
        assert drive.app.glyphs.ellipsis not in drive.shown("#welcome")
        await drive.press("tab")
        assert not drive.app.screen.query_one("#welcome").region
        assert drive.screen.agreements.has_focus


async def test_otherwise_the_panes_have_all_the_room() -> None:
    async with driving() as drive:
        assert not drive.app.screen.query_one("#welcome").region
