"""`alliance-tui completion`: shell completion of commands, options, fields of queries and files.

The script that a shell loads runs the program at each Tab, with the line in the environment; argcomplete reads it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator

from argcomplete import autocomplete
from argcomplete.completers import SuppressCompleter
from argcomplete.lexers import split_line
from argcomplete.shell_integration import shellcode

from alliance_tui.cli import console
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.options.parsers import COMMANDS, complete_parser

_PROGRAM = "alliance-tui"
_FILE_METAVARS = ("FILE", "PATH", "PATH|ID")


def run(arguments: Arguments) -> int:
    """Print the script that sets completion up; return the exit status."""
    script = shellcode([_PROGRAM], use_defaults=False, shell=arguments.shell)
    console.write_output([script.strip() + "\n"], None)
    return 0


def complete() -> None:
    """Print the completions of the line in the environment, for the shell's script, and end the process."""
    words = split_line(os.environ["COMP_LINE"], int(os.environ["COMP_POINT"]))[3]
    command = words[1] if len(words) > 1 and words[1] in COMMANDS else None
    if command:
        os.environ["_ARGCOMPLETE"] = "2"  # the number of the word behind which the parser starts
    parser = complete_parser(command)
    _set_completers(parser)
    autocomplete(parser, always_complete_options=False, default_completer=SuppressCompleter())


def _set_completers(parser: argparse.ArgumentParser) -> None:
    """Set how the values of files and queries are completed, in the actions of a parser and its subparsers."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for subparser in action.choices.values():
                _set_completers(subparser)
        elif action.dest == "query":
            action.completer = _complete_query  # type: ignore[attr-defined]
        elif action.metavar in _FILE_METAVARS:
            opens_explorer = parser.prog == _PROGRAM and not action.option_strings
            action.completer = _complete_command_or_path if opens_explorer else _complete_path  # type: ignore[attr-defined]


def _complete_command_or_path(prefix: str, parsed_args: argparse.Namespace, **_: object) -> dict[str, str]:
    """Return the commands with their descriptions, as long as there is no path yet, and the paths."""
    names = () if getattr(parsed_args, "paths", None) else (name for name in COMMANDS if name.startswith(prefix))
    return {name: COMMANDS[name]().description or "" for name in names} | dict.fromkeys(_complete_path(prefix), "")


def _complete_path(prefix: str, **_: object) -> Iterator[str]:
    """Yield the files and folders (with a slash) that a path may become; hidden ones only if their dot is typed."""
    folder, name = os.path.split(prefix)
    try:
        entries = sorted(os.scandir(os.path.expanduser(folder) or "."), key=lambda entry: entry.name)  # noqa: PTH111
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(name) and (name or not entry.name.startswith(".")):
            yield os.path.join(folder, entry.name) + ("/" if entry.is_dir() else "")  # noqa: PTH118


def _complete_query(prefix: str, **_: object) -> Iterator[str]:
    """Yield the fields of filters, and the values of those that have a closed list of them."""
    from alliance_tui.library.search.completion import FIELDS
    from alliance_tui.search.completion import completions
    from alliance_tui.search.plan.conditions import CLOSED_VALUES

    if not prefix:
        yield from (f"{field}:" for field in FIELDS)
    values = {str(field): dict.fromkeys(values, 0) for field, values in CLOSED_VALUES.items()}
    for completion in completions(prefix, len(prefix), FIELDS, lambda field: values.get(field, {})):
        yield prefix[: completion.start] + completion.text.rstrip()
