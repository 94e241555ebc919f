"""Fuzz the readers with mutated files: each is read or refused in a sentence, and leaves nothing behind.

    python -m tests.tools.fuzz_readers [COUNT [SEED]] [--only SUFFIX] [--more FOLDER]      by default 100 of each format

Mutants are made of the fixtures and of the files in the FOLDER of that suffix: bytes changed, runs of them cut out,
doubled or taken from elsewhere in the file, its end cut off. Half of those of a Word file are made inside its archive,
so that they reach the reader behind it, and as many of a PDF inside its streams. It prints how many were read and
refused and how long the slowest took; the exit status is 1 if there was any other outcome.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_tui.documents import read
from alliance_tui.documents.limits import Limits
from alliance_tui.documents.sanitise import sanitise
from alliance_tui.errors import DocumentError

FIXTURES = Path(__file__).parents[1] / "fixtures" / "documents"
SUFFIXES = ("pdf", "docx", "html", "eml", "md")
LIMITS = Limits(seconds=20)
_SLACK = 5.0
"""Seconds over the limit that killing a process and starting the next may take on a busy machine."""
WRONG = ("tracebacks", "hangs", "unclear", "files left over")
"""The outcomes that are faults; "unclear" is text that is not safe to show, or a refusal that names no file."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some faults in them."""
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10))):
        chance.choice(_FAULTS)(mutant, chance)
        if not mutant:
            break
    return bytes(mutant)


def _change(mutant: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 10, 100))):
        mutant[chance.randrange(len(mutant))] = chance.randrange(256)


def _cut_out(mutant: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(mutant))
    del mutant[start : start + chance.randrange(1, 2000)]


def _double(mutant: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(mutant))
    run = mutant[start : start + chance.randrange(1, 2000)]
    mutant[start:start] = run * chance.choice((1, 1, 2, 50))


def _take_from_elsewhere(mutant: bytearray, chance: random.Random) -> None:
    start, other = chance.randrange(len(mutant)), chance.randrange(len(mutant))
    length = chance.randrange(1, 500)
    mutant[start : start + length] = mutant[other : other + length]


def _change_figure(mutant: bytearray, chance: random.Random) -> None:
    """Put an extreme number in place of one that is written out: lengths, offsets and counts are."""
    figures = list(re.finditer(rb"\d+", mutant))
    if figures:
        start, end = chance.choice(figures).span()
        mutant[start:end] = chance.choice((b"0", b"-1", b"1", b"65536", b"4294967296", b"99999999999999999999"))


def _cut_off(mutant: bytearray, chance: random.Random) -> None:
    del mutant[chance.randrange(len(mutant)) :]


_FAULTS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(_change, _change, _cut_out, _double, _take_from_elsewhere, _change_figure, _cut_off),
)


def mutate_inside(data: bytes, suffix: str, chance: random.Random) -> bytes:
    """Return the file with faults in its compressed content alone; with faults anywhere if that fails."""
    try:
        return {"docx": _in_archive, "pdf": _in_stream}[suffix](data, chance)
    except (KeyError, zipfile.BadZipFile, zlib.error, IndexError):
        return mutate(data, chance)


def _in_archive(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        names = source.namelist()
        hit = {chance.choice(names), "word/document.xml" if chance.random() < 0.7 else ""}
        for name in names:
            member = source.read(name)
            out.writestr(name, mutate(member, chance) if name in hit and member else member)
    return made.getvalue()


def _in_stream(data: bytes, chance: random.Random) -> bytes:
    stream = chance.choice(list(_STREAM.finditer(data)))
    inside = mutate(zlib.decompress(stream[1]), chance)
    return data[: stream.start(1)] + zlib.compress(inside) + data[stream.end(1) :]


def mutants(sources: list[bytes], suffix: str, count: int, chance: random.Random) -> Iterator[bytes]:
    """Yield `count` mutants of these files."""
    for _ in range(count):
        source = chance.choice(sources)
        yield mutate_inside(source, suffix, chance) if chance.random() < 0.5 else mutate(source, chance)


def run(suffix: str, count: int, seed: int = 0, more: Path | None = None) -> Counter[str]:
    """Return the number of mutants with each outcome, and the milliseconds of the slowest."""
    sources = [path.read_bytes() for path in _sources(suffix, more)]
    chance = random.Random(f"{suffix} {seed}")
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, _temporary_files_in(Path(folder, "temporary")) as others:
        path = Path(folder, f"mutant.{suffix}")
        for number, mutant in enumerate(mutants(sources, suffix, count, chance)):
            path.write_bytes(mutant)
            before = time.monotonic()
            fault = _read(path, counts)
            seconds = time.monotonic() - before
            counts["slowest, ms"] = max(counts["slowest, ms"], int(1000 * seconds))
            if seconds > LIMITS.seconds + _SLACK:
                counts["hangs"] += 1
                fault = f"took {seconds:.0f} s"
            if fault:
                print(f"{_keep(mutant, suffix, seed, number)}: {fault}", file=sys.stderr)
        counts["files left over"] = sum(1 for _ in others.iterdir())
    return counts


def _sources(suffix: str, more: Path | None) -> Iterator[Path]:
    yield from FIXTURES.glob(f"*.{suffix}")
    if more:
        yield from sorted(more.rglob(f"*.{suffix}"))


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[Path]:
    """Have this process and those it starts put their temporary files in the folder."""
    folder.mkdir()
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _read(path: Path, counts: Counter[str]) -> str | None:
    """Read the file and count the outcome; return what is wrong with it, if anything."""
    try:
        text = read(path, limits=LIMITS).text
    except DocumentError as error:
        counts["refused"] += 1
        sentence = str(error)
        if sentence.isprintable() and sentence.startswith(str(path)):
            return None
        counts["unclear"] += 1
        return f"refused by {sentence!r}"
    except Exception as error:
        counts["tracebacks"] += 1
        return f"raised {error!r}"
    counts["read"] += 1
    if sanitise(text) == text:
        return None
    counts["unclear"] += 1
    return "holds what a terminal might obey"


def _keep(mutant: bytes, suffix: str, seed: int, number: int) -> Path:
    path = Path(tempfile.gettempdir(), f"mutant-{seed}-{number}.{suffix}")
    path.write_bytes(mutant)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100)
    parser.add_argument("seed", nargs="?", type=int, default=0)
    parser.add_argument("--only", choices=SUFFIXES, action="append")
    parser.add_argument("--more", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    before = _processes()
    wrong = 0
    for suffix in options.only or SUFFIXES:
        counts = run(suffix, options.count, options.seed, options.more)
        print(f"{suffix:5}", ", ".join(f"{count} {what}" for what, count in sorted(counts.items())), flush=True)
        wrong += sum(counts[each] for each in WRONG)
    left = _processes() - before
    print(f"{max(0, len(left) - 1)} processes left beside the one reader that is kept")
    return int(wrong > 0 or len(left) > 1)


def _processes() -> set[str]:
    """Return the running child processes."""
    tasks = Path("/proc/self/task")
    return {child for task in tasks.glob("*/children") for child in task.read_text().split()}


if __name__ == "__main__":
    sys.exit(main())
