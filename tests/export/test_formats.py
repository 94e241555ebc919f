"""Export formats: JSON by its schema, CSV, Markdown, tables and plain lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.export.formats import BINARY_FORMATS, OutputFormat, render
from alliance_tui.export.markdown import escape_markdown
from alliance_tui.export.plain_text import to_plain_lines
from alliance_tui.export.table import align_columns, display_width
from alliance_tui.records import Analysis, Document
from tests.support.sample_analysis import TEXT, sample_analysis, sample_document

DOCUMENT_KEYS = {"id", "path", "title", "date", "sha256", "characters", "text", "extractor", "model"}
ENTITY_KEYS = {"id", "name", "type", "forms", "mentions"}
AGREEMENT_KEYS = {
    *("id", "kind", "title", "start", "end", "quote", "anchor_start", "anchor_end", "strength", "parties", "reaffirms"),
    *("deadline", "deadline_text", "amounts", "instrument", "instrument_role", "domain", "attribution", "same_as"),
    *("rule", "page", "roles"),
}


TEXT_FORMATS = [form for form in OutputFormat if form not in BINARY_FORMATS]


def rendered(output_format: OutputFormat, analyses: Iterable[Analysis] | None = None, *, as_list: bool = False) -> str:
    return "".join(render([sample_analysis()] if analyses is None else analyses, output_format, as_list=as_list))


def test_json_has_every_promised_key() -> None:
    value = json.loads(rendered(OutputFormat.JSON))
    assert value["schema"] == 1
    assert value["document"].keys() >= DOCUMENT_KEYS
    assert all(entity.keys() >= ENTITY_KEYS for entity in value["entities"])
    assert all(mention.keys() >= {"start", "end", "form"} for e in value["entities"] for mention in e["mentions"])
    assert all(agreement.keys() >= AGREEMENT_KEYS for agreement in value["agreements"])


def test_json_says_what_the_record_says() -> None:
    radars = json.loads(rendered(OutputFormat.JSON))["agreements"][0]
    assert radars["quote"] == TEXT[radars["start"] : radars["end"]]
    assert TEXT[radars["anchor_start"] : radars["anchor_end"]] == "link"
    assert (radars["kind"], radars["strength"], radars["domain"]) == ("agreement", "committed", "maritime")
    assert (radars["deadline"], radars["deadline_text"]) == ("2031", "by 2031")
    assert radars["amounts"] == [{"value": 3.0, "unit": "percent", "base": "output", "text": "3 percent of output"}]


def test_a_declaratory_phrase_has_neither_strength_nor_domain() -> None:
    praise = json.loads(rendered(OutputFormat.JSON))["agreements"][2]
    assert (praise["kind"], praise["strength"], praise["domain"]) == ("declaratory", None, None)


def test_a_confidence_that_is_not_calibrated_is_absent() -> None:
    assert all("confidence" not in agreement for agreement in json.loads(rendered(OutputFormat.JSON))["agreements"])


def test_possible_agreements_are_printed_on_request_alone_and_marked() -> None:
    analysis = sample_analysis()
    radars, *others = analysis.agreements
    analysis = msgspec.structs.replace(analysis, agreements=tuple(others), possible=(radars,))
    for form in (OutputFormat.JSON, OutputFormat.JSONL):
        without, with_possible = (
            json.loads("".join(render([analysis], form, with_possible=wanted)))["agreements"]
            for wanted in (False, True)
        )
        assert [agreement["id"] for agreement in without] == [agreement.id for agreement in others]
        assert [agreement.get("possible", False) for agreement in with_possible] == [True, False, False]
        assert [agreement["id"] for agreement in with_possible if "possible" not in agreement] == ["a2", "d1"]


def test_json_is_ascii() -> None:
    assert rendered(OutputFormat.JSON).isascii()
    assert rendered(OutputFormat.JSONL).isascii()


def test_json_is_one_object_for_one_document_and_a_list_for_several() -> None:
    assert isinstance(json.loads(rendered(OutputFormat.JSON)), dict)
    assert [value["schema"] for value in json.loads(rendered(OutputFormat.JSON, as_list=True))] == [1]
    assert len(json.loads(rendered(OutputFormat.JSON, [sample_analysis()] * 3, as_list=True))) == 3
    assert json.loads(rendered(OutputFormat.JSON, [], as_list=True)) == []


def test_json_lines_are_an_object_a_line() -> None:
    lines = rendered(OutputFormat.JSONL, [sample_analysis()] * 2).splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(rendered(OutputFormat.JSON))] * 2


def test_output_streams_one_document_at_a_time() -> None:
    taken = 0

    def analyses() -> Iterable[Analysis]:
        nonlocal taken
        for _ in range(3):
            taken += 1
            yield sample_analysis()

    for form in set(TEXT_FORMATS) - {OutputFormat.TRAINING}:  # which has judged records only
        taken = 0
        pieces = render(analyses(), form, as_list=True)
        next(pieces)
        assert taken <= 1, form


def test_csv_has_a_row_a_record() -> None:
    rows = list(csv.DictReader(rendered(OutputFormat.CSV).splitlines()))
    assert [row["id"] for row in rows] == ["a1", "a2", "d1"]
    assert rows[0]["parties"] == "Norland; Westmark"
    assert rows[0]["line"] == "2"
    assert rows[1]["reaffirms"] == "false"
    assert rows[0]["document_date"] == "2029-03-04"


def test_csv_gives_a_spreadsheet_no_formula_to_run() -> None:
    document = Document.from_text(TEXT, title="=HYPERLINK(1)", path="+x.txt")
    row = next(csv.DictReader(rendered(OutputFormat.CSV, [sample_analysis(document)]).splitlines()))
    assert row["document_title"] == "'=HYPERLINK(1)"
    assert row["path"] == "'+x.txt"


@pytest.mark.parametrize("sign", "=+-@\t＝＋－＠")
def test_csv_marks_every_sign_that_begins_a_formula(sign: str) -> None:
    document = Document.from_text(TEXT, title=f"{sign}1")
    row = next(csv.DictReader(rendered(OutputFormat.CSV, [sample_analysis(document)]).splitlines()))
    assert row["document_title"] == f"'{sign}1"


def test_csv_has_no_other_cells_where_semicolons_separate_them() -> None:
    document = Document.from_text(TEXT, title='x;=1+1;"+1;y', path='a";=2;"b')
    rows = rendered(OutputFormat.CSV, [sample_analysis(document)]).splitlines()
    assert all(line.startswith('"') and line.endswith('"') for line in rows)
    for line in rows[1:]:
        cells = next(csv.reader([line], delimiter=";"))
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells), cells


def test_the_table_lists_undertakings_only() -> None:
    table = rendered(OutputFormat.TABLE)
    assert "Link their coastal radars" in table
    assert "friendship" not in table
    assert "2 agreements" in table


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9), st.just("|")), min_size=1, max_size=5))
def test_table_columns_line_up_whatever_is_in_them(rows: list[tuple[str, str, str]]) -> None:
    cleaned = [tuple(sanitise(cell) for cell in row) for row in rows]
    for width in (12, 16, 200):
        assert len({display_width(line) for line in align_columns(cleaned, width).splitlines()}) == 1


def test_a_table_fits_the_terminal() -> None:
    pieces = "".join(render([sample_analysis()], OutputFormat.TABLE, width=60))
    assert all(display_width(line) <= 60 for line in pieces.splitlines())
    assert "…" in pieces


def test_wide_characters_count_two_columns_and_combining_ones_none() -> None:
    assert display_width("日米") == 4
    assert display_width("e\u0301") == 1


def test_markdown_quotes_and_escapes() -> None:
    report = rendered(OutputFormat.MARKDOWN)
    assert "## Agreements" in report
    assert "## Declaratory phrases" in report
    assert "> The two governments signed the Harbour Accord \\(HA\\)" in report
    assert escape_markdown("<b>*x*</b> [a](b) | c\n# d") == r"\<b\>\*x\*\</b\> \[a\]\(b\) \| c \# d"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Norland joins\n\nApril 3, 2029\n\nNorland will join.", []),
        ("# Norland joins\nNorland will join.", ["2029-04-03", ""]),
        ("April 3, 2029\nNorland will join.", ["Norland joins", ""]),
        ("Norland will join.", ["Norland joins", "2029-04-03", ""]),
    ],
)
def test_plain_lines_give_title_and_date_once(text: str, heading: list[str]) -> None:
    document = Document.from_text(text, title="Norland joins", date="2029-04-03")
    lines = list(to_plain_lines(Analysis(document, (), (), "test", "none")))
    assert lines[: len(heading) + 1] == [*heading, text.split("\n")[0]]


def test_plain_lines_hold_the_text_and_the_records() -> None:
    lines = list(to_plain_lines(sample_analysis()))
    assert lines.count(sample_document().title) == 1
    assert TEXT.split("\n")[1] in lines
    assert "1. Link their coastal radars" in lines
    assert "   deadline: 2031 (“by 2031”)" in lines
    assert "instrument: Harbour Accord (also HA), 2 mentions" in lines


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_a_document_without_records_has_its_form_too(form: OutputFormat) -> None:
    empty = Analysis(Document.from_text("", title="Nothing"), (), (), "rules-1", "model-1")
    assert isinstance(rendered(form, [empty]), str)
