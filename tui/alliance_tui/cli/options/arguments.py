"""The command line as parsed arguments."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from alliance_tui.cli.options.parsers import COMMANDS, complete_parser, explore_parser
from alliance_tui.cli.options.shared_options import LIMIT_OPTIONS, action_names, option_names
from alliance_tui.documents.files import SUFFIXES
from alliance_tui.documents.limits import Limits

_LEAST_LIKENESS = 0.7
"""The least likeness (difflib's ratio) of a mistyped command or option to the one that is meant."""


class Arguments(argparse.Namespace):
    """The parsed command line; each command reads only the attributes that its parser sets."""

    command: str
    action: str
    topic: str | None
    shell: str
    debug: bool
    paths: list[str]
    sort: str
    yes: bool
    repair: bool
    date: str | None
    limits: Limits
    max_seconds: float | None
    cluster: str | None = None
    executor: str | None = None
    quick: bool = False
    shared_path: bool = False
    model: str | None
    cache: bool
    library: str | None
    query: str
    plain: bool
    possible: bool
    format: str
    output: str | None
    port: int
    allow: list[str]
    explorer_arguments: list[str]
    records: list[str]
    fields: list[str]
    words: str
    entity: str | None
    passage: str | None
    target: str
    name: str
    files: list[str]
    context: int
    count: bool
    files_only: bool
    agreements: bool
    author: str | None
    only: str | None
    columns: tuple[str, ...] = ()
    order: str | None = None
    turned_round: bool = False
    occasion: str | None
    record_files: list[str]
    today: str | None
    subjects: list[str]
    by: str
    grouping: str


def parse(argv: Sequence[str]) -> Arguments:
    """Parse the arguments. Raises SystemExit after printing help, the version or a usage error."""
    command = argv[0] if argv and argv[0] in COMMANDS else None
    parser = COMMANDS[command]() if command else explore_parser()
    _check_spelling(parser, command, argv)
    parse_arguments = _parse_serve if command == "serve" else argparse.ArgumentParser.parse_args
    arguments = parse_arguments(parser, argv[1:] if command else argv, Arguments())
    if "subjects" in arguments:
        arguments.paths, query = split_paths_and_query(arguments.subjects)
        arguments.query = f"{arguments.query} {query}".strip()
    output = arguments.output if "output" in arguments else None
    if output and any(_is_same_file(output, path) for path in arguments.paths):
        parser.error(f"{output} is one of the documents to read: name another file with --output")
    if "megabytes" in arguments:
        arguments.limits = _given_limits(arguments)
    return arguments


def _check_spelling(parser: argparse.ArgumentParser, command: str | None, argv: Sequence[str]) -> None:
    """End with a usage error where the command, its action or an option is a slip of another."""
    if not command and argv and (near := _mistyped_command(argv[0])):
        parser.error(f"{argv[0]} is neither a file nor a command: did you mean alliance-tui {near}?")
    actions = action_names(parser)
    if actions and len(argv) > 1 and argv[1] not in actions and (near := _closest(argv[1], actions)):
        parser.error(f"{argv[1]} is no action of {command}: did you mean alliance-tui {command} {near}?")
    options = option_names(complete_parser(command) if command == "serve" else parser, argv)
    for word in itertools.takewhile(lambda word: word != "--", argv):
        typed = word.partition("=")[0]
        if typed.startswith("--") and typed not in options and (near := _closest(typed, options)):
            parser.error(f"there is no option {typed}: did you mean {near}?")


def _given_limits(arguments: Arguments) -> Limits:
    """Return the limits that the options give; --max-seconds is of the clock and of the processor."""
    given = {name: getattr(arguments, name) for _, _, name, _ in LIMIT_OPTIONS}
    if (seconds := arguments.max_seconds) is not None:
        given |= {"seconds": seconds, "processor_seconds": seconds}
    return Limits(**given)


def _mistyped_command(word: str) -> str | None:
    """Return the command that a word is a slip of; None for a word that names a file or is like no command."""
    return _closest(word, COMMANDS) if word.isalpha() and not _exists(word) else None


def _closest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that a word is a slip of."""
    from difflib import get_close_matches  # not at the top: a rare need

    return next(iter(get_close_matches(word.lower(), names, n=1, cutoff=_LEAST_LIKENESS)), None)


def split_paths_and_query(words: Iterable[str]) -> tuple[list[str], str]:
    """Return the words that name files, folders or standard input, and the others as a query."""
    paths: list[str] = []
    terms: list[str] = []
    for word in words:
        (paths if _is_path(word) else terms).append(word)
    return paths, " ".join(terms)


def _is_path(word: str) -> bool:
    """Return True for a path, of a file that exists or not; "research/development" may be words of a query."""
    looks_like_path = word.startswith(_BEGINNINGS_OF_PATHS) or Path(word).suffix.lower() in SUFFIXES
    return word == "-" or looks_like_path or _exists(word)


_BEGINNINGS_OF_PATHS = ("/", "./", "../", "~")


def _parse_serve(parser: argparse.ArgumentParser, argv: Sequence[str], arguments: Arguments) -> Arguments:
    """Parse the options of `serve`; all others are checked as the explorer's, which is started with them."""
    _, arguments.explorer_arguments = parser.parse_known_args(argv, arguments)
    explore_parser().parse_args(arguments.explorer_arguments, arguments)
    if arguments.plain or "-" in arguments.paths:
        parser.error("each page has an explorer of its own: neither --plain nor standard input can be served")
    arguments.command = "serve"
    return arguments


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return True


def _is_same_file(path: str, other: str) -> bool:
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        return False
