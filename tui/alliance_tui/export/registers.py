"""The register, in the formats of `alliance-tui register`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from alliance_tui.export.csv_rows import csv_row
from alliance_tui.export.interchange.calendar_events import calendar, event_lines
from alliance_tui.export.json_values import JsonObject
from alliance_tui.export.labels import count_noun
from alliance_tui.export.markdown import escape_markdown
from alliance_tui.export.provenance import OVERVIEW_LABELS, exported_path, in_one_line, provenance_of
from alliance_tui.export.table import align_columns
from alliance_tui.linking.register import RegisterRow, sparkline
from alliance_tui.overviews.sources import Sources

_DEFAULT_WIDTH = 120

_COLUMNS = ("status", "undertaking", "parties", "first", "last", "told", "strength", "due")


def to_table(rows: Sequence[RegisterRow], sources: Sources, width: int | None = None) -> Iterator[str]:
    """Yield the register as aligned columns, `width` terminal columns wide."""
    if rows:
        yield align_columns([_COLUMNS, *(_table_cells(row) for row in rows)], width or _DEFAULT_WIDTH)
    documents = len({each.document for row in rows for each in row.statements})
    yield f"{count_noun(len(rows), 'undertaking')}, {count_noun(documents, 'document')}\n"


def _table_cells(row: RegisterRow) -> tuple[str, ...]:
    due = row.due.deadline if row.due else None
    told, line = str(row.documents), sparkline(row.strengths)
    return row.status, row.title, ", ".join(row.parties), row.first, row.last, told, line, due or ""


def row_to_json(row: RegisterRow, sources: Sources) -> JsonObject:
    """Return a row as a JSON object; a path has no folders of this machine."""
    finding, silence, due = row.finding, row.silence, row.due
    return {
        "status": finding.status.value,
        "reason": finding.reason,
        "silence": silence.describe() if silence else None,
        "title": row.title,
        "parties": ", ".join(row.parties),
        "first": row.first or None,
        "last": row.last or None,
        "told": row.documents,
        "due": due.deadline if due else None,
        "due_earliest": due.earliest if due else None,
        "due_latest": due.latest if due else None,
        "domain": next((each.domain for each in row.statements if each.domain), None),
        "instrument": next((each.instrument for each in row.statements if each.instrument), None),
        "strengths": [strength.value if strength else None for strength in row.strengths],
        "confidence": row.confidence,
        "evidence": finding.evidence,
        "statements": [
            {
                "document": source.id,
                "document_title": source.title,
                "path": exported_path(source.path),
                "date": each.date or None,
                "title": each.title,
                "strength": each.strength,
                "deadline": each.deadline,
                "start": each.start,
            }
            for each in row.statements
            for source in [sources.of(each.document)]
        ],
    }


def provenance_of_rows(rows: Sequence[RegisterRow], sources: Sources) -> dict[str, str]:
    """Return where rows come from: what made the records of their documents, on which day and by which query."""
    numbers = sorted({each.document for row in rows for each in row.statements})
    today = next((row.context.today for row in rows), "")
    return provenance_of(map(sources.of, numbers), today=today, query=sources.query)


def to_json_lines(rows: Sequence[RegisterRow], sources: Sources) -> Iterator[str]:
    """Yield an object a line, each with the provenance of all."""
    provenance = provenance_of_rows(rows, sources)
    for row in rows:
        yield json.dumps(row_to_json(row, sources) | {"provenance": provenance}) + "\n"


_CSV_COLUMNS = (
    *("status", "reason", "silence", "title", "parties", "first", "last", "told", "due", "due_earliest", "due_latest"),
    *("domain", "instrument", "strengths", "confidence"),
)
PROVENANCE_COLUMNS = tuple(label.replace(" ", "_") for label in OVERVIEW_LABELS)


def provenance_cells(rows: Sequence[RegisterRow], sources: Sources) -> list[str]:
    """Return the cells of PROVENANCE_COLUMNS, which all rows have."""
    provenance = provenance_of_rows(rows, sources)
    return [provenance.get(label, "") for label in OVERVIEW_LABELS]


def to_csv(rows: Sequence[RegisterRow], sources: Sources) -> Iterator[str]:
    """Yield a row an undertaking below a row of column names; strengths and documents are joined with "; "."""
    yield csv_row((*_CSV_COLUMNS, "documents", "document_ids", *PROVENANCE_COLUMNS))
    provenance = provenance_cells(rows, sources)
    for row in rows:
        value = row_to_json(row, sources) | {"strengths": "; ".join(strength or "" for strength in row.strengths)}
        numbers = dict.fromkeys(each.document for each in row.statements)
        documents = [sources.of(number) for number in numbers]
        joined = "; ".join(each.title for each in documents), "; ".join(each.id for each in documents)
        yield csv_row([*(value[column] for column in _CSV_COLUMNS), *joined, *provenance])


def to_markdown(rows: Sequence[RegisterRow], sources: Sources) -> Iterator[str]:
    """Yield a section an undertaking, with its statements in order of date; then where they come from."""
    yield "# Register\n"
    for row in rows:
        yield f"\n## {escape_markdown(row.title)}\n\n"
        yield from (f"- {label}: {escape_markdown(words)}\n" for label, words in _facts(row))
        for statement in row.statements:
            source = escape_markdown(sources.of(statement.document).title)
            date = escape_markdown(statement.date or "undated")
            yield f"- {date}, {source}: {statement.strength or 'stated'}, {escape_markdown(statement.title)}\n"
    yield f"\n{escape_markdown(in_one_line(provenance_of_rows(rows, sources)))}\n"


def _facts(row: RegisterRow) -> Iterator[tuple[str, str]]:
    """Yield what is known of an undertaking, as pairs of label and words."""
    finding, silence = row.finding, row.silence
    yield "status", f"{finding.status} ({finding.reason})"
    if row.parties:
        yield "parties", ", ".join(row.parties)
    if row.due and row.due.deadline:
        yield "due", row.due.deadline
    if silence:
        yield "silence", silence.describe()


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 Georgia, serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border-bottom: 1px solid #8886; padding: .35rem .5rem; text-align: left; vertical-align: top; }
.meta { color: #777; font-size: .85rem; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The file loads nothing, whatever a document's text holds."""


def to_html(rows: Sequence[RegisterRow], sources: Sources) -> Iterator[str]:
    """Yield the register as one HTML file that needs nothing else."""
    heads = "".join(f"<th>{column}</th>" for column in _COLUMNS)
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Register</title><style>{_STYLE}</style></head><body>\n<h1>Register</h1>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n"
    )
    for row in rows:
        status, title, *cells = map(escape, _table_cells(row))
        notes = [row.finding.reason, *([row.silence.describe()] if row.silence else [])]
        statements = "".join(
            f"<li>{escape(each.date or 'undated')}, {escape(sources.of(each.document).title)}: "
            f"<b>{escape(each.strength or 'stated')}</b>, {escape(each.title)}</li>"
            for each in row.statements
        )
        yield (
            f"<tr><td>{status}<div class='meta'>{escape('; '.join(notes))}</div></td>"
            f"<td>{title}<ol class='meta'>{statements}</ol></td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"
        )
    provenance = escape(in_one_line(provenance_of_rows(rows, sources)))
    yield f"</tbody></table>\n<p class='meta'>{provenance}</p>\n</body></html>\n"


def to_icalendar(rows: Sequence[RegisterRow], sources: Sources) -> Iterator[str]:
    """Yield a calendar with an event for each undertaking that falls due on known days."""
    provenance = in_one_line(provenance_of_rows(rows, sources))
    events = (_event(row, sources, provenance) for row in rows if row.due and row.due.earliest and row.due.latest)
    return calendar(events)


def _event(row: RegisterRow, sources: Sources, provenance: str) -> Iterator[str]:
    due = row.due
    assert due and due.earliest and due.latest
    source = sources.of(due.document)
    parties = f"{', '.join(row.parties)}: " if row.parties else ""
    facts = (f"{label}: {words}" for label, words in _facts(row))
    details = [*facts, f"{source.title}, {due.date}".strip(", "), provenance]
    return event_lines(
        uid=f"{source.id}.{due.start}",
        days=(due.earliest, due.latest),
        summary=parties + row.title,
        details=details,
        category=due.domain,
    )


REGISTER_FORMATS: Mapping[str, Callable[[Sequence[RegisterRow], Sources], Iterator[str]]] = {
    "csv": to_csv,
    "jsonl": to_json_lines,
    "markdown": to_markdown,
    "html": to_html,
    "ics": to_icalendar,
}
"""The formats that need no width, by name; `to_table` is the other one."""
