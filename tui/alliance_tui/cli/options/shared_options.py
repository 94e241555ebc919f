"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from alliance_tui.cli.options.value_types import (
    csv_column_names,
    csv_columns,
    document_date,
    positive_integer,
    positive_number,
)
from alliance_tui.documents.limits import DEFAULT_LIMITS

JUDGEMENTS = ("accepted", "rejected", "doubted", "new", "corrected")
"""Judgements by which records may be selected; new: without one."""
SELECTIONS = (*JUDGEMENTS, "judged", "marked", "agreement", "declaratory", "possible")
"""The records that an export may be restricted to."""

ORDERS = ("strength", "agreement", "parties", "amount", "due", "field", "section", "confidence")
"""By what the records of a document may be ordered: the columns of the explorer's table."""

LIMIT_OPTIONS = (
    ("--max-size", "MB", "megabytes", "refuse larger files"),
    ("--max-pages", "N", "pages", "refuse longer PDF files"),
    ("--max-memory", "MB", "memory", "give up on a file that takes more memory to read or to analyse"),
)

_DEBUG_HELP = "show the traceback of an error"


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Help whose description is wrapped and whose examples are printed as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return super()._fill_text(text, width, indent)
        return argparse.HelpFormatter._fill_text(self, text, width, indent)


def new_parser(prog: str, command: str, description: str, epilog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description=description,
        epilog=epilog,
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=command)
    parser.add_argument("--debug", action="store_true", help=_DEBUG_HELP)
    return parser


def add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    """Add an action to a command; its help and its description are `words`."""
    description = f"{words[0].upper()}{words[1:]}."
    parser = actions.add_parser(
        name, help=words, description=description, formatter_class=_HelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=_DEBUG_HELP)
    return parser


def action_names(parser: argparse.ArgumentParser) -> list[str]:
    """Return the names of a command's actions; none for a command without."""
    return list(_action_parsers(parser))


def option_names(parser: argparse.ArgumentParser, words: Sequence[str]) -> list[str]:
    """Return the options of a command and of those of its actions that are among the words."""
    actions = [each for name, each in _action_parsers(parser).items() if name in words]
    return [option for each in (parser, *actions) for option in each._option_string_actions]


def _action_parsers(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """Return the parsers of a command's actions by their names."""
    return next((each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction)), {})


def export_formats() -> list[str]:
    from alliance_tui.export.formats import OutputFormat  # not at the top: the explorer does not need it

    return [form.value for form in OutputFormat]


def add_output_options(parser: argparse.ArgumentParser, formats: list[str], default: str) -> None:
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        choices=formats,
        default=default,
        help=f"the form of the output: {', '.join(formats)} (default: {default})",
    )
    parser.add_argument("--output", metavar="FILE", help="write there instead of standard output")


def add_selection_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--query", metavar="TEXT", default="", help="only records that match this, as in the explorer")
    parser.add_argument(
        "--only",
        metavar="RECORDS",
        choices=SELECTIONS,
        help=f"only these records: {', '.join(SELECTIONS)} (marked: with a tag or a note); without it, all that you "
        "did not reject (spacy: all that you judged or corrected)",
    )
    parser.add_argument(
        "--columns",
        metavar="NAME,...",
        type=csv_columns,
        default=(),
        help=f"of csv, table and markdown, these columns in this order: {', '.join(csv_column_names())}",
    )
    parser.add_argument(
        "--order",
        metavar="COLUMN",
        choices=ORDERS,
        help="order the records of each document, and the rows of CSV of a library, by this column of the table: "
        f"{', '.join(ORDERS)}",
    )
    parser.add_argument("--reverse", dest="turned_round", action="store_true", help="with --order: the other way round")


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading")
    group.add_argument(
        "--date",
        metavar="YYYY-MM-DD",
        type=document_date,
        help='the date of the documents, against which "next year" is resolved',
    )
    for option, unit, name, words in LIMIT_OPTIONS:
        default = getattr(DEFAULT_LIMITS, name)
        kind = positive_integer if isinstance(default, int) else positive_number
        help_text = f"{words} (default: {default:,g})"
        group.add_argument(option, dest=name, metavar=unit, type=kind, default=default, help=help_text)
    group.add_argument(
        "--max-seconds",
        metavar="S",
        type=positive_number,
        help="give up on a file that takes longer to read, or 100,000 characters of which take longer to analyse "
        f"(default: {DEFAULT_LIMITS.seconds:g} and {DEFAULT_LIMITS.processor_seconds:g})",
    )


def add_analysis_options(parser: argparse.ArgumentParser) -> argparse._ActionsContainer:
    """Add the group of options for the analysis and return it."""
    group = parser.add_argument_group("analysis")
    add_model_option(group)
    group.add_argument("--no-cache", dest="cache", action="store_false", help="analyse anew and keep nothing on disk")
    add_library_option(group)
    return group


def add_quick_option(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--quick",
        action="store_true",
        help="do without the encoder: faster, for large archives, with more wrong and missed agreements",
    )


def add_cluster_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("more than one machine")
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="analyse on the workers of the Dask scheduler at HOST:PORT, or local:N, on N workers of this machine; "
        "limits of time and memory do not bound the analysis there: give workers Dask's --memory-limit",
    )
    where.add_argument(
        "--executor",
        metavar="MODULE:FACTORY",
        help="analyse on the executor of concurrent.futures that this function returns",
    )
    group.add_argument(
        "--shared-path", action="store_true", help="let workers read the files themselves, at the paths of this machine"
    )


def add_model_option(group: argparse._ActionsContainer) -> None:
    group.add_argument("--model", metavar="NAME", help="use this installed spaCy pipeline")


def add_library_option(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--library", metavar="FILE", help="the library, which also keeps analyses (default: in the data directory)"
    )
