"""Draw the screenshots from the running explorer on the seed article.

    python screenshots/make.py

Each scene starts the real program on the analysed article, presses keys, and saves the screen as SVG beside this file.
Run it after every visible change.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from msgspec import Struct

from alliance_tui.documents import seed_document
from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument, Position
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis
from alliance_tui.terminal.capabilities import Capabilities

HERE = Path(__file__).parent


class Scene(Struct, frozen=True):
    """A screenshot: the name of its file, the terminal's columns and rows, the keys to press, and the palette."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    palette: str = "dark"


SCENES = (
    Scene("explorer", (120, 36), ("tab", "down", "down", "enter")),
    Scene("search", (80, 24), ("slash", *"dicsa")),
    Scene("details", (100, 30), ("tab", "down", "down", "enter", "d")),
    Scene("light", (120, 36), ("slash", *"comand", "space", *"and", "space", *"control", "enter"), "light"),
    Scene("help", (100, 36), ("question_mark",)),
)


async def take(scene: Scene, analysis: Analysis) -> str:
    """Return the screenshot as SVG."""
    state = ExplorerState((OpenDocument(analysis, AnalysisStage.DONE),), Position())
    app = ExplorerApp(state, palette=PALETTES[scene.palette])
    app.capabilities = Capabilities()
    async with app.run_test(size=scene.size) as pilot:
        await pilot.pause()
        for key in scene.keys:
            await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
        await pilot.pause()
        return app.export_screenshot(title="alliance-tui")


def self_contained(svg: str) -> str:
    """Return the image without remote fonts: the viewer's own monospaced font is used."""
    return re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.S).replace("Fira Code", "DejaVu Sans Mono")


def main(names: list[str]) -> None:
    """Draw the scenes of these names, or all."""
    analysis = Extractor().analyse(seed_document())
    for scene in SCENES:
        if not names or scene.name in names:
            svg = self_contained(asyncio.run(take(scene, analysis)))
            (HERE / f"{scene.name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
