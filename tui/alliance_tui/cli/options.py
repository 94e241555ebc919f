"""The command line: commands, options and their help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from alliance_tui.cli import console
from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.documents.supported_years import parse_document_date

_EXAMPLES = """\
commands:
  extract PATH...         print the agreements and entities of documents
  search QUERY [PATH...]  print the sentences that a query matches
  compare PATH PATH...    print what documents say of the same undertakings, and what only one of them says
  register                print what became of each undertaking in the library: when it was stated, how firmly, due when
  library ACTION          keep documents and search across them: add, list, remove, clear, check, export
  serve [PATH...]         open the explorer in a browser on this machine
  demo                    open the explorer on a library of its own, with the article that ships with it
  review ACTION           judge, correct and note records from scripts: list, accept, reject, set, add, undo, export ...
  lexicon ACTION          check the words and names that the rules read, or print where your own go: check, path
  info                    print versions, files and what the terminal can do
  help TOPIC              explain the explorer: keys, query (its language), symbols; or print the man page
  completion SHELL        print what makes bash, zsh or fish complete commands, options, fields and files

A PATH is a file, a folder, or "-" for standard input. A file that is called like a command is opened
as ./extract. A file NAME.toml beside NAME.txt may give its title, date, kind and source.

examples:
  alliance-tui                                   open the article that ships with it
  alliance-tui statement.txt --query "radar"     open a document with the search filled in
  alliance-tui --plain statement.txt | less      the same for a screen reader or a pager
  alliance-tui extract statements/ --format csv --output agreements.csv
  alliance-tui extract - --date 2024-04-10 --format json < statement.txt
  alliance-tui search "comand and control" statements/

exit status: 0 done; 1 some input could not be read (the rest is answered), or a search found nothing; 2 wrong usage
"""
_EXTRACT_EXAMPLES = """\
examples:
  alliance-tui extract statement.txt
  alliance-tui extract statement.txt --date 2024-04-10 --format json
  alliance-tui extract statements/ --format jsonl --output agreements.jsonl

JSON: one object for one PATH, a list for several PATHs or a folder; JSON Lines: an object a line.
"""
_SEARCH_EXAMPLES = """\
examples:
  alliance-tui search "dicsa" statement.txt      forgives a slip: finds DICAS
  alliance-tui search "missile defence" statements/ --format json
  alliance-tui search "party:japan date:2021..2022"   in all documents of the library
  alliance-tui search radar statements/ --count       how many sentences of each document

Each line is PATH:LINE:COLUMN: and a sentence; lines and columns, of its first match, count from 1. On a terminal the
matches are coloured, unless NO_COLOR is set.

exit status: 0 something matches; 1 nothing does, or some input could not be read; 2 wrong usage
"""
_COMPARE_EXAMPLES = """\
examples:
  alliance-tui compare statement.txt fact-sheet.txt
  alliance-tui compare news.txt statement.txt fact-sheet.txt --format html --output comparison.html
  alliance-tui compare a.txt b.txt --records a.jsonl b.jsonl --format json

The undertakings of several documents come first, in the order of the first document, then those of each document alone.
"""
_REGISTER_EXAMPLES = """\
examples:
  alliance-tui register --query "overdue:yes party:japan"
  alliance-tui register --query "told:>2 status:under-way" --format html --output register.html
  alliance-tui register --query "last:>=2024 status:silent" --format csv

fields of the query: overdue: yes or no; first: and last: a date or a range; told: in how many documents; status:
promised, reaffirmed, under way, delivered, overdue, silent; party:, instrument:, domain:, strength: and title: words.
Each status is given by a statement, never by silence; what later documents do not mention is said beside it.
"""
_LIBRARY_EXAMPLES = """\
examples:
  alliance-tui library add statements/           add what is new or changed in a folder
  alliance-tui library add statements/ --cluster 192.0.2.7:8786    on the workers of this Dask scheduler
  alliance-tui library list --sort date
  alliance-tui library remove statements/old/    a file, a folder or a document's id
  alliance-tui library export --format csv --output agreements.csv
"""
_REVIEW_EXAMPLES = """\
examples:
  alliance-tui review list --only new                     the records that are not judged, with their ids
  alliance-tui review accept 4f2a90c1b3de 77ab01c9e2f4
  alliance-tui review set 4f2a90c1b3de strength=binding "deadline=by the end of 2027" "parties=Japan; Norway"
  alliance-tui review add statement.txt "will deliver six drones" domain=maritime
  alliance-tui review export --output ada.jsonl           all that was done, an entry a line
  alliance-tui review import ada.jsonl                    entries that are there already are passed over

Without --document, records are looked for in the library. Every action is logged in the library's file with author and
time; undo and redo are actions too, and nothing that was logged is ever changed.
"""
_LEXICON_EXAMPLES = """\
A file NAME.toml in the folder for your own lexicons adds to the built-in file of that name: its lists and tables are
joined with the built-in ones. For example, organisations.toml:

  [organisations]
  'Harbour Authority of Norland' = ['HAN']

exit status of check: 0 no fault; 1 faults, a line each: FILE:LINE: what
"""
_COMPLETION_EXAMPLES = """\
to set it up:
  bash  add to ~/.bashrc:                         eval "$(alliance-tui completion bash)"
  zsh   add to ~/.zshrc, below compinit:          eval "$(alliance-tui completion zsh)"
  fish  alliance-tui completion fish > ~/.config/fish/completions/alliance-tui.fish
"""
_SERVE_EXAMPLES = """\
examples:
  alliance-tui serve statement.txt
  alliance-tui serve --port 8080 --query "radar" statements/

It takes every option of the explorer but --plain. Only this machine can connect, with the address that it prints.
"""


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
    target: str
    files: list[str]
    context: int
    count: bool
    files_only: bool
    author: str | None
    only: str | None
    record_files: list[str]
    today: str | None


def parse(argv: Sequence[str]) -> Arguments:
    """Parse the arguments. Raises SystemExit after printing help, the version or a usage error."""
    command = argv[0] if argv and argv[0] in COMMANDS else None
    parser = COMMANDS[command]() if command else explore_parser()
    if not command and argv and (near := _mistyped_command(argv[0])):
        parser.error(f"{argv[0]} is neither a file nor a command: did you mean alliance-tui {near}?")
    parse_arguments = _parse_serve if command == "serve" else argparse.ArgumentParser.parse_args
    arguments = parse_arguments(parser, argv[1:] if command else argv, Arguments())
    if (
        "output" in arguments
        and arguments.output
        and any(_is_same_file(arguments.output, path) for path in arguments.paths)
    ):
        parser.error(f"{arguments.output} is one of the documents to read: name another file with --output")
    if "megabytes" in arguments:
        given = {name: getattr(arguments, name) for _, _, name, _ in _LIMITS}
        if (seconds := arguments.max_seconds) is not None:
            given |= {"seconds": seconds, "processor_seconds": seconds}
        arguments.limits = Limits(**given)
    return arguments


def _mistyped_command(word: str) -> str | None:
    """Return the command that a word is a slip of; None for a word that names a file or is like no command."""
    if not word.isalpha() or _exists(word):
        return None
    from difflib import get_close_matches  # not at the top: a rare need

    return next(iter(get_close_matches(word.lower(), COMMANDS, n=1, cutoff=_LEAST_LIKENESS)), None)


def _parse_serve(parser: argparse.ArgumentParser, argv: Sequence[str], arguments: Arguments) -> Arguments:
    """Parse the options of `serve`; all others are checked as the explorer's, which is started with them."""
    _, arguments.explorer_arguments = parser.parse_known_args(argv, arguments)
    explore_parser().parse_args(arguments.explorer_arguments, arguments)
    if arguments.plain or "-" in arguments.paths:
        parser.error("each page has an explorer of its own: neither --plain nor standard input can be served")
    arguments.command = "serve"
    return arguments


def explore_parser() -> argparse.ArgumentParser:
    parser = _parser(
        "alliance-tui", "explore", "Explore the agreements in diplomatic and defence documents.", _EXAMPLES
    )
    parser.usage = "alliance-tui [PATH...] [options]\n       alliance-tui COMMAND ... [options]"
    _add_explore_arguments(parser)
    parser.add_argument("--plain", action="store_true", help="print text and records as plain lines, and leave")
    parser.add_argument("--version", action=_PrintVersions, help="print the versions of the program and its parts")
    return parser


def _add_explore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="*", help="a file, a folder, or - for standard input")
    parser.add_argument("--query", metavar="TEXT", default="", help="open with this search filled in")
    _add_reading_options(parser)
    _add_analysis_options(parser)


def _extract_parser() -> argparse.ArgumentParser:
    title = "Print the agreements and entities of documents."
    parser = _parser("alliance-tui extract", "extract", title, _EXTRACT_EXAMPLES)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a file, a folder, or - for standard input")
    _add_output_options(parser, _formats(), "table")
    parser.add_argument(
        "--possible", action="store_true", help="JSON also has agreements below the threshold, marked possible"
    )
    _add_selection_options(parser)
    _add_reading_options(parser)
    _add_analysis_options(parser)
    _add_cluster_options(parser)
    return parser


def _search_parser() -> argparse.ArgumentParser:
    title = "Print what a query matches in the text, the entities and the agreements of documents."
    parser = _parser("alliance-tui search", "search", title, _SEARCH_EXAMPLES)
    parser.add_argument("query", metavar="QUERY", help="as in the explorer's search")
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        default=[],  # else the message on a missing query asks for a path too
        help="a file, a folder, or - for standard input; without any, the library",
    )
    _add_output_options(parser, ["lines", "json"], "lines")
    parser.add_argument(
        "--context",
        metavar="N",
        type=_positive_integer,
        default=0,
        help="print this many sentences before and after each as well",
    )
    lists = parser.add_mutually_exclusive_group()
    lists.add_argument("--count", action="store_true", help="print how many sentences match in each document")
    lists.add_argument("--files", dest="files_only", action="store_true", help="print only which documents match")
    _add_reading_options(parser)
    _add_analysis_options(parser)
    return parser


def _compare_parser() -> argparse.ArgumentParser:
    title = "Compare documents: what several of them undertake and where they differ, and what only one does."
    parser = _parser("alliance-tui compare", "compare", title, _COMPARE_EXAMPLES)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="two documents or more, each a file or - once")
    parser.add_argument(
        "--records",
        dest="record_files",
        metavar="FILE",
        nargs="+",
        default=[],
        help="compare these records, JSON Lines with a file for each document, instead of extracting them",
    )
    _add_output_options(parser, ["table", "json", "markdown", "html"], "table")
    _add_selection_options(parser)
    _add_reading_options(parser)
    _add_analysis_options(parser)
    return parser


def _register_parser() -> argparse.ArgumentParser:
    title = "Print the undertakings of the library, one per line: when each was stated, how firmly, and its status."
    parser = _parser("alliance-tui register", "register", title, _REGISTER_EXAMPLES)
    parser.set_defaults(paths=[])
    parser.add_argument("--query", metavar="TEXT", default="", help="only the undertakings that match this")
    parser.add_argument("--today", metavar="YYYY-MM-DD", type=_date, help="tell what is overdue on this day")
    _add_output_options(parser, ["table", "csv", "jsonl", "markdown", "html", "ics"], "table")
    _add_library_option(parser)
    return parser


def _library_parser() -> argparse.ArgumentParser:
    title = "Keep documents with their records in one file, and search across them."
    parser = _parser("alliance-tui library", "library", title, _LIBRARY_EXAMPLES)
    parser.set_defaults(paths=[])
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        subparser = _add_action(actions, name, words)
        _add_library_option(subparser)
        return subparser

    add = action("add", "read and analyse new and changed files and folders")
    add.add_argument("paths", metavar="PATH", nargs="+", help="a file or a folder")
    add.add_argument(
        "--format",
        choices=["summary", "jsonl"],
        default="summary",
        help="the form of the output (default: summary); jsonl: one line per file",
    )
    _add_model_option(add)
    _add_reading_options(add)
    _add_cluster_options(add)
    listed = action("list", "print the documents, one per line")
    _add_output_options(listed, ["table", "json", "jsonl", "csv"], "table")
    listed.add_argument("--sort", choices=SORTS, default="path", help="sort by this column (default: path)")
    remove = action("remove", "remove documents and all that is stored of them, but not what you judged and noted")
    remove.add_argument("paths", metavar="PATH|ID", nargs="+", help="a file, a folder or a document's id")
    clear = action("clear", "remove all documents and analyses, but not what you judged and noted")
    clear.add_argument("--yes", action="store_true", help="do not ask")
    check = action("check", "check that the library is sound and its source files are unchanged")
    check.add_argument("--repair", action="store_true", help="remove damaged documents, and keep a copy of the file")
    export = action("export", "print all records of the library")
    _add_output_options(export, _formats(), "jsonl")
    _add_selection_options(export)
    return parser


def _review_parser() -> argparse.ArgumentParser:
    title = "Judge, correct, add and note records, and hand on what was done."
    parser = _parser("alliance-tui review", "review", title, _REVIEW_EXAMPLES)
    parser.set_defaults(paths=[])
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        subparser = _add_action(actions, name, words)
        subparser.add_argument("--author", metavar="NAME", help="log it under this name (default: the system's user)")
        _add_library_option(subparser)
        return subparser

    def on_records(name: str, words: str, more: bool = True) -> argparse.ArgumentParser:
        subparser = action(name, words)
        subparser.add_argument("records", metavar="ID", nargs="+" if more else 1, help="a record's id")
        _add_document_options(subparser)
        return subparser

    listed = action("list", "print the records with their ids and judgements")
    listed.add_argument("paths", metavar="PATH", nargs="*", help="a file or a folder; without any, the library")
    listed.add_argument("--only", choices=JUDGEMENTS, help="only records of this judgement; new: without one")
    _add_output_options(listed, ["table", "jsonl"], "table")
    _add_reading_options(listed)
    _add_model_option(listed)
    listed.set_defaults(cache=True)
    for name, words in (("accept", "accept"), ("reject", "reject"), ("doubt", "doubt"), ("clear", "unjudge")):
        on_records(name, f"{words} records")
    on_records("set", "correct fields of a record, as they are typed in the explorer", more=False).add_argument(
        "fields", nargs="+", metavar="FIELD=VALUE", help="an empty value clears the field"
    )
    for name, words in (("note", "write a note on"), ("tag", "tag"), ("untag", "take a tag from")):
        on_records(name, f"{words} a record", more=False).add_argument("words", metavar="WORDS")
    on_records("split", "split a record into two", more=False).add_argument(
        "words", metavar="WORDS", help="where the second begins, in the words of the text"
    )
    on_records("merge", "merge records of one document into the first")
    added = action("add", "add a record, with the fields that its words suggest")
    added.add_argument("target", metavar="DOCUMENT", help="a file, or a document of the library by its id")
    added.add_argument("words", metavar="WORDS", help="the evidence, as the text has it")
    added.add_argument("fields", nargs="*", metavar="FIELD=VALUE", help="fields that differ from what is suggested")
    _add_reading_options(added)
    _add_model_option(added)
    added.set_defaults(cache=True)
    action("undo", "undo your last step")
    action("redo", "redo the step that you undid last")
    _add_output_options(action("export", "print the log: all that was done"), ["jsonl", "annotation"], "jsonl")
    imported = action("import", "take over exported logs, and web annotations as notes and tags")
    imported.add_argument("files", metavar="FILE", nargs="+", help="JSON Lines, or JSON-LD of the W3C's annotations")
    compared = action("compare", "compare the exported logs of two readers: F1, weighted kappa, what differs")
    compared.add_argument("files", metavar="FILE", nargs=2, help="a log of each, as review export writes it")
    _add_output_options(compared, ["lines", "json"], "lines")
    _add_document_options(imported, "annotations that name no text are on this file")
    return parser


def _add_document_options(parser: argparse.ArgumentParser, words: str = "look in this file, not the library") -> None:
    parser.add_argument(
        "--document",
        dest="paths",
        metavar="PATH",
        action="append",
        default=[],
        help=words,
    )
    _add_reading_options(parser)
    _add_model_option(parser)
    parser.set_defaults(cache=True)


def _lexicon_parser() -> argparse.ArgumentParser:
    title = "Check the lexicons, which hold the words and names that the rules read, or print where they are."
    parser = _parser("alliance-tui lexicon", "lexicon", title, _LEXICON_EXAMPLES)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, words in (
        ("check", "check the built-in lexicons and your own: types, duplicates, order, regular expressions"),
        ("path", "print the folder for your own lexicons, and below it that of the built-in ones"),
    ):
        _add_action(actions, name, words)
    return parser


def _serve_parser() -> argparse.ArgumentParser:
    title = "Open the explorer in a browser on this machine."
    parser = _parser("alliance-tui serve", "serve", title, _SERVE_EXAMPLES)
    parser.usage = "alliance-tui serve [--port N] [--allow PATH] [PATH...] [options of the explorer]"
    parser.add_argument("--port", metavar="N", type=_port, default=8000, help="listen there (default: 8000)")
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
    parser = _parser("alliance-tui demo", "demo", title, "")
    parser.add_argument(
        "--library", metavar="FILE", help="the library to fill (default: demo.sqlite in the data directory)"
    )
    return parser


def _info_parser() -> argparse.ArgumentParser:
    title = "Print versions, files and what the terminal can do."
    parser = _parser("alliance-tui info", "info", title, "")
    _add_output_options(parser, ["lines", "json"], "lines")
    _add_model_option(parser)
    _add_library_option(parser)
    return parser


def _help_parser() -> argparse.ArgumentParser:
    title = (
        "Explain the explorer's keys, the query language or the symbols, or print the man page; "
        "without a topic, list all commands."
    )
    parser = _parser("alliance-tui help", "help", title, "")
    parser.add_argument("topic", metavar="TOPIC", nargs="?", choices=HELP_TOPICS, help=", ".join(HELP_TOPICS))
    return parser


def _completion_parser() -> argparse.ArgumentParser:
    title = "Print what makes a shell complete commands, options, fields of queries and files."
    parser = _parser("alliance-tui completion", "completion", title, _COMPLETION_EXAMPLES)
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    return parser


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


HELP_TOPICS = ("keys", "query", "symbols", "man")
SHELLS = ("bash", "zsh", "fish")
SELECTIONS = (
    *("accepted", "rejected", "doubted", "new", "corrected", "judged"),
    *("agreement", "declaratory", "possible"),
)
"""The records that an export may be restricted to."""
JUDGEMENTS = ("accepted", "rejected", "doubted", "new", "corrected")
"""What a reader may have done with the records that are wanted."""
SORTS = ("path", "title", "date", "words", "agreements", "added")
"""By what a list of the library may be sorted."""

_DEBUG_HELP = "show the traceback of an error"
_MAX_NUMBER = 1_000_000
_LEAST_LIKENESS = 0.7
"""The least likeness (difflib's ratio) of a mistyped command to the one that is meant."""
_LIMITS = (
    ("--max-size", "MB", "megabytes", "refuse larger files"),
    ("--max-pages", "N", "pages", "refuse longer PDF files"),
    ("--max-memory", "MB", "memory", "give up on a file that takes more memory to read or to analyse"),
)
COMMANDS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "extract": _extract_parser,
    "search": _search_parser,
    "compare": _compare_parser,
    "register": _register_parser,
    "library": _library_parser,
    "serve": _serve_parser,
    "demo": _demo_parser,
    "review": _review_parser,
    "lexicon": _lexicon_parser,
    "info": _info_parser,
    "help": _help_parser,
    "completion": _completion_parser,
}
"""The commands, each with what makes its parser."""


class _PrintVersions(argparse.Action):
    """Print the versions of the program and its parts, and exit."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from alliance_tui.cli.versions import version_lines  # not at the top: no other command needs them

        console.write_output((f"{line}\n" for line in version_lines()), None)
        parser.exit()


def _parser(prog: str, command: str, description: str, epilog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=command)
    parser.add_argument("--debug", action="store_true", help=_DEBUG_HELP)
    return parser


def _add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    """Add an action to a command; its help and its description are `words`."""
    parser = actions.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", allow_abbrev=False)
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=_DEBUG_HELP)
    return parser


def _formats() -> list[str]:
    from alliance_tui.export.formats import OutputFormat  # not at the top: the explorer does not need it

    return [form.value for form in OutputFormat]


def _add_output_options(parser: argparse.ArgumentParser, formats: list[str], default: str) -> None:
    parser.add_argument(
        "--format", choices=formats, default=default, help=f"the form of the output (default: {default})"
    )
    parser.add_argument("--output", metavar="FILE", help="write there instead of standard output")


def _add_selection_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--query", metavar="TEXT", default="", help="only records that match this, as in the explorer")
    parser.add_argument(
        "--only",
        choices=SELECTIONS,
        help="only these records; without it, all that you did not reject (spacy: all that you judged or corrected)",
    )


def _add_reading_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading")
    group.add_argument(
        "--date",
        metavar="YYYY-MM-DD",
        type=_date,
        help='the date of the documents, against which "next year" is resolved',
    )
    for option, unit, name, words in _LIMITS:
        default = getattr(DEFAULT_LIMITS, name)
        kind = _positive_integer if isinstance(default, int) else _positive_number
        help_text = f"{words} (default: {default:,g})"
        group.add_argument(option, dest=name, metavar=unit, type=kind, default=default, help=help_text)
    group.add_argument(
        "--max-seconds",
        metavar="S",
        type=_positive_number,
        help="give up on a file that takes longer to read, or 100,000 characters of which take longer to analyse "
        f"(default: {DEFAULT_LIMITS.seconds:g} and {DEFAULT_LIMITS.processor_seconds:g})",
    )


def _add_analysis_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("analysis")
    _add_model_option(group)
    group.add_argument("--no-cache", dest="cache", action="store_false", help="analyse anew and keep nothing on disk")
    _add_library_option(group)


def _add_cluster_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("more than one machine")
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="analyse on the workers of the Dask scheduler at HOST:PORT, or local:N, on N workers of this machine",
    )
    where.add_argument(
        "--executor",
        metavar="MODULE:FACTORY",
        help="analyse on the executor of concurrent.futures that this function returns",
    )
    group.add_argument(
        "--shared-path", action="store_true", help="let workers read the files themselves, at the paths of this machine"
    )


def _add_model_option(group: argparse._ActionsContainer) -> None:
    group.add_argument("--model", metavar="NAME", help="use this installed spaCy pipeline")


def _add_library_option(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--library", metavar="FILE", help="the library, which also keeps analyses (default: in the data directory)"
    )


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


def _date(text: str) -> str:
    try:
        return parse_document_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _positive_number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= _MAX_NUMBER:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0, at most {_MAX_NUMBER:,}")
    return number


def _port(text: str) -> int:
    number = _positive_integer(text)
    if number >= 1 << 16:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a whole number from 1 to 65535")
    return number


def _positive_integer(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 0 < number <= _MAX_NUMBER:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0, at most {_MAX_NUMBER:,}")
    return number
