"""The parsers of the commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from alliance_tui.cli import console
from alliance_tui.cli.options.examples import (
    COMPARE_EXAMPLES,
    COMPLETION_EXAMPLES,
    EXAMPLES,
    EXTRACT_EXAMPLES,
    LEXICON_EXAMPLES,
    LIBRARY_EXAMPLES,
    MATRIX_EXAMPLES,
    REGISTER_EXAMPLES,
    SEARCH_EXAMPLES,
    SERVE_EXAMPLES,
    TIMELINE_EXAMPLES,
)
from alliance_tui.cli.options.review_parser import review_parser
from alliance_tui.cli.options.shared_options import (
    add_action,
    add_analysis_options,
    add_cluster_options,
    add_library_option,
    add_model_option,
    add_output_options,
    add_quick_option,
    add_reading_options,
    add_selection_options,
    export_formats,
    new_parser,
)
from alliance_tui.cli.options.value_types import document_date, port, positive_integer

HELP_TOPICS = ("keys", "query", "register", "symbols", "man")
SHELLS = ("bash", "zsh", "fish")
SORTS = ("path", "title", "date", "words", "agreements", "added")
"""The columns by which a list of the library may be sorted."""


class _PrintVersions(argparse.Action):
    """Print the versions of the program and its parts, and exit."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from alliance_tui.cli.versions import version_lines  # not at the top: no other command needs them

        console.write_output((f"{line}\n" for line in version_lines()), None)
        parser.exit()


def explore_parser() -> argparse.ArgumentParser:
    parser = new_parser(
        "alliance-tui", "explore", "Explore the agreements in diplomatic and defence documents.", EXAMPLES
    )
    parser.usage = "alliance-tui [PATH...] [options]\n       alliance-tui COMMAND ... [options]"
    _add_explore_arguments(parser)
    parser.add_argument("--plain", action="store_true", help="print text and records as plain lines, and leave")
    parser.add_argument("--version", action=_PrintVersions, help="print the versions of the program and its parts")
    return parser


def _add_explore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="*", help="a file, a folder, or - for standard input")
    parser.add_argument("--query", metavar="TEXT", default="", help="open with this search filled in")
    add_reading_options(parser)
    add_analysis_options(parser)


def _extract_parser() -> argparse.ArgumentParser:
    title = "Print the agreements and entities of documents."
    parser = new_parser("alliance-tui extract", "extract", title, EXTRACT_EXAMPLES)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder, or - for standard input")
    add_output_options(parser, export_formats(), "table")
    parser.add_argument(
        "--possible", action="store_true", help="JSON also has less sure agreements and forecasts, marked possible"
    )
    add_selection_options(parser)
    add_reading_options(parser)
    add_quick_option(add_analysis_options(parser))
    add_cluster_options(parser)
    return parser


def _search_parser() -> argparse.ArgumentParser:
    title = "Print what a query matches in the text, the entities and the agreements of documents."
    parser = new_parser("alliance-tui search", "search", title, SEARCH_EXAMPLES)
    parser.add_argument("query", metavar="QUERY", help="as in the explorer's search")
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        default=[],  # else the message on a missing query asks for a path too
        help="a file, a folder, or - for standard input; without any, the library",
    )
    add_output_options(parser, ["lines", "json", "table", "csv", "jsonl"], "lines")
    parser.add_argument(
        "--context",
        metavar="N",
        type=positive_integer,
        default=0,
        help="print this many sentences before and after each as well",
    )
    lists = parser.add_mutually_exclusive_group()
    lists.add_argument("--count", action="store_true", help="print how many sentences match in each document")
    lists.add_argument("--files", dest="files_only", action="store_true", help="print only which documents match")
    lists.add_argument(
        "--agreements",
        action="store_true",
        help="print the agreements that match, without words in QUERY all; also as table, csv or jsonl",
    )
    add_reading_options(parser)
    add_analysis_options(parser)
    return parser


def _compare_parser() -> argparse.ArgumentParser:
    title = "Compare documents: what several of them undertake and where they differ, and what only one does."
    parser = new_parser("alliance-tui compare", "compare", title, COMPARE_EXAMPLES)
    parser.add_argument("paths", metavar="PATH", nargs="*", help="two documents or more, each a file or - once")
    parser.add_argument(
        "--occasion",
        metavar="PATH|ID",
        help="compare this document of the library and those of the same visit or meeting (see library occasions)",
    )
    parser.add_argument(
        "--records",
        dest="record_files",
        metavar="FILE",
        nargs="+",
        default=[],
        help="compare these records, JSON Lines with a file for each document, instead of extracting them",
    )
    add_output_options(parser, ["table", "json", "markdown", "html"], "table")
    add_selection_options(parser)
    add_reading_options(parser)
    add_analysis_options(parser)
    return parser


def _register_parser() -> argparse.ArgumentParser:
    title = "Print the undertakings of the library, one per line: when each was stated, how firmly, and its status."
    parser = new_parser("alliance-tui register", "register", title, REGISTER_EXAMPLES)
    add_output_options(parser, ["table", "csv", "jsonl", "markdown", "html", "ics"], "table")
    _add_undertakings_arguments(parser)
    return parser


def _timeline_parser() -> argparse.ArgumentParser:
    title = "Print what was promised when and what falls due when, in documents or in the library."
    parser = new_parser("alliance-tui timeline", "timeline", title, TIMELINE_EXAMPLES)
    parser.add_argument("--by", choices=["month", "quarter", "year"], default="year", help="periods (default: year)")
    parser.add_argument(
        "--group",
        dest="grouping",
        choices=["none", "party", "field"],
        default="none",
        help="a timeline for each party, or for each policy field",
    )
    add_output_options(parser, ["table", "json", "csv", "markdown", "svg", "ics"], "table")
    _add_undertakings_arguments(parser)
    return parser


def _matrix_parser() -> argparse.ArgumentParser:
    title = "Print who undertakes how much with whom, or in which policy field, in documents or in the library."
    parser = new_parser("alliance-tui matrix", "matrix", title, MATRIX_EXAMPLES)
    parser.add_argument(
        "--by", choices=["parties", "field"], default="parties", help="what the columns are (default: parties)"
    )
    parser.add_argument("--sort", choices=["total", "name"], default="total", help="order of parties (default: total)")
    add_output_options(parser, ["table", "csv", "json", "graphml"], "table")
    _add_undertakings_arguments(parser)
    return parser


def _add_undertakings_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say of which undertakings a command tells."""
    parser.add_argument(
        "subjects",
        metavar="PATH|QUERY",
        nargs="*",
        default=[],
        help="files and folders, or else the library; all other words are a query",
    )
    parser.add_argument("--query", metavar="TEXT", default="", help="only the undertakings that match this")
    parser.add_argument("--today", metavar="YYYY-MM-DD", type=document_date, help="tell what is overdue on this day")
    add_reading_options(parser)
    add_analysis_options(parser)


def _library_parser() -> argparse.ArgumentParser:
    title = "Keep documents with their records in one file, and search across them."
    parser = new_parser("alliance-tui library", "library", title, LIBRARY_EXAMPLES)
    parser.set_defaults(paths=[])
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        subparser = add_action(actions, name, words)
        add_library_option(subparser)
        return subparser

    add = action("add", "read and analyse new and changed files and folders")
    add.add_argument("paths", metavar="PATH", nargs="+", help="a file or a folder")
    add.add_argument(
        "--format",
        choices=["summary", "jsonl"],
        default="summary",
        help="the form of the output (default: summary); jsonl: one line per file",
    )
    add_quick_option(add)
    add_model_option(add)
    add_reading_options(add)
    add_cluster_options(add)
    listed = action("list", "print the documents, one per line")
    add_output_options(listed, ["table", "json", "jsonl", "csv"], "table")
    listed.add_argument(
        "--sort",
        metavar="COLUMN",
        choices=SORTS,
        default="path",
        help=f"sort by this column: {', '.join(SORTS)} (default: path)",
    )
    occasions = action("occasions", "print which documents are of one visit or meeting, a set after the other")
    add_output_options(occasions, ["table", "jsonl"], "table")
    remove = action("remove", "remove documents and all that is stored of them, but not what you judged and noted")
    remove.add_argument("paths", metavar="PATH|ID", nargs="+", help="a file, a folder or a document's id")
    clear = action("clear", "remove all documents and analyses, but not what you judged and noted")
    clear.add_argument("--yes", action="store_true", help="do not ask")
    check = action("check", "check that the library is sound and its source files are unchanged")
    check.add_argument("--repair", action="store_true", help="remove damaged documents, and keep a copy of the file")
    action("searches", "print the saved searches: names and queries")
    saved = action("save-search", "save a query by name: saved:NAME stands for it in every query")
    saved.add_argument("name", metavar="NAME", help="its name, in place of an earlier one")
    saved.add_argument("query", metavar="QUERY", help="as in the explorer's search")
    action("forget-search", "forget a saved search").add_argument("name", metavar="NAME", help="its name")
    export = action("export", "print all records of the library")
    add_output_options(export, export_formats(), "jsonl")
    add_selection_options(export)
    return parser


def _lexicon_parser() -> argparse.ArgumentParser:
    title = "Check the lexicons, which hold the words and names that the rules read, or print where they are."
    parser = new_parser("alliance-tui lexicon", "lexicon", title, LEXICON_EXAMPLES)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, words in (
        ("check", "check the built-in lexicons and your own: types, duplicates, order, regular expressions"),
        ("path", "print the folder for your own lexicons, and below it that of the built-in ones"),
    ):
        add_action(actions, name, words)
    return parser


def _serve_parser() -> argparse.ArgumentParser:
    title = "Open the explorer in a browser on this machine."
    parser = new_parser("alliance-tui serve", "serve", title, SERVE_EXAMPLES)
    parser.usage = "alliance-tui serve [--port N] [--allow PATH] [PATH...] [options]"
    parser.add_argument("--port", metavar="N", type=port, default=8000, help="listen there (default: 8000)")
    parser.add_argument(
        "--allow",
        metavar="PATH",
        action="append",
        default=[],
        help="let the pages read this file or folder too, besides what is served and the library",
    )
    return parser


def _demo_parser() -> argparse.ArgumentParser:
    title = "Open the explorer on a library of its own, which holds the article that ships with it."
    parser = new_parser("alliance-tui demo", "demo", title, "")
    parser.add_argument(
        "--library", metavar="FILE", help="the library to fill (default: demo.sqlite in the data directory)"
    )
    return parser


def _info_parser() -> argparse.ArgumentParser:
    title = "Print versions, files and what the terminal can do."
    parser = new_parser("alliance-tui info", "info", title, "")
    add_output_options(parser, ["lines", "json"], "lines")
    add_model_option(parser)
    add_library_option(parser)
    return parser


def _help_parser() -> argparse.ArgumentParser:
    title = (
        "Explain the explorer's keys, the query language, queries on the register or the symbols, or print the man "
        "page; without a topic, list all commands."
    )
    parser = new_parser("alliance-tui help", "help", title, "")
    parser.add_argument("topic", metavar="TOPIC", nargs="?", choices=HELP_TOPICS, help=", ".join(HELP_TOPICS))
    return parser


def _completion_parser() -> argparse.ArgumentParser:
    title = "Print what makes a shell complete commands, options, fields of queries and files."
    parser = new_parser("alliance-tui completion", "completion", title, COMPLETION_EXAMPLES)
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    return parser


COMMANDS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "extract": _extract_parser,
    "search": _search_parser,
    "compare": _compare_parser,
    "register": _register_parser,
    "timeline": _timeline_parser,
    "matrix": _matrix_parser,
    "library": _library_parser,
    "serve": _serve_parser,
    "demo": _demo_parser,
    "review": review_parser,
    "lexicon": _lexicon_parser,
    "info": _info_parser,
    "help": _help_parser,
    "completion": _completion_parser,
}
"""The commands, each with the function that makes its parser."""


def complete_parser(command: str | None) -> argparse.ArgumentParser:
    """Return a parser of all options of a command (None: the explorer), also of those that it passes on."""
    if command != "serve":
        return COMMANDS[command]() if command else explore_parser()
    parser = _serve_parser()
    _add_explore_arguments(parser)
    return parser


def format_help() -> str:
    """Return the help on all commands."""
    return explore_parser().format_help()
