"""Comparisons of documents, in the formats of `alliance-tui compare`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape

from alliance_tui.export.json_values import JsonObject
from alliance_tui.export.labels import collapse_whitespace, count_noun
from alliance_tui.export.markdown import escape_markdown
from alliance_tui.export.provenance import exported_path, in_one_line
from alliance_tui.export.table import align_columns
from alliance_tui.linking.comparison import Comparison, ComparisonRow, DifferingField
from alliance_tui.linking.parts import CONFIDENCE
from alliance_tui.linking.word_diff import Side, word_diff
from alliance_tui.records import Agreement, Document

Provenance = Mapping[str, str]
"""The provenance of the records of a comparison, as labels and values."""
_DEFAULT_WIDTH = 120
_NO_VALUE = "–"
_SEEN_OTHERWISE = (DifferingField.STRENGTH, DifferingField.WORDS)
"""The fields that a table does not name: strengths stand in it, and words nearly always differ."""


def to_table(comparison: Comparison, width: int | None = None) -> Iterator[str]:
    """Yield the comparison as aligned columns: the shared undertakings, then those of each document alone."""
    width = width or _DEFAULT_WIDTH
    for number, name in enumerate(_names(comparison)):
        yield f"{letter(number)}  {name}\n"
    shared = comparison.shared()
    yield f"\nin several: {count_noun(len(shared), 'undertaking')}\n"
    if shared:
        letters = [letter(number) for number in range(len(comparison.documents))]
        yield align_columns([("undertaking", *letters, "differs"), *map(_table_row, shared)], width)
    for number in range(len(comparison.documents)):
        only = comparison.only_in(number)
        yield f"\nonly in {letter(number)}: {count_noun(len(only), 'undertaking')}\n"
        if only:
            yield align_columns([_only_row(row.statements[number][0]) for row in only], width)


def letter(number: int) -> str:
    """Return the letter of a document: A for the first, A27 and so on where the alphabet ends."""
    return chr(ord("A") + number) if number < 26 else f"A{number + 1}"


def _names(comparison: Comparison) -> list[str]:
    """Return the titles and dates of the documents, with the names of their files where these are the same."""
    names = [_joined(document.title, document.date) for document in comparison.documents]
    return [
        _joined(name, exported_path(document.path or "")) if names.count(name) > 1 else name
        for name, document in zip(names, comparison.documents, strict=True)
    ]


def _joined(*parts: str | None) -> str:
    return " · ".join(collapse_whitespace(part) for part in parts if part)


def _table_row(row: ComparisonRow) -> tuple[str, ...]:
    title = row.statements[row.documents[0]][0].title
    strengths = [" / ".join(each.strength or "" for each in statements) or _NO_VALUE for statements in row.statements]
    return (title, *strengths, ", ".join(field for field in row.differences if field not in _SEEN_OTHERWISE))


def _only_row(statement: Agreement) -> tuple[str, ...]:
    deadline = statement.deadline.edtf if statement.deadline else ""
    return statement.title, statement.strength or "", ", ".join(statement.parties), deadline


def to_json(comparison: Comparison, provenance: Provenance) -> Iterator[str]:
    """Yield one JSON object: provenance, the documents, `same`, `only` (ids by document) and `parts` (of wholes)."""
    documents = [_document_to_json(document) for document in comparison.documents]
    value = {
        "schema": 1,
        "provenance": provenance,
        "documents": documents,
        "same": [_same_to_json(row) for row in comparison.rows if sum(map(len, row.statements)) > 1],
        "only": [
            [statement.id for row in comparison.only_in(number) for statement in row.statements[number]]
            for number in range(len(comparison.documents))
        ],
        "parts": [
            {"document": number, "whole": part.whole, "part": part.part}
            | {"confidence": CONFIDENCE, "reason": part.reason}
            for number, part in comparison.listed_parts()
        ],
    }
    yield json.dumps(value, indent=1) + "\n"


def _document_to_json(document: Document) -> JsonObject:
    path = exported_path(document.path) if document.path else None
    return {"id": document.id, "path": path, "title": document.title, "date": document.date, "sha256": document.sha256}


def _same_to_json(row: ComparisonRow) -> JsonObject:
    return {
        "members": [_member(number, each) for number, statements in enumerate(row.statements) for each in statements],
        "confidence": row.confidence,
        "reasons": list(row.reasons),
        "differs": {field.value: list(values) for field, values in row.differences.items()},
    }


def _member(document: int, statement: Agreement) -> JsonObject:
    evidence = statement.evidence
    return {
        "document": document,
        "id": statement.id,
        "start": evidence.start,
        "end": evidence.end,
        "title": statement.title,
        "strength": statement.strength,
    }


def to_markdown(comparison: Comparison, provenance: Provenance) -> Iterator[str]:
    """Yield a report in Markdown: each shared undertaking with what differs, then those of each document alone."""
    yield "# Comparison\n\n"
    for number, name in enumerate(_names(comparison)):
        yield f"- {letter(number)}: {escape_markdown(name)}\n"
    yield "\n## In several documents\n"
    for row in comparison.shared():
        yield "".join(f"{line}\n" for line in _markdown_row(row))
    for number in range(len(comparison.documents)):
        yield f"\n## Only in {letter(number)}\n\n"
        for row in comparison.only_in(number):
            statement = row.statements[number][0]
            strength = f" ({statement.strength})" if statement.strength else ""
            yield f"- {escape_markdown(statement.title)}{strength}\n"
    if parts := _described_parts(comparison):
        yield "\n## Part of another undertaking\n\n"
        yield from (f"- {escape_markdown(part)}\n" for part in parts)
    yield f"\n{escape_markdown(in_one_line(provenance))}\n"


def _described_parts(comparison: Comparison) -> list[str]:
    return [
        f"{letter(number)}: “{part.part_title}” is part of “{part.whole_title}”: {part.describe()}"
        for number, part in comparison.listed_parts()
    ]


def _markdown_row(row: ComparisonRow) -> Iterator[str]:
    yield ""
    yield f"### {escape_markdown(row.statements[row.documents[0]][0].title)}"
    yield ""
    for number, statements in enumerate(row.statements):
        for statement in statements:
            words = "".join(_markdown_run(side, words) for side, words in _compared_words(row, statement))
            yield f"- {letter(number)} ({statement.strength or 'no strength'}): {words.strip()}"
    for field, values in row.differences.items():
        if field is not DifferingField.WORDS:
            given = (f"{letter(n)} {escape_markdown(value) or _NO_VALUE}" for n, value in enumerate(values))
            yield f"- {field} differs: {'; '.join(given)}"
    yield f"- linked: {escape_markdown('; '.join(row.reasons))} ({row.confidence:.0%})"


def _compared_words(row: ComparisonRow, statement: Agreement) -> Iterator[tuple[Side, str]]:
    """Yield the words of a statement: those that the first statement has, and those that it has not."""
    first = row.statements[row.documents[0]][0]
    if statement is first:
        yield Side.BOTH, collapse_whitespace(statement.evidence.quote)
        return
    for run in word_diff(first.evidence.quote, statement.evidence.quote):
        yield run.side, run.words


def _markdown_run(side: Side, words: str) -> str:
    marks = {Side.BOTH: "", Side.FIRST: "~~", Side.SECOND: "**"}[side]
    return f" {marks}{escape_markdown(words)}{marks}"


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 Georgia, serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border-bottom: 1px solid #8886; padding: .35rem .5rem; text-align: left; vertical-align: top; }
ins { text-decoration: none; background: #7bc67b55; }
del { background: #e0707055; }
.meta { color: #777; font-size: .85rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The file loads nothing, whatever a document's text holds."""
_TAGS = {Side.BOTH: None, Side.FIRST: "del", Side.SECOND: "ins"}


def to_html(comparison: Comparison, provenance: Provenance) -> Iterator[str]:
    """Yield the comparison as one HTML file that needs nothing else."""
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Comparison</title><style>{_STYLE}</style></head><body>\n<h1>Comparison</h1>\n<ul>\n"
    )
    for number, name in enumerate(_names(comparison)):
        yield f"<li>{letter(number)}: {escape(name)}</li>\n"
    shared = comparison.shared()
    heads = "".join(f"<th>{letter(number)}</th>" for number in range(len(comparison.documents)))
    yield f"</ul>\n<h2>In several documents: {len(shared)}</h2>\n<table><thead><tr>{heads}<th>differs</th></tr></thead>"
    yield from map(_html_row, shared)
    yield "</table>\n"
    for number in range(len(comparison.documents)):
        only = comparison.only_in(number)
        yield f"<h2>Only in {letter(number)}: {len(only)}</h2>\n<table>"
        for row in only:
            yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _only_row(row.statements[number][0]))}</tr>\n"
        yield "</table>\n"
    if parts := _described_parts(comparison):
        items = "".join(f"<li>{escape(part)}</li>\n" for part in parts)
        yield f"<h2>Part of another undertaking: {len(parts)}</h2>\n<ul>\n{items}</ul>\n"
    yield f"<p class='meta'>{escape(in_one_line(provenance))}</p>\n</body></html>\n"


def _html_row(row: ComparisonRow) -> str:
    cells = []
    for statements in row.statements:
        paragraphs = (
            f"<p><b>{escape(statement.strength or '')}</b> {escape(', '.join(statement.parties))}<br>"
            f"“{' '.join(_html_run(*run) for run in _compared_words(row, statement))}”</p>"
            for statement in statements
        )
        cells.append(f"<td>{''.join(paragraphs)}</td>")
    differs = ", ".join(row.differences)
    reasons = f"<p class='meta'>{escape('; '.join(row.reasons))} ({row.confidence:.0%})</p>"
    return f"<tr>{''.join(cells)}<td>{escape(differs)}{reasons}</td></tr>\n"


def _html_run(side: Side, words: str) -> str:
    tag = _TAGS[side]
    return f"<{tag}>{escape(words)}</{tag}>" if tag else escape(words)


COMPARISON_FORMATS: Mapping[str, Callable[[Comparison, Provenance], Iterator[str]]] = {
    "json": to_json,
    "markdown": to_markdown,
    "html": to_html,
}
"""The formats that need no width, by name; `to_table` is the other one."""
