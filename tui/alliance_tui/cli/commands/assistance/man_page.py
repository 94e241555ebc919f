"""The man page, made of the parsers of all commands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from alliance_tui import __version__
from alliance_tui.cli.options.parsers import COMMANDS, complete_parser

_NARGS = {"*": "[{}...]", "+": "{}...", "?": "[{}]"}


def man_page() -> str:
    """Return the page as roff source."""
    parser = complete_parser(None)
    description = parser.description or ""
    lines = [
        f'.TH ALLIANCE-TUI 1 "" "alliance-tui {__version__}" "User Commands"',
        ".SH NAME",
        _text(f"alliance-tui - {description[0].lower()}{description[1:].rstrip('.')}"),
        ".SH SYNOPSIS",
        *_synopsis(parser),
        ".br",
        r".B alliance-tui \fICOMMAND\fR ... [\fIoptions\fR]",
        ".SH DESCRIPTION",
        *_verbatim(parser.epilog or ""),
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
    ]
    for command in COMMANDS:
        lines += _command(complete_parser(command))
    return "\n".join(lines) + "\n"


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines on a command, then on each of its actions."""
    yield f".SS {_text(parser.prog)}"
    yield from _synopsis(parser)
    yield ".PP"
    yield _text(parser.description or "")
    yield from _options(parser)
    if parser.epilog:
        yield ".PP"
        yield from _verbatim(parser.epilog)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for subparser in action.choices.values():
                yield from _command(subparser)


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    arguments = [_argument(action) for action in parser._actions if not action.option_strings]
    yield f".B {_text(parser.prog)}"
    yield _text(" ".join([*arguments, "[options]"]))


def _argument(action: argparse.Action) -> str:
    return _NARGS.get(str(action.nargs), "{}").format(action.metavar or action.dest)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield a tagged paragraph for each argument and option that has a help text."""
    formatter = parser._get_formatter()
    for action in parser._actions:
        if action.help and not isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            yield ".TP"
            yield rf"\fB{_text(_invocation(action))}\fR"
            yield _text(formatter._expand_help(action))


def _invocation(action: argparse.Action) -> str:
    """Return how an argument or option is written."""
    choices = f"{{{','.join(map(str, action.choices))}}}" if action.choices else ""
    value = "" if action.nargs == 0 else str(action.metavar or choices)
    return " ".join(filter(None, (", ".join(action.option_strings), value)))


def _verbatim(text: str) -> Iterator[str]:
    yield ".nf"
    yield from (_text(line) for line in text.strip("\n").split("\n"))
    yield ".fi"


def _text(text: str) -> str:
    """Return a line of text as roff prints it: no character is taken as a request."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
