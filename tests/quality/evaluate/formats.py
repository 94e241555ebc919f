"""Check that the same document gives the same records in every format.

    python -m tests.quality.evaluate.formats [PATH...] [--keep FOLDER]

pandoc converts each text to Markdown, HTML and Word, and LibreOffice the Word file to PDF. Each conversion is compared
with the text: agreements by the words of their triggers, title and date for equality. Without PATH it takes three
statements of the shared folder. --keep leaves the conversions in a folder.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from alliance_tui import documents
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document, Kind
from tests.support.shared_folder import shared_folder

USUAL = (
    "us-japan-2024-04-joint-leaders-statement",
    "us-asean-2022-05-fact-sheet",
    "camp-david-2023-08-spirit-joint-statement",
)
LEAST = 0.97
TOOLS = ("pandoc", "soffice")
_ITEM = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s+(.*)")
_SHORT = 100
_QUOTES = str.maketrans("‘’“”", "''\"\"")


class Outcome(Struct, frozen=True):
    """A conversion compared with its text: F1 of the triggers' words, and whether title and date are the same."""

    name: str
    form: str
    f1: float
    title: bool
    date: bool

    @property
    def holds(self) -> bool:
        """Whether the conversion gives what the text gives."""
        return self.f1 >= LEAST and self.title and self.date


def missing_tools() -> list[str]:
    """The programs that converting needs and that are not installed."""
    return [tool for tool in TOOLS if not shutil.which(tool)]


def usual() -> list[Path]:
    """Three real statements, where the shared corpus is present."""
    folder = shared_folder()
    return [folder / "corpus" / f"{name}.txt" for name in USUAL] if folder else []


def markup(document: Document) -> str:
    """The document as a page: its title, its headings, paragraphs and lists."""
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    parts = [f"<h1>{html.escape(document.title)}</h1>"]
    listed = False
    for number, line in enumerate(lines):
        item = _ITEM.fullmatch(line)
        if bool(item) != listed:
            listed = not listed
            parts.append("<ul>" if listed else "</ul>")
        if item:
            parts.append(f"<li>{html.escape(item[1])}</li>")
        elif line != document.title or number > 2:
            heading = len(line) < _SHORT and line[-1].isalnum() and number > 3
            tag = "h2" if heading else "p"
            parts.append(f"<{tag}>{html.escape(line)}</{tag}>")
    parts += ["</ul>"] if listed else []
    title = html.escape(document.title)
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>"


def convert(document: Document, folder: Path) -> list[Path]:
    """The document in each format, in files of this folder."""
    stem = Path(document.path or "document").stem
    source = folder / f"{stem}.source"
    source.write_text(markup(document))
    made = [folder / f"{stem}.{suffix}" for suffix in ("md", "html", "docx")]
    for path in made:
        _run("pandoc", "--from=html", "--standalone", str(source), f"--output={path}")
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(made[-1]))
    return [*made, folder / f"{stem}.pdf"]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def triggers(analysis: Analysis) -> Counter[str]:
    """The words of the triggers, in lower case."""
    text = analysis.document.text
    found = (each for each in analysis.agreements if each.kind is Kind.AGREEMENT)
    return Counter(" ".join(text[each.trigger.start : each.trigger.end].split()).lower() for each in found)


def _plain(title: str) -> str:
    """The title with straight quotation marks, as some converters write them."""
    return title.translate(_QUOTES)


def compare(paths: Sequence[Path], folder: Path) -> list[Outcome]:
    """The comparison of each document in each format with its text."""
    extractor = Extractor()
    outcomes = []
    for path in paths:
        original = documents.read(path)
        expected = triggers(extractor.analyse(original))
        for made in convert(original, folder):
            document = documents.read(made)
            found = triggers(extractor.analyse(document))
            common = (expected & found).total()
            f1 = 2 * common / (expected.total() + found.total() or 1)
            same = _plain(document.title) == _plain(original.title), document.date == original.date
            outcomes.append(Outcome(path.stem, made.suffix[1:], f1, *same))
            if not all(same):
                print(f"  {made.name}: {document.title!r} {document.date}, not {original.title!r} {original.date}")
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if missing := missing_tools():
        sys.exit(f"not installed: {', '.join(missing)}")
    if not (paths := options.paths or usual()):
        sys.exit("name a PATH, or set ALLIANCE_SHARED to the folder of the shared corpus")
    with tempfile.TemporaryDirectory() as folder:
        outcomes = compare(paths, options.keep or Path(folder))
    for each in outcomes:
        flaws = [name for name, held in (("title", each.title), ("date", each.date)) if not held]
        metadata = f"another {' and '.join(flaws)}" if flaws else "the same title and date"
        print(f"{each.name:45} {each.form:5} F1 {each.f1:.3f}  {metadata}")
    return int(not all(each.holds for each in outcomes))


if __name__ == "__main__":
    sys.exit(main())
