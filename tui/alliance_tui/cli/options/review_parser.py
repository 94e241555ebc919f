"""The parser of `alliance-tui review`."""

from __future__ import annotations

import argparse

from alliance_tui.cli.options.examples import REVIEW_EXAMPLES
from alliance_tui.cli.options.shared_options import (
    JUDGEMENTS,
    add_action,
    add_library_option,
    add_model_option,
    add_output_options,
    add_reading_options,
    new_parser,
)


def review_parser() -> argparse.ArgumentParser:
    title = "Judge, correct, add and note records, and hand on what was done."
    parser = new_parser("alliance-tui review", "review", title, REVIEW_EXAMPLES)
    parser.set_defaults(paths=[])
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        subparser = add_action(actions, name, words)
        subparser.add_argument("--author", metavar="NAME", help="log it under this name (default: the system's user)")
        add_library_option(subparser)
        return subparser

    def on_records(name: str, words: str, more: bool = True) -> argparse.ArgumentParser:
        subparser = action(name, words)
        subparser.add_argument("records", metavar="ID", nargs="+" if more else 1, help="a record's id")
        _add_document_options(subparser)
        return subparser

    listed = action("list", "print the records with their ids and judgements")
    listed.add_argument("paths", metavar="PATH", nargs="*", help="a file or a folder; without any, the library")
    listed.add_argument(
        "--only",
        metavar="JUDGEMENT",
        choices=JUDGEMENTS,
        help=f"only records of this judgement: {', '.join(JUDGEMENTS)} (new: without one)",
    )
    add_output_options(listed, ["table", "jsonl"], "table")
    add_reading_options(listed)
    add_model_option(listed)
    listed.set_defaults(cache=True)
    for name, words in (("accept", "accept"), ("reject", "reject"), ("doubt", "doubt"), ("clear", "unjudge")):
        on_records(name, f"{words} records")
    on_records("set", "correct fields of a record, as they are typed in the explorer", more=False).add_argument(
        "fields", nargs="+", metavar="FIELD=VALUE", help="an empty value clears the field"
    )
    for name, words in (("note", "write a note on"), ("tag", "tag"), ("untag", "take a tag from")):
        marking = action(name, f"{words} a record or a document, or an entity or a passage of a document")
        marking.add_argument("target", metavar="ID|DOCUMENT", help="a record's id, or a document by its path or id")
        marking.add_argument("words", metavar="WORDS")
        _add_document_options(marking, "look for the record in this file, not the library")
        what = marking.add_mutually_exclusive_group()
        what.add_argument("--entity", metavar="NAME", help=f"{words} this entity of the document, not all of it")
        what.add_argument("--passage", metavar="QUOTE", help=f"{words} this passage, as the text has it")
    on_records("split", "split a record into two", more=False).add_argument(
        "words", metavar="WORDS", help="where the second begins, in the words of the text"
    )
    on_records("merge", "merge records of one document into the first")
    added = action("add", "add a record, with the fields that its words suggest")
    added.add_argument("target", metavar="DOCUMENT", help="a file, or a document of the library by its id")
    added.add_argument("words", metavar="WORDS", help="the evidence, as the text has it")
    added.add_argument("fields", nargs="*", metavar="FIELD=VALUE", help="fields that differ from what is suggested")
    add_reading_options(added)
    add_model_option(added)
    added.set_defaults(cache=True)
    action("undo", "undo your last step")
    action("redo", "redo the step that you undid last")
    add_output_options(action("export", "print the log: all that was done"), ["jsonl", "annotation"], "jsonl")
    imported = action("import", "take over exported logs, and web annotations as notes and tags")
    imported.add_argument(
        "files", metavar="FILE", nargs="+", help="JSON or JSON Lines of any export, or JSON-LD of the W3C's annotations"
    )
    compared = action("compare", "compare the exported logs of two readers: F1, weighted kappa, what differs")
    compared.add_argument("files", metavar="FILE", nargs=2, help="a log of each, as review export writes it")
    add_output_options(compared, ["lines", "json"], "lines")
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
    add_reading_options(parser)
    add_model_option(parser)
    parser.set_defaults(cache=True)
