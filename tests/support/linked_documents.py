"""Documents with records given by their evidence, for tests of linking: two accounts of one invented visit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.store import open_library
from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.records import Agreement, Analysis, Document

LINKS_WITHOUT_VERSION = """DROP INDEX linkable_by_version; ALTER TABLE linkable DROP COLUMN version;
    ALTER TABLE status_words DROP COLUMN is_act; ALTER TABLE status_words DROP COLUMN is_engagement;"""
"""SQL that leads from the schema in which links have the version of their rules to the one before."""

STATEMENT = (
    "Norland and Westmark will establish a Harbour Patrol Centre in Eskby by 2031. "
    "They intend to link their coastal radars. "
    "Norland plans to buy four Skadi drones for $6 million. "
    "They will teach ferry pilots each other’s language."
)
FACT_SHEET = (
    "The two governments commit to linking coastal radars along the strait. "
    "A new Harbour Patrol Centre will open in Eskby by 2031. "
    "Westmark pledges to plant a million oaks. "
    "Norland is buying four Skadi drones at a cost of $6 million."
)
BOTH = ["Norland", "Westmark"]
STATEMENT_RECORDS: tuple[dict[str, Any], ...] = (
    {
        "id": "centre",
        "quote": "Norland and Westmark will establish a Harbour Patrol Centre in Eskby by 2031",
        "strength": "committed",
        "parties": BOTH,
        "deadline": "2031",
        "instrument": "Harbour Patrol Centre",
        "domain": "maritime",
    },
    {
        "id": "radars",
        "quote": "They intend to link their coastal radars",
        "strength": "planned",
        "parties": BOTH,
        "domain": "maritime",
    },
    {
        "id": "drones",
        "quote": "Norland plans to buy four Skadi drones for $6 million",
        "strength": "planned",
        "parties": ["Norland"],
        "amounts": [{"value": 6_000_000, "unit": "USD", "text": "$6 million"}],
        "domain": "defence-industry",
    },
    {
        "id": "pilots",
        "quote": "They will teach ferry pilots each other’s language",
        "strength": "committed",
        "parties": BOTH,
        "domain": "people-education",
    },
)
FACT_SHEET_RECORDS: tuple[dict[str, Any], ...] = (
    {
        "id": "radars",
        "quote": "The two governments commit to linking coastal radars along the strait",
        "strength": "committed",
        "parties": BOTH,
        "domain": "maritime",
    },
    {
        "id": "centre",
        "quote": "A new Harbour Patrol Centre will open in Eskby by 2031",
        "strength": "committed",
        "parties": BOTH,
        "deadline": "2031",
        "instrument": "Harbour Patrol Centre",
        "domain": "maritime",
    },
    {
        "id": "oaks",
        "quote": "Westmark pledges to plant a million oaks",
        "strength": "committed",
        "parties": ["Westmark"],
        "domain": "energy-climate",
    },
    {
        "id": "drones",
        "quote": "Norland is buying four Skadi drones at a cost of $6 million",
        "strength": "agreed",
        "parties": ["Norland"],
        "amounts": [{"value": 6_000_000, "unit": "USD", "text": "$6 million"}],
        "domain": "defence-industry",
    },
)


REPORT = (
    "They commit to link their coastal radars. "
    "Norland and Westmark will establish the Harbour Patrol Centre in Eskby by 2031. "
    "Westmark pledges to plant a million oaks on the moors of Tarn. "
    "Norland agreed to buy four Skadi drones for $6 million. "
    "Norland lends its tallest lighthouse keepers to Westmark’s orchestra."
)
REPORT_RECORDS: tuple[dict[str, Any], ...] = (
    FACT_SHEET_RECORDS[0] | {"quote": "They commit to link their coastal radars"},
    FACT_SHEET_RECORDS[1] | {"quote": "Norland and Westmark will establish the Harbour Patrol Centre in Eskby by 2031"},
    FACT_SHEET_RECORDS[2] | {"quote": "Westmark pledges to plant a million oaks on the moors of Tarn"},
    FACT_SHEET_RECORDS[3] | {"quote": "Norland agreed to buy four Skadi drones for $6 million"},
    FACT_SHEET_RECORDS[2]
    | {"id": "keepers", "quote": "Norland lends its tallest lighthouse keepers to Westmark’s orchestra"},
)
"""The records of a report of the next year, which says most of the same in nearly the same words."""


def record_lines(text: str, records: tuple[dict[str, Any], ...]) -> list[str]:
    """Return the records as JSON Lines, each with the offsets of its quote."""
    lines = []
    for record in records:
        start = text.index(record["quote"])
        lines.append(json.dumps(record | {"start": start, "end": start + len(record["quote"])}))
    return lines


def linked_analysis(
    text: str, records: tuple[dict[str, Any], ...], title: str = "Statement", date: str | None = "2029-03-04"
) -> Analysis:
    """Return an analysis of a text with the records whose quotes it has."""
    document = Document.from_text(text, title=title, path=f"{title.lower()}.txt", date=date)
    analysis = analysis_of_given_records(document, record_lines(text, records), title)
    return replace(analysis, agreements=tuple(map(_with_days, analysis.agreements)))


def _with_days(agreement: Agreement) -> Agreement:
    """Return an agreement with the first and the last day of its deadline, which is a year."""
    if (deadline := agreement.deadline) is None:
        return agreement
    days = replace(deadline, earliest=f"{deadline.edtf}-01-01", latest=f"{deadline.edtf}-12-31")
    return replace(agreement, deadline=days)


def statement() -> Analysis:
    """Return the analysis of the joint statement."""
    return linked_analysis(STATEMENT, STATEMENT_RECORDS)


def report() -> Analysis:
    """Return the analysis of the next year's report."""
    return linked_analysis(REPORT, REPORT_RECORDS, title="Later", date="2030-01-10")


def fact_sheet() -> Analysis:
    """Return the analysis of the fact sheet, which tells most of the same in another order and other words."""
    return linked_analysis(FACT_SHEET, FACT_SHEET_RECORDS, title="Sheet")


def fill_linked(folder: Path, *analyses: Analysis) -> Path:
    """Make a library in a folder of these analyses, with the files of their documents; return its path."""
    path = folder / "library.sqlite"
    with open_library(path) as library:
        for analysis in analyses:
            file = folder / (analysis.document.path or "")
            file.write_text(analysis.document.text, encoding="utf-8")
            library.upsert(analysis, read_source_file(file))
    return path
