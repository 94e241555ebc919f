"""`alliance-tui review`: judge, correct, add and note from scripts; export and import what was done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from alliance_tui.cli import console
from alliance_tui.cli.commands.reviews.review_targets import (
    ReviewedDocument,
    find_passage,
    find_records,
    find_target,
    named_document,
    reviewed_documents,
)
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import UsageError
from alliance_tui.export.interchange.web_annotations import entries_to_annotations, parse_annotations
from alliance_tui.export.json_values import JsonObject, agreement_to_json, review_to_json
from alliance_tui.export.labels import collapse_whitespace
from alliance_tui.library.review.review_log import ReviewLog, parse_log
from alliance_tui.records import Agreement, Document
from alliance_tui.review import steps
from alliance_tui.review.author import author_name
from alliance_tui.review.corrections import correct_field
from alliance_tui.review.entry import (
    Entry,
    Step,
    Target,
    begin_step,
    decode_entry,
    encode_for_export,
    step_like,
    step_to_redo,
    step_to_undo,
)
from alliance_tui.review.reader_agreement import ReaderAgreement, compare_readers, to_json
from alliance_tui.review.record_changes import Judgement


def run(arguments: Arguments) -> int:
    """Carry out the action; return the exit status."""
    return _ACTIONS[arguments.action](arguments, arguments.author or author_name())


def _list(arguments: Arguments, author: str) -> int:
    form = _json_lines if arguments.format == "jsonl" else _table
    console.write_output(form(reviewed_documents(arguments, author), arguments.only), arguments.output)
    return 0


def _records(document: ReviewedDocument, only: str | None) -> Iterator[tuple[Agreement, JsonObject]]:
    for record in document.reviewed.analysis.agreements:
        review = review_to_json(document.reviewed.reviews.get(record.id))
        if only in (None, review["judgement"] or "new") or (only == "corrected" and review["corrected"]):
            yield record, review


def _json_lines(documents: Iterator[ReviewedDocument], only: str | None) -> Iterator[str]:
    for document in documents:
        for record, review in _records(document, only):
            value = {"document": document.document.id, "path": document.document.path, **agreement_to_json(record)}
            yield json.dumps(value | {"review": review}) + "\n"


def _table(documents: Iterator[ReviewedDocument], only: str | None) -> Iterator[str]:
    for document in documents:
        records = list(_records(document, only))
        if records:
            yield f"{document.document.title} \u2014 {document.document.path or 'standard input'}\n"
        for record, review in records:
            strength = record.strength or record.kind
            yield f"  {record.id}  {review['judgement'] or 'new':8}  {strength:11}  {record.title}\n"
        for lost in document.reviewed.lost:
            judgement = lost.review.judgement or "corrected"
            quote = collapse_whitespace(lost.record.evidence.quote)
            yield f"  {lost.record.id}  {judgement:8}  no longer found: “{quote}”\n"


def _judge(judgement: Judgement | None) -> Callable[[Arguments, str], int]:
    def run_(arguments: Arguments, author: str) -> int:
        for document, records in find_records(arguments, arguments.records, author):
            judged = [(record, document.reviewed.judgement_of(record.id)) for record in records]
            entries = steps.judge(begin_step(document.document, author), judged, judgement)
            _append(arguments, entries, [f"{judgement or 'new'} {record.id}" for record in records])
        return 0

    return run_


def _append(arguments: Arguments, entries: Sequence[Entry], reports: Sequence[str]) -> None:
    """Append the entries and, when they are on disk, print what was done."""
    ReviewLog(arguments.library).append(entries)
    console.write_output((f"{report}\n" for report in reports), None)


def _on_records(
    make: Callable[[Step, ReviewedDocument, Agreement, Arguments], list[Entry]], done: str
) -> Callable[[Arguments, str], int]:
    """Return an action that makes entries of each record, in one step for each document."""

    def run_(arguments: Arguments, author: str) -> int:
        for document, records in find_records(arguments, arguments.records, author):
            step = begin_step(document.document, author)
            entries = [entry for record in records for entry in make(step, document, record, arguments)]
            _append(arguments, entries, [f"{done} {record.id}" for record in records])
        return 0

    return run_


def _on_target(make: Callable[[Step, Target, str], list[Entry]], done: str) -> Callable[[Arguments, str], int]:
    """Return an action that notes or tags a record, a document, or an entity or a passage of one."""

    def run_(arguments: Arguments, author: str) -> int:
        with find_target(arguments, author) as (document, target):
            entries = make(begin_step(document.document, author), target, arguments.words)
            _append(arguments, entries, [f"{done} {arguments.entity or arguments.passage or arguments.target}"])
        return 0

    return run_


def _set(step: Step, document: ReviewedDocument, record: Agreement, arguments: Arguments) -> list[Entry]:
    from alliance_tui.extraction.typed_values import VALUE_READERS

    entries: list[Entry] = []
    for name, typed in _assignments(arguments.fields):
        corrected = correct_field(document.reviewed.analysis, record, name, typed, VALUE_READERS)
        entries += steps.correct(step, record, corrected, name)
        record = corrected
    return entries


def _assignments(fields: Sequence[str]) -> list[tuple[str, str]]:
    for field in fields:
        if "=" not in field:
            raise UsageError(f"{field!r} is not FIELD=VALUE")
    return [(name, value) for name, _, value in (field.partition("=") for field in fields)]


def _split(step: Step, document: ReviewedDocument, record: Agreement, arguments: Arguments) -> list[Entry]:
    offset = document.document.text.find(arguments.words, record.evidence.start + 1, record.evidence.end)
    if offset < 0:
        raise UsageError(f"{arguments.words!r} does not occur inside the evidence “{record.evidence.quote}”")
    return steps.split(step, record, offset)


def _merge(arguments: Arguments, author: str) -> int:
    found = find_records(arguments, arguments.records, author)
    if len(found) != 1 or len(found[0][1]) < 2:
        raise UsageError("two or more records of one document can be merged")
    document, records = found[0]
    first, *others = sorted(records, key=lambda record: record.evidence.start)
    entries = steps.merge(begin_step(document.document, author), records)
    _append(arguments, entries, [f"merged {' '.join(record.id for record in others)} into {first.id}"])
    return 0


def _add(arguments: Arguments, author: str) -> int:
    from alliance_tui.extraction.proposals import propose_record
    from alliance_tui.extraction.typed_values import VALUE_READERS

    with named_document(arguments, arguments.target, author) as document:
        passage = find_passage(document.document, arguments.words)
        record = propose_record(document.reviewed.analysis, *passage)
        for name, typed in _assignments(arguments.fields):
            record = correct_field(document.reviewed.analysis, record, name, typed, VALUE_READERS)
        entries = steps.add_record(begin_step(document.document, author), record)
        _append(arguments, entries, [f"added {record.id}"])
    return 0


def _undo(arguments: Arguments, author: str) -> int:
    return _step_back(arguments, author, step_to_undo, steps.undo, "undone")


def _redo(arguments: Arguments, author: str) -> int:
    return _step_back(arguments, author, step_to_redo, steps.redo, "redone")


def _step_back(
    arguments: Arguments,
    author: str,
    find: Callable[[Sequence[Entry], str], str | None],
    make: Callable[..., list[Entry]],
    done: str,
) -> int:
    log = ReviewLog(arguments.library)
    entries = log.all_entries()
    found = find(entries, author)
    if found is None:
        raise UsageError(f"there is nothing to be {done}")
    of_step = [entry for entry in entries if entry.step == found]
    first = of_step[0]
    undoing = make(step_like(first, author), found, everywhere=any(entry.everywhere for entry in of_step))
    _append(arguments, undoing, [f"{done}: {first.action} {first.target.id or first.target.name}".rstrip()])
    return 0


def _export(arguments: Arguments, author: str) -> int:
    entries = ReviewLog(arguments.library).all_entries()
    lines = (encode_for_export(entry).decode() + "\n" for entry in entries)
    console.write_output(
        entries_to_annotations(entries) if arguments.format == "annotation" else lines, arguments.output
    )
    return 0


def _import(arguments: Arguments, author: str) -> int:
    log = ReviewLog(arguments.library)
    document = (
        next((each.document for each in reviewed_documents(arguments, author)), None) if arguments.paths else None
    )
    for path in arguments.files:
        entries = _parse(_read(path), path, document)
        added = log.append(entries)
        console.write_output([f"{path}: {added:,} of {len(entries):,} entries are new\n"], None)
    return 0


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}): name a file of alliance-tui review export") from error


def _parse(text: str, name: str, document: Document | None) -> list[Entry]:
    """Return the entries of a log in JSON Lines, of exported documents in JSON, or of web annotations."""
    lines = text.split("\n")  # U+2028 ends no line here
    if _is_entry(lines[0]):
        return list(parse_log(lines, name))
    if (documents := _exported_documents(text)) is not None:
        logged = (json.dumps(entry) for each in documents for entry in each.get("log", ()))
        return list(parse_log(logged, f"the log of {name}"))
    try:
        json.loads(text)
    except ValueError:
        return list(parse_log(lines, name))
    return parse_annotations(text, name, document)


def _exported_documents(text: str) -> list[JsonObject] | None:
    """Return the documents of `extract --format json` or `jsonl`; None for another text."""
    try:
        value = json.loads(text) if text.startswith("[") or "\n{" not in text else None
        lines = text.split("\n")  # U+2028 ends no line here either
        values = [json.loads(line) for line in lines if line] if value is None else value
    except ValueError:
        return None
    values = values if isinstance(values, list) else [values]
    return values if all(isinstance(each, dict) and "agreements" in each for each in values) and values else None


def _is_entry(line: str) -> bool:
    try:
        decode_entry(line)
    except (msgspec.MsgspecError, ValueError):
        return False
    return True


def _compare(arguments: Arguments, author: str) -> int:
    first, second = (_parse(_read(path), path, None) for path in arguments.files)
    agreement = compare_readers(first, second)
    if arguments.format == "json":
        console.write_output([to_json(agreement).decode() + "\n"], arguments.output)
        return 0
    names = [Path(path).stem for path in arguments.files]
    console.write_output(_comparison_lines(agreement, names), arguments.output)
    return 0


def _comparison_lines(agreement: ReaderAgreement, names: Sequence[str]) -> Iterator[str]:
    yield f"{names[0]}: {agreement.first:,} records, {names[1]}: {agreement.second:,}, both: {agreement.both:,}\n"
    yield f"F1 of the records: {_measure(agreement.f1)}\n"
    yield f"weighted kappa of the strengths: {_measure(agreement.kappa)}\n"
    for each in agreement.differences:
        values = f"{names[0]}: {each.first or 'none'}, {names[1]}: {each.second or 'none'}"
        yield f"{each.document[:16]}  {each.field}  {values}  “{each.quote}”\n"


def _measure(value: float | None) -> str:
    return "nothing to measure" if value is None else f"{value:.2f}"


_ACTIONS: Mapping[str, Callable[[Arguments, str], int]] = {
    "list": _list,
    "accept": _judge(Judgement.ACCEPTED),
    "reject": _judge(Judgement.REJECTED),
    "doubt": _judge(Judgement.DOUBTED),
    "clear": _judge(None),
    "set": _on_records(_set, "corrected"),
    "note": _on_target(steps.write_note, "noted"),
    "tag": _on_target(lambda step, target, words: steps.tag(step, [target], words), "tagged"),
    "untag": _on_target(lambda step, target, words: steps.untag(step, [target], words), "untagged"),
    "split": _on_records(_split, "split"),
    "merge": _merge,
    "add": _add,
    "undo": _undo,
    "redo": _redo,
    "export": _export,
    "import": _import,
    "compare": _compare,
}
