"""`alliance-tui library`: what is kept, and putting documents in and taking them out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator

from alliance_tui.cli import console
from alliance_tui.cli.damage_report import print_damage, readable_analyses
from alliance_tui.cli.library_add import add
from alliance_tui.cli.options import Arguments
from alliance_tui.documents.files import display_path
from alliance_tui.errors import UsageError
from alliance_tui.export.formats import OutputFormat, render
from alliance_tui.library.integrity import find_changed, find_problems, repair
from alliance_tui.library.source_file import canonical_path
from alliance_tui.library.store import Library, LibraryDocument, open_library


def run(arguments: Arguments) -> int:
    """Do what is asked of the library; the exit status."""
    with open_library(arguments.library) as library:
        status = _ACTIONS[arguments.action](library, arguments)
        if arguments.action != "check":  # which says more of it
            print_damage(library)
        return status


def document_value(kept: LibraryDocument) -> dict[str, object]:
    """A document of the library as JSON has it."""
    return {
        "id": kept.id,
        "path": kept.path,
        "title": kept.title,
        "date": kept.date,
        "kind": kept.kind,
        "source": kept.source,
        "language": kept.language,
        "words": kept.words,
        "entities": kept.entities,
        "agreements": kept.agreements,
        "sha256": kept.sha256,
        "added": kept.added,
        "same_as": kept.same_as,
        "like": kept.similar_to,
    }


def _list(library: Library, arguments: Arguments) -> int:
    found = sorted(library.documents(), key=_order(arguments.sort))
    form = _lines if arguments.format == "jsonl" else _table
    console.write_output(form(found), None)
    if loose := library.count_unreferenced_analyses():
        console.print_message(
            f"analyses of {_texts(loose)}, opened or extracted, are kept too: library clear drops them"
        )
    return 0


def _texts(count: int) -> str:
    return f"{count:,} other text{'' if count == 1 else 's'}"


def _order(column: str) -> Callable[[LibraryDocument], tuple[object, ...]]:
    """Small first, but dates and counts the other way round: the latest and the largest are looked for."""

    def order(kept: LibraryDocument) -> tuple[object, ...]:
        value = getattr(kept, column)
        if isinstance(value, int):
            return (-value, kept.path)
        if column in ("date", "added"):
            return (value is None, tuple(-ord(c) for c in value or ""), kept.path)
        return (value.casefold(), kept.path)

    return order


def _lines(found: list[LibraryDocument]) -> Iterator[str]:
    return (json.dumps(document_value(kept)) + "\n" for kept in found)


def _table(found: list[LibraryDocument]) -> Iterator[str]:
    yield f"{'id':16}  {'date':10}  {'words':>7}  {'agreements':>10}  title and path\n"
    for kept in found:
        note = (
            f" (same as {kept.same_as})"
            if kept.same_as
            else f" (much like {kept.similar_to})"
            if kept.similar_to
            else ""
        )
        yield (
            f"{kept.id}  {kept.date or '':10}  {kept.words:>7,}  {kept.agreements:>10,}  "
            f"{kept.title} \u2014 {kept.path}{note}\n"
        )
    plural = "" if len(found) == 1 else "s"
    yield f"{len(found):,} document{plural}, {sum(kept.words for kept in found):,} words\n"


def _remove(library: Library, arguments: Arguments) -> int:
    status = 0
    found: set[int] = set()
    for target in arguments.paths:
        there = library.find_numbers(canonical_path(target), target)
        if not there:
            console.print_message(f"{target} is not in the library: alliance-tui library list tells what is")
            status = 1
        found.update(there)
    library.remove(found)
    console.write_output([f"{len(found):,} removed\n"], None)
    return status


def _clear(library: Library, arguments: Arguments) -> int:
    count, loose = len(library), library.count_unreferenced_analyses()
    if not arguments.yes and not _agreed(count):
        raise UsageError("nothing is removed: say yes, or give --yes")
    library.clear()
    more = f", and the analyses of {_texts(loose)}" if loose else ""
    console.write_output([f"{count:,} removed{more}\n"], None)
    return 0


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"Take all {count:,} documents out of the library? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _check(library: Library, arguments: Arguments) -> int:
    found = list(find_problems(library))
    console.write_output((f"{line}\n" for line in found), None)
    for kept, there in find_changed(library):
        what = "has changed since: add it again" if there else "is gone from there; its text is kept"
        console.write_output([f"{kept.path} {what}\n"], None)
    if not found:
        console.write_output([f"{len(library):,} documents, all sound\n"], None)
    elif arguments.repair:
        _repair(library)
    return int(bool(found) and not arguments.repair)


def _repair(library: Library) -> None:
    aside, taken_out = repair(library)
    console.write_output((f"{damage.path} is taken out: add it again\n" for damage in taken_out), None)
    console.write_output(
        [f"{len(library):,} documents, all sound; the file as it was is kept as {display_path(aside.name)}\n"], None
    )


def _export(library: Library, arguments: Arguments) -> int:
    console.write_output(
        render(readable_analyses(library, library.documents()), OutputFormat(arguments.format), as_list=True),
        arguments.output,
    )
    return 0


_ACTIONS: dict[str, Callable[[Library, Arguments], int]] = {
    "add": add,
    "list": _list,
    "remove": _remove,
    "clear": _clear,
    "check": _check,
    "export": _export,
}
