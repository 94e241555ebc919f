"""Draw the screenshots from the running explorer.

    python screenshots/make.py [NAME...]        (default: all)

Each scene starts the real program, presses keys, and saves the screen as SVG beside this file. The article ships with
the program; the library is filled from the documents of the shared folder (../shared, or what ALLIANCE_SHARED names),
and its scenes are left out where that is absent. Run it after every visible change; cast.py records the cast.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

sys.path.insert(0, str(Path(__file__).parents[1]))

from alliance_tui.cli import main as run_command
from alliance_tui.documents import read_all, seed_document
from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Document
from alliance_tui.terminal.capabilities import Capabilities
from tests.support.shared_folder import shared_folder

HERE = Path(__file__).parent
REST = 0.5
"""Seconds without a change after which a screen counts as drawn."""
FACT_SHEET = "us-japan-2024-04-fact-sheet.txt"
LIBRARY = (
    FACT_SHEET,
    "us-japan-2024-04-joint-leaders-statement.txt",
    "jp-ph-us-2024-04-joint-vision-statement.txt",
    "camp-david-2023-08-fact-sheet.txt",
    "camp-david-2023-08-spirit-joint-statement.txt",
    "quad-2021-09-fact-sheet.txt",
    "quad-2021-09-joint-statement.txt",
    "aukus-2021-09-joint-leaders-statement.txt",
    "nato-2022-06-madrid-fact-sheet.txt",
    "us-pacific-2022-09-partnership-declaration.txt",
    "us-rok-2022-05-joint-statement.txt",
    "us-ukraine-2021-09-strategic-partnership.txt",
)
"""The documents of the library, by their names in the shared folder's corpus."""


class Scene(Struct, frozen=True):
    """A screenshot: the name of its file, the terminal's columns and rows, the keys to press, and the palette.

    `document` is the name of the document to open, "" for the article. With `in_library`, the library is open instead.
    """

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    palette: str = "dark"
    document: str = ""
    in_library: bool = False

    @property
    def needs_library(self) -> bool:
        """Whether the scene shows documents of the library."""
        return self.in_library or bool(self.document)


SCENES = (
    Scene("explorer", (120, 40), ("tab", "down", "down", "enter")),
    Scene("search", (80, 24), ("slash", *"dicsa")),
    Scene("details", (100, 30), ("tab", "down", "down", "enter", "d")),
    Scene("light", (120, 40), ("slash", *"comand", "space", *"and", "space", *"control", "enter"), "light"),
    Scene("help", (100, 36), ("question_mark",)),
    Scene("symbols", (100, 36), ("f2",)),
    Scene("wide", (200, 60), ("tab", "down", "down", "enter"), document=FACT_SHEET),
    Scene("table", (120, 40), ("tab", "z"), document=FACT_SHEET),
    Scene("facets", (120, 40), ("F", "down"), document=FACT_SHEET),
    Scene("comparison", (120, 40), ("K", *"states-japan", "enter"), document=FACT_SHEET),
    Scene("library", (120, 40), ("down",), in_library=True),
    Scene("agreements", (120, 40), ("tab", "down"), in_library=True),
    Scene("register", (120, 40), ("P",), in_library=True),
)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing is under way and the screen has not changed for a moment."""
    with suppress(WorkerCancelled):
        await pilot.app.workers.wait_for_complete()
    before = ""
    while (shown := pilot.app.export_screenshot()) != before:
        before = shown
        await pilot.pause(REST)


def app_for(scene: Scene, article: OpenDocument, library: Path | None) -> ExplorerApp:
    """Return the app of a scene, before any key."""
    cache = AnalysisCache(library) if scene.needs_library and library else None
    opened = () if scene.in_library else (OpenDocument.unread(read(scene.document)) if scene.document else article,)
    palette = PALETTES[scene.palette]
    return ExplorerApp(
        ExplorerState(opened), palette=palette, cache=cache, capabilities=Capabilities(), author="reader"
    )


async def take(scene: Scene, app: ExplorerApp) -> str:
    """Return the screenshot as SVG."""
    async with app.run_test(size=scene.size) as pilot:
        await settle(pilot)
        for key in scene.keys:
            await pilot.press(key)
            await settle(pilot)
        return app.export_screenshot(title="alliance-tui")


def read(name: str) -> Document:
    """Return a document of the shared folder's corpus."""
    (document,) = read_all([str(corpus_path(name))])
    assert isinstance(document, Document)
    return document


def corpus_path(name: str) -> Path:
    """Return the path of a document of the shared folder's corpus."""
    shared = shared_folder()
    assert shared is not None
    return shared / "corpus" / name


def fill_library(path: Path) -> None:
    """Make a library of the documents of LIBRARY."""
    run_command(["library", "add", "--library", str(path), *(str(corpus_path(name)) for name in LIBRARY)])


def self_contained(svg: str) -> str:
    """Return the image without remote fonts: the viewer's own monospaced font is used."""
    return re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.S).replace("Fira Code", "DejaVu Sans Mono")


def main(names: Sequence[str]) -> None:
    """Draw the scenes of these names, or all."""
    os.environ.pop("NO_COLOR", None)
    scenes = [scene for scene in SCENES if not names or scene.name in names]
    if shared_folder() is None:
        left_out = ", ".join(scene.name for scene in scenes if scene.needs_library)
        sys.stderr.write(f"Without the shared folder these are left out: {left_out}\n" if left_out else "")
        scenes = [scene for scene in scenes if not scene.needs_library]
    article = OpenDocument(Extractor().analyse(seed_document()), AnalysisStage.DONE)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.sqlite"
        if any(scene.needs_library for scene in scenes):
            fill_library(library)
        for scene in scenes:
            svg = self_contained(asyncio.run(take(scene, app_for(scene, article, library))))
            (HERE / f"{scene.name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
