"""`alliance-tui help`: keys, query language and symbols, on a page each; and the man page."""

from __future__ import annotations

import os
from collections.abc import Iterator

from alliance_tui.cli import console
from alliance_tui.cli.commands.assistance.man_page import man_page
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.options.parsers import format_help
from alliance_tui.explorer.commands.key_rebinding import rebind
from alliance_tui.explorer.commands.registry import COMMANDS
from alliance_tui.explorer.persistence import settings
from alliance_tui.explorer.presenters.help_pages import (
    QUERY_PAGE,
    REGISTER_PAGE,
    HelpPage,
    keys_page,
    symbols_page,
)
from alliance_tui.explorer.rendering.glyphs import glyphs_for
from alliance_tui.terminal.capabilities import detect_capabilities


def run(arguments: Arguments) -> int:
    """Print the page on the topic, or the help on all commands; return the exit status."""
    match arguments.topic:
        case "keys":
            lines = _lines(keys_page(rebind(COMMANDS, settings.load(settings.settings_path())[0].keys)[0]))
        case "query":
            lines = _lines(QUERY_PAGE)
        case "register":
            lines = _lines(REGISTER_PAGE)
        case "symbols":
            lines = _lines(symbols_page(glyphs_for(detect_capabilities(os.environ))))
        case "man":
            lines = iter(man_page().splitlines())
        case _:
            lines = iter(format_help().splitlines())
    console.write_output((f"{line}\n" for line in lines), None)
    return 0


def _lines(page: HelpPage) -> Iterator[str]:
    """Yield the page as lines: headings, and below them the entries in columns."""
    entries = [entry for section in page.sections for entry in section.entries]
    subject_width = max(len(entry.subject) for entry in entries) + 2
    meaning_width = max(len(entry.meaning) for entry in entries) + 2
    yield f"{page.title}{f' ({page.remark_heading} at the right)' if page.remark_heading else ''}"
    for section in page.sections:
        yield ""
        yield section.heading
        for entry in section.entries:
            yield f"  {entry.subject:<{subject_width}}{entry.meaning:<{meaning_width}}{entry.remark}".rstrip()
