"""Hostile documents of every format through every surface: extraction, search, the library, the explorer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from pathlib import Path

from alliance_tui.export.formats import OutputFormat
from alliance_tui.library.storage.integrity import find_problems
from alliance_tui.library.store import open_library
from tests.faults.command_line import PATIENCE, CommandHome, faults_of
from tests.faults.hostile_files import word_file, write_hostile_file
from tests.faults.hostile_texts import SHAPES
from tests.faults.surface import Surface
from tests.tools import fuzz_explorer

FILES = 40
"""Files in the folder of one attempt: a command takes longer to start than most of them."""
EXPLORED_FILES = 20
"""Documents that one start of the explorer walks through."""
_PATIENCE = PATIENCE + 4 * FILES
"""Seconds that a command may take for all files."""
_LONGEST = 20_000
"""Characters of the longest; half are shorter than the root of it, as most faults need little text."""
_LIMITS = ("--max-seconds", "10", "--date", "2024-04-10")
MEGABYTE = 1_000_000
_CELL, _COLUMNS = 60, 4
"""Characters of a cell, and cells of a row, of a table of a megabyte."""


def _write_folder(chance: random.Random, folder: Path) -> Path:
    documents = folder / "documents"
    documents.mkdir()
    for _ in range(FILES):
        write_hostile_file(documents, chance, int(_LONGEST ** chance.random()) - 1)
    return documents


def extract(chance: random.Random, folder: Path) -> Iterator[str]:
    """Extract a folder of hostile files in one of the formats, or search it."""
    documents, home = _write_folder(chance, folder), CommandHome(folder)
    form = chance.choice(list(OutputFormat))
    arguments = chance.choice(
        (
            ["extract", documents, "--no-cache", "--format", form],
            ["extract", documents, "--no-cache", "--format", form],
            ["search", chance.choice(("japan", "treaty | radar", "a")), documents, "--no-cache"],
            ["--plain", documents, "--no-cache"],
        )
    )
    yield from faults_of(home.run(*arguments, *_LIMITS, patience=_PATIENCE), home)


def add(chance: random.Random, folder: Path) -> Iterator[str]:
    """Add hostile files to a library twice, and ask it for all that it has."""
    documents, home = _write_folder(chance, folder), CommandHome(folder)
    library = folder / "library.sqlite"
    add_all = ["library", "add", "--format", "jsonl", documents, *_LIMITS]
    form = chance.choice(list(OutputFormat))
    for arguments in (
        add_all,
        add_all,
        ["library", "list"],
        ["search", "japan"],
        ["library", "export", "--format", form],
    ):
        yield from faults_of(home.run(*arguments, "--library", library, patience=_PATIENCE), home)
    with open_library(library) as opened:
        yield from find_problems(opened)


def explore(chance: random.Random, _: Path) -> Iterator[str]:
    """Walk through hostile documents in the explorer, and look at every byte that it sends."""
    try:
        fuzz_explorer.run(EXPLORED_FILES, chance.randrange(1 << 30))
    except AssertionError as error:
        yield str(error)


def extract_megabyte(chance: random.Random, folder: Path) -> Iterator[str]:
    """Extract a megabyte of one shape, as text or in a table: it is analysed, or given up with a sentence."""
    shape = chance.choice(list(SHAPES))
    text = SHAPES[shape](MEGABYTE)
    name, write = chance.choice((("text.txt", str.encode), ("table.html", _page_of_rows), ("table.docx", _word_rows)))
    path = folder / name
    path.write_bytes(write(text))
    home = CommandHome(folder)
    run = home.run("extract", path, "--no-cache", "--format", "jsonl", patience=1200)
    yield from (f"{shape} in {name}: {fault}" for fault in faults_of(run, home))


def _rows(text: str) -> Iterator[list[str]]:
    """Yield a text in rows of cells, each as long as a sentence."""
    cells = [escape(text[start : start + _CELL]) for start in range(0, len(text), _CELL)]
    yield from (cells[start : start + _COLUMNS] for start in range(0, len(cells), _COLUMNS))


def _page_of_rows(text: str) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _rows(text))
    return f"<html><body><table>{rows}</table></body></html>".encode()


def _word_rows(text: str) -> bytes:
    cells = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{''.join(map(cells.format, row))}</w:tr>" for row in _rows(text))
    return word_file(f"<w:tbl>{rows}</w:tbl>")


EXTRACTED = Surface("extracted documents", extract, "documents", FILES, short_attempts=1)
ADDED = Surface("added documents", add, "documents", FILES, short_attempts=1)
EXPLORED = Surface("explored documents", explore, "documents", EXPLORED_FILES, short_attempts=1)
MEGABYTES = Surface("megabytes", extract_megabyte, "documents", short_attempts=0)
