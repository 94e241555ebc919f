"""Draw the screenshots from the running explorer.

    python screenshots/make.py [NAME...]        (default: all)

Each scene starts the real program, presses keys, and saves the screen as SVG beside this file. The article ships with
the program; the library is filled with documents that were written for the tests of quality: their states are real,
their visits, persons and promises are not. Run it after every visible change; cast.py records the cast.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from alliance_tui.cli import main as run_command
from alliance_tui.documents import read_all, seed_document
from alliance_tui.explorer.app import ExplorerApp
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Document
from alliance_tui.terminal.capabilities import Capabilities

HERE = Path(__file__).parent
REST = 0.5
"""Seconds without a change after which a screen counts as drawn."""
CORPORA = HERE.parent / "tests" / "quality" / "corpora"
FACT_SHEET = "us-philippines-bilateral-fact-sheet"
LIBRARY = (
    FACT_SHEET,
    "au-jp-foreign-defence",
    "de-fr-defence-council",
    "fr-in-joint-statement",
    "it-jp-us-quad-style-statement",
    "kr-uk-accord",
    "nordic-baltic-statement",
    "pl-us-strategic-dialogue",
    "uk-japan-statement",
    "ukraine-security-agreement",
    "us-india-fact-sheet",
    "vn-jp-joint-statement",
)
"""The documents of the library, by their names in `train-written`."""
SUMMIT = "summit-fact-sheet"
"""A fact sheet in `dev-written`, of the same summit as SUMMIT_STATEMENT."""
SUMMIT_STATEMENT = """\
Joint Statement by the Leaders of Kenya and Portugal
4 March 2031

President Amina Odhiambo of Kenya and Prime Minister Rui Tavares of Portugal met in Mombasa.

The two leaders announced their intention to establish a Joint Coast Watch Centre in Mombasa by 2033.

Portugal will train 120 Kenyan naval officers. The two governments will open talks on an investment treaty within 90 \
days and build a geothermal plant near Nakuru by 2035.

The two health ministries plan to launch a joint laboratory for malaria research.

Kenya and Portugal will hold a joint exercise at sea every year.
"""


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
    Scene("comparison", (120, 40), ("K", *"joint", "space", *"portugal", "enter"), document=SUMMIT),
    Scene("library", (120, 40), ("down",), in_library=True),
    Scene("agreements", (120, 40), ("tab", "down"), in_library=True),
    Scene("register", (120, 40), ("P",), in_library=True),
    Scene("timeline", (120, 40), ("H",), in_library=True),
    Scene("matrix", (120, 40), ("J",), in_library=True),
)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing is under way and the screen has not changed for a moment."""
    with suppress(WorkerCancelled):
        await pilot.app.workers.wait_for_complete()
    before = ""
    while (shown := pilot.app.export_screenshot()) != before:
        before = shown
        await pilot.pause(REST)


def app_for(scene: Scene, article: OpenDocument, folder: Path) -> ExplorerApp:
    """Return the app of a scene, before any key; the library and its documents are in the folder."""
    shows_library = scene.in_library or scene.document
    document = OpenDocument.unread(read(folder / f"{scene.document}.txt")) if scene.document else article
    return ExplorerApp(
        ExplorerState(() if scene.in_library else (document,)),
        palette=PALETTES[scene.palette],
        cache=AnalysisCache(folder / "library.sqlite") if shows_library else None,
        capabilities=Capabilities(),
        author="reader",
    )


async def take(scene: Scene, app: ExplorerApp) -> str:
    """Return the screenshot as SVG."""
    async with app.run_test(size=scene.size) as pilot:
        await settle(pilot)
        for key in scene.keys:
            await pilot.press(key)
            await settle(pilot)
        return app.export_screenshot(title="alliance-tui")


def read(path: Path) -> Document:
    """Return the document in a file."""
    (document,) = read_all([str(path)])
    assert isinstance(document, Document)
    return document


def fill_library(folder: Path) -> None:
    """Copy the documents of LIBRARY and those of the summit to the folder, and make a library of them there."""
    for name in LIBRARY:
        for suffix in (".txt", ".toml"):
            shutil.copy((CORPORA / "train-written" / name).with_suffix(suffix), folder)
    shutil.copy(CORPORA / "dev-written" / f"{SUMMIT}.txt", folder)
    (folder / "summit-statement.txt").write_text(SUMMIT_STATEMENT, encoding="utf-8")
    run_command(["library", "add", "--library", str(folder / "library.sqlite"), str(folder)])


def self_contained(svg: str) -> str:
    """Return the image without remote fonts: the viewer's own monospaced font is used."""
    return re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.S).replace("Fira Code", "DejaVu Sans Mono")


def main(names: Sequence[str]) -> None:
    """Draw the scenes of these names, or all."""
    os.environ.pop("NO_COLOR", None)
    article = OpenDocument(Extractor().analyse(seed_document()), AnalysisStage.DONE)
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home  # paths are shown from there
        folder = Path(home) / "documents"
        folder.mkdir()
        fill_library(folder)
        for scene in SCENES:
            if not names or scene.name in names:
                svg = self_contained(asyncio.run(take(scene, app_for(scene, article, folder))))
                (HERE / f"{scene.name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
