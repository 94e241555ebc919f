"""Exports of what a reader sees: read back by libraries that others keep, each with its provenance."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import bibtexparser.entrypoint
import docx
import icalendar
import lxml.html
import pyld.jsonld
import pytest
import rispy
from msgspec.structs import replace

from alliance_tui import __version__
from alliance_tui.errors import LibraryError, UsageError
from alliance_tui.export.formats import OutputFormat, render, render_bytes
from alliance_tui.export.interchange.web_annotations import CONTEXT, entries_to_annotations, parse_annotations
from alliance_tui.export.provenance import MANUAL
from alliance_tui.export.selection import select_records
from alliance_tui.extraction.typed_values import VALUE_READERS
from alliance_tui.records import Agreement, Analysis, Document
from alliance_tui.review import steps
from alliance_tui.review.corrections import correct_field, step_strength, typed_value
from alliance_tui.review.entry import (
    Entry,
    begin_step,
    document_target,
    encode_entry,
    entity_target,
    exported_place,
    passage_target,
    record_target,
)
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis
from tests.support import builders

ANALYSIS = builders.analysis()
DOCUMENT = ANALYSIS.document
CENTRE, VESSELS, DRONES, PORT = ANALYSIS.agreements[:4]


def log() -> list[Entry]:
    step = begin_step(DOCUMENT, "ada")
    return [
        *steps.judge(step, [(CENTRE, None), (DRONES, None)], Judgement.ACCEPTED),
        *steps.judge(step, [(PORT, None)], Judgement.REJECTED),
        *steps.judge(step, [(VESSELS, None)], Judgement.DOUBTED),
        *steps.correct(step, DRONES, step_strength(DRONES, 1), "strength"),
        *steps.write_note(step, record_target(DOCUMENT, CENTRE), "ask “Lisbon” <soon>"),
        *steps.tag(step, [record_target(DOCUMENT, CENTRE)], "sea"),
    ]


def handed_on(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as an export has them: without the paths of this machine."""
    return [replace(entry, place=exported_place(entry.place)) for entry in entries]


def reviewed(only: str | None = None) -> ReviewedAnalysis:
    return select_records(review_analysis(ANALYSIS, log(), "ada"), only)


def rendered(output_format: OutputFormat, documents: Iterable[ReviewedAnalysis] = ()) -> str:
    return "".join(render(documents or [reviewed()], output_format))


def hostile(title: str, text: str = "=cmd|' /C calc'!A0 will do it by 2027.\n") -> ReviewedAnalysis:
    document = Document.from_text(text, title=title, date="2026-03-02", source="Wire, https://example.org/a?b=1&c")
    record = builders.agreement(document, title, text.strip(), "do", deadline=("2027", "by 2027"))
    assert record.deadline
    dated = replace(record, deadline=replace(record.deadline, earliest="2027-01-01", latest="2027-12-31"))
    return ReviewedAnalysis(Analysis(document, (), (dated,), "test", "test"))


@pytest.mark.parametrize(
    ("only", "titles"),
    [
        (None, {CENTRE, VESSELS, DRONES}),
        ("accepted", {CENTRE, DRONES}),
        ("rejected", {PORT}),
        ("doubted", {VESSELS}),
        ("corrected", {DRONES}),
        ("marked", {CENTRE}),
        ("possible", set()),
    ],
)
def test_a_selection_has_the_records_of_one_judgement(only: str | None, titles: set[Agreement]) -> None:
    chosen = {record.title for record in reviewed(only).analysis.agreements if record.kind == "agreement"}
    expected = {record.title for record in titles} | ({ANALYSIS.agreements[-1].title} if only is None else set())
    assert chosen == expected


def test_every_selection_is_offered_on_the_command_line() -> None:
    from alliance_tui.cli.options.shared_options import SELECTIONS

    assert SELECTIONS == SELECTIONS


def test_json_says_what_the_reader_did() -> None:
    value = json.loads(rendered(OutputFormat.JSONL))
    by_id = {agreement["id"]: agreement for agreement in value["agreements"]}
    assert by_id[CENTRE.id]["review"]["judgement"] == "accepted"
    assert by_id[CENTRE.id]["review"]["notes"] == ["ask “Lisbon” <soon>"]
    assert by_id[DRONES.id]["review"]["corrected"] == ["strength"]
    assert "review" not in by_id[ANALYSIS.agreements[-1].id]
    assert PORT.id not in by_id


def test_a_calendar_has_the_deadlines_as_days() -> None:
    text = rendered(OutputFormat.ICALENDAR, [reviewed(), hostile("Tricky; title, with \\ and a “quote”" + "é" * 90)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    events = list(calendar.walk("VEVENT"))
    assert len(events) == 1  # the sample's deadlines have no bounds
    (event,) = events
    assert event.decoded("dtstart") == date(2027, 1, 1)
    assert event.decoded("dtend") == date(2028, 1, 1)
    assert str(event["summary"]).startswith("Tricky; title, with \\ and a “quote”é")
    assert f"alliance-tui {__version__}" in str(event["description"])


def test_ris_is_read_back() -> None:
    (item,) = rispy.loads(rendered(OutputFormat.RIS, [hostile("A\nTitle  - of two lines")]))
    assert item["title"] == "A Title - of two lines"
    assert item["urls"] == ["https://example.org/a?b=1&c"]
    assert item["date"] == "2026/03/02"
    assert item["publisher"] == "Wire"
    assert __version__ in item["notes"][0]


def test_bibtex_is_read_back() -> None:
    text = rendered(OutputFormat.BIBTEX, [hostile(r"50% of {A} & \b, $5_000 #1"), reviewed()])
    library = bibtexparser.entrypoint.parse_string(text)
    assert not library.failed_blocks
    first, second = library.entries
    assert first["title"] == r"{50\% of \{A\} \& \textbackslash{}b, \$5\_000 \#1}"
    assert first["url"] == "https://example.org/a?b=1&c"
    assert "reviewed by: ada" in second["note"]


def test_csl_has_title_date_and_address() -> None:
    news, other = json.loads(rendered(OutputFormat.CSL, [reviewed(), hostile("Title")]))
    assert (news["type"], other["type"]) == ("article-newspaper", "report")
    assert other["issued"] == {"date-parts": [[2026, 3, 2]]}
    assert other["URL"] == "https://example.org/a?b=1&c"
    assert "path" not in json.dumps(news)
    assert str(DOCUMENT.path) not in json.dumps(news)


def test_follow_the_money_links_agreements_to_parties_and_document() -> None:
    entities = [json.loads(line) for line in rendered(OutputFormat.FOLLOW_THE_MONEY).splitlines()]
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    for entity in entities:
        assert all(
            isinstance(value, str) and "\n" not in value for values in entity["properties"].values() for value in values
        )
    events = [entity for entity in entities if entity["schema"] == "Event"]
    assert len(events) == len(reviewed().analysis.agreements)
    for event in events:
        assert [by_id[identifier]["properties"]["name"] for identifier in event["properties"].get("involved", [])]
        assert by_id[event["properties"]["proof"][0]]["schema"] == "PlainText"


def test_follow_the_money_keeps_to_its_schemata() -> None:
    model = pytest.importorskip("followthemoney").model
    for line in rendered(OutputFormat.FOLLOW_THE_MONEY, [reviewed(), hostile("Title")]).splitlines():
        value = json.loads(line)
        schema = model.get(value["schema"])
        assert schema
        for name, values in value["properties"].items():
            prop = schema.get(name)
            assert prop, (schema.name, name)
            assert all(prop.type.validate(each) for each in values if prop.type.name != "entity"), (name, values)


def test_a_corrected_value_that_the_text_does_not_say_is_exported_as_a_value() -> None:
    corrected = correct_field(ANALYSIS, DRONES, "amounts", "2.9 billion dollars; 7 drones", VALUE_READERS)
    corrected = correct_field(ANALYSIS, corrected, "deadline", "2033", VALUE_READERS)
    step = begin_step(DOCUMENT, "ada")
    entries = [
        *steps.correct(step, DRONES, corrected, "amounts"),
        *steps.correct(step, DRONES, corrected, "deadline"),
    ]
    seen = review_analysis(ANALYSIS, entries, "ada")
    (row,) = (row for row in csv.DictReader(rendered(OutputFormat.CSV, [seen]).splitlines()) if row["id"] == DRONES.id)
    assert row["amounts"] == "2,900,000,000 USD; 7 drones"
    memo = lxml.html.fromstring(rendered(OutputFormat.HTML, [seen]))
    cells = [cell.text_content() for cell in memo.iter("td")]
    assert "2033" in cells
    assert typed_value(corrected, "amounts") == "2,900,000,000 USD; 7 drones"


def test_brat_quotes_the_text() -> None:
    identifiers = set()
    for line in rendered(OutputFormat.BRAT).splitlines():
        identifier, kind, *rest = line.split("\t")
        assert identifier not in identifiers
        identifiers.add(identifier)
        if identifier.startswith("T"):
            fragments = [tuple(map(int, each.split())) for each in kind.split(" ", 1)[1].split(";")]
            assert " ".join(DOCUMENT.text[start:end] for start, end in fragments) == rest[0]
        elif identifier.startswith("A"):
            assert kind.split()[1] in identifiers


def test_a_file_of_brat_is_on_one_text() -> None:
    with pytest.raises(UsageError, match="on one text"):
        rendered(OutputFormat.BRAT, [reviewed(), hostile("Another")])


def test_training_examples_are_judged_records_in_their_paragraphs() -> None:
    examples = [
        json.loads(line) for line in rendered(OutputFormat.TRAINING, [reviewed(), reviewed("rejected")]).splitlines()
    ]
    assert [example["answer"] for example in examples] == ["accept", "accept", "reject"]
    for example in examples:
        quotes = {span["label"]: example["text"][span["start"] : span["end"]] for span in example["spans"]}
        record = next(each for each in ANALYSIS.agreements if each.id == example["meta"]["record"])
        assert quotes == {"agreement": record.evidence.quote, "trigger": record.trigger.quote}


def test_a_memo_in_html_links_evidence_and_rows_and_loads_nothing() -> None:
    page = lxml.html.fromstring(rendered(OutputFormat.HTML, [reviewed(), hostile("<script>alert(1)</script>")]))
    identifiers = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(identifiers) == len(set(identifiers))
    links = [each.get("href") for each in page.iter("a") if each.get("href")]
    assert links
    assert all(link[1:] in identifiers for link in links)
    assert not list(page.iter("script", "img", "link", "iframe"))
    assert not [each for each in page.iter() if each.get("src")]
    text = page.text_content()
    assert DOCUMENT.text.splitlines()[1].replace(" ", "")[:60] in text.replace(" ", "")
    assert "ask “Lisbon” <soon>" in text
    assert "<script>alert(1)</script>" in text
    assert len(list(page.iter("rect"))) == 1
    marked = "".join(each.text_content() for each in page.iter("mark"))
    assert CENTRE.evidence.quote in marked


def test_a_memo_in_word_is_read_back() -> None:
    content = render_bytes([reviewed(), hostile("A \x0b strange title")], OutputFormat.DOCX)
    word = docx.Document(io.BytesIO(content))
    first = word.tables[0]
    assert [cell.text for cell in first.rows[0].cells][:3] == ["No.", "Strength", "Undertaking"]
    assert first.rows[1].cells[2].text == CENTRE.title
    paragraphs = [paragraph.text for paragraph in word.paragraphs]
    assert f"“{CENTRE.evidence.quote}”" in paragraphs
    assert "Note: ask “Lisbon” <soon>" in paragraphs
    assert any("reviewed by: ada" in paragraph for paragraph in paragraphs)
    xml = word.element.xml
    anchors, bookmarks = re.findall(r'w:anchor="(\w+)"', xml), re.findall(r'w:name="(d\d+\w+)"', xml)
    assert len(bookmarks) == len(set(bookmarks)) == len(anchors)
    assert set(anchors) == set(bookmarks)
    marked = "".join(run.text for each in word.paragraphs for run in each.runs if run.font.highlight_color)
    assert CENTRE.evidence.quote in marked
    assert xml.count('w:fill="D98200"') == 12  # the months of 2027


def test_a_word_memo_has_the_whole_text_and_bars_over_many_years() -> None:
    document = Document.from_text("A will do x by 2030.\n\nB will do y\nby 2099.\n", title="Long")
    records = tuple(
        replace(record, deadline=replace(record.deadline, earliest=first, latest=last))
        for record, first, last in (
            (
                builders.agreement(document, "x", "A will do x", "do", deadline=("2030", "2030")),
                "2030-01-01",
                "2030-12-31",
            ),
            (
                builders.agreement(document, "y", "B will do y\nby", "do", deadline=("2099", "2099")),
                "2031-01-01",
                "2099-12-31",
            ),
        )
        if record.deadline
    )
    memo = render_bytes([ReviewedAnalysis(Analysis(document, (), records, "test", "test"))], OutputFormat.DOCX)
    word = docx.Document(io.BytesIO(memo))
    paragraphs = [paragraph.text for paragraph in word.paragraphs]
    text = paragraphs[paragraphs.index("Text") + 1 :]
    assert text[:3] == ["A will do x1 by 2030.", "B will do y", "by2 2099."]
    chart = word.tables[1]
    assert len(chart.columns) <= 13
    assert ["D98200" in cell._tc.xml for cell in chart.rows[1].cells][1:3] == [True, False]
    assert all("D98200" in cell._tc.xml for cell in chart.rows[2].cells[1:])


def check_annotation(value: dict[str, object]) -> None:
    """Check what the Web Annotation Data Model asks of an annotation."""
    assert value["type"] == "Annotation"
    assert str(value["id"]).startswith("urn:")
    target = value["target"]
    assert isinstance(target, dict)
    if target.get("type") == "SpecificResource":
        quote, position = target["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert DOCUMENT.text[position["start"] : position["end"]] == quote["exact"]
        assert DOCUMENT.text[: position["start"]].endswith(quote["prefix"])
        assert DOCUMENT.text[position["end"] :].startswith(quote["suffix"])
    assert isinstance(value["body"], list)
    for body in value["body"]:
        assert body["type"] == "TextualBody"
        assert body["value"]


def test_records_are_annotations_of_their_quotes() -> None:
    page = json.loads(rendered(OutputFormat.ANNOTATION))
    assert page["@context"] == CONTEXT
    assert sum("record" in item for item in page["items"]) == len(reviewed().analysis.agreements)
    for item in page["items"]:
        check_annotation(item)
    first = page["items"][0]
    assert first["creator"] == {"type": "Person", "name": "ada"}
    assert first["record"]["provenance"]["program"] == f"alliance-tui {__version__}"
    assert {body["purpose"] for body in first["body"]} == {"describing", "tagging", "commenting"}


OA, RDF_VALUE = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def annotation_context(url: str, _: object) -> dict[str, object]:
    """The terms of the W3C's context that annotations use, as in the Web Annotation Vocabulary; no other is loaded."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    context = json.loads(Path("tests/fixtures/anno.jsonld").read_text())
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}


@pytest.mark.parametrize("what", ["records", "log"])
def test_annotations_have_the_shape_of_the_w3c_data_model_when_a_processor_of_json_ld_reads_them(what: str) -> None:
    step = begin_step(DOCUMENT, "ada")
    entries = [*log(), *steps.tag(step, [document_target(), passage_target(DOCUMENT, 0, 17)], "navy")]
    seen = review_analysis(ANALYSIS, entries, "ada")
    text = rendered(OutputFormat.ANNOTATION, [seen]) if what == "records" else "".join(entries_to_annotations(entries))
    (page,) = pyld.jsonld.expand(json.loads(text), {"documentLoader": annotation_context})
    assert page["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollectionPage"]
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == len(json.loads(text)["items"])
    for item in items["@list"]:
        assert item["@type"] == [f"{OA}Annotation"]
        assert item["@id"].startswith("urn:")
        (motivation,) = item[f"{OA}motivatedBy"]
        assert motivation["@id"].startswith(OA)
        (target,) = item[f"{OA}hasTarget"]
        if target["@type"] == [f"{OA}SpecificResource"]:
            quote, position = target[f"{OA}hasSelector"]
            assert (quote["@type"], position["@type"]) == ([f"{OA}TextQuoteSelector"], [f"{OA}TextPositionSelector"])
            start, end = (position[f"{OA}{name}"][0] for name in ("start", "end"))
            assert start["@type"] == end["@type"] == "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
            assert DOCUMENT.text[start["@value"] : end["@value"]] == quote[f"{OA}exact"][0]["@value"]
        for body in item[f"{OA}hasBody"]:
            assert body["@type"] == [f"{OA}TextualBody"]
            assert body[f"{OA}hasPurpose"][0]["@id"].startswith(OA)
            assert body[RDF_VALUE][0]["@value"]
    assert pyld.jsonld.to_rdf(page)


def test_entries_come_back_from_annotations_unchanged() -> None:
    entries = log()
    text = "".join(entries_to_annotations(entries))
    for item in json.loads(text)["items"]:
        check_annotation(item)
    assert parse_annotations(text, "ada.jsonld") == handed_on(entries)
    assert "".join(entries_to_annotations(parse_annotations(text, "ada.jsonld"))) == text


def test_the_log_comes_back_from_an_export_of_records_but_for_what_is_not_exported() -> None:
    on_exported = [entry for entry in log() if entry.target.id != PORT.id]
    seen = select_records(review_analysis(ANALYSIS, on_exported, "ada"))
    text = rendered(OutputFormat.ANNOTATION, [seen])
    assert parse_annotations(text, "ada.jsonld") == handed_on(on_exported)
    expected = [json.loads(encode_entry(entry)) for entry in handed_on(on_exported)]
    assert json.loads(rendered(OutputFormat.JSONL, [seen]))["log"] == expected
    assert PORT.id not in rendered(OutputFormat.ANNOTATION)


def test_notes_and_tags_of_document_entities_and_passages_are_handed_on() -> None:
    step = begin_step(DOCUMENT, "ada")
    portugal = next(each for each in ANALYSIS.entities if each.name == "Portugal")
    entries = [
        *steps.write_note(step, document_target(), "read the annex"),
        *steps.tag(step, [entity_target(DOCUMENT, portugal), passage_target(DOCUMENT, 0, 17)], "navy"),
    ]
    seen = review_analysis(ANALYSIS, entries, "ada")
    marks = json.loads(rendered(OutputFormat.JSON, [seen]))["marks"]
    assert marks["document"]["notes"] == ["read the annex"]
    assert marks["entities"][portugal.id]["tags"] == ["navy"]
    assert [(each["start"], each["quote"], each["tags"]) for each in marks["passages"]] == [
        (0, DOCUMENT.text[:17], ["navy"])
    ]
    assert parse_annotations(rendered(OutputFormat.ANNOTATION, [seen]), "ada.jsonld") == handed_on(entries)
    lines = ["Note: read the annex", "Portugal: #navy", f"“{DOCUMENT.text[:17]}”: #navy"]
    page = lxml.html.fromstring(rendered(OutputFormat.HTML, [seen]))
    assert [each.text_content().strip() for each in page.iter("li")][:3] == lines


@pytest.mark.parametrize(
    "output_format", [OutputFormat.JSON, OutputFormat.CSV, OutputFormat.MARKDOWN, OutputFormat.ICALENDAR]
)
def test_each_export_says_what_made_it(output_format: OutputFormat) -> None:
    text = rendered(output_format, [hostile("Title")]).replace("\r\n ", "").replace("\\", "")
    assert all(words in text for words in (__version__, "test", MANUAL))


def test_the_version_of_the_manual_is_that_of_the_annotation_guide() -> None:
    heading = Path("tests/quality/annotation-guide.md").read_text().partition("\n")[0]
    assert heading.lower().removeprefix("# ").replace(", version", "") == MANUAL


def test_annotations_of_other_programs_are_notes_and_tags_on_their_passage() -> None:
    quote = "a joint centre for undersea cables"
    other = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/1",
        "type": "Annotation",
        "creator": "https://example.org/ben",
        "body": [{"type": "TextualBody", "value": "why?"}, {"value": "cables", "purpose": "tagging"}],
        "target": {
            "source": "https://example.org/accord",
            "selector": {"type": "RangeSelector", "refinedBy": {"type": "TextQuoteSelector", "exact": quote}},
        },
    }
    entries = parse_annotations(json.dumps(other), "ben.jsonld", DOCUMENT)
    seen = review_analysis(ANALYSIS, entries)
    assert [passage.quote for passage in seen.passages] == [quote]
    assert seen.passages[0].marks.notes == ("why?",)
    assert seen.passages[0].marks.tags == ("cables",)
    with pytest.raises(LibraryError, match="name the document with --document"):
        parse_annotations(json.dumps(other), "ben.jsonld")


@pytest.mark.parametrize("text", ["[1]", "{}", '{"type": "Annotation"}', "no json"])
def test_what_is_no_annotation_is_refused(text: str) -> None:
    with pytest.raises(LibraryError, match=r"x\.jsonld"):
        parse_annotations(text, "x.jsonld", DOCUMENT)


@pytest.mark.parametrize("output_format", [each for each in OutputFormat if each is not OutputFormat.DOCX])
def test_the_same_export_is_the_same_text(output_format: OutputFormat) -> None:
    documents = [reviewed()]
    assert rendered(output_format, documents) == rendered(output_format, documents)


def test_csv_has_what_the_reader_did_and_the_columns_that_are_asked_for() -> None:
    rows = list(csv.DictReader(rendered(OutputFormat.CSV).splitlines()))
    centre, drones = (next(row for row in rows if row["id"] == record.id) for record in (CENTRE, DRONES))
    assert (centre["judgement"], centre["reviewer"], centre["tags"]) == ("accepted", "ada", "sea")
    assert (centre["note"], centre["corrected"], drones["corrected"]) == ("ask “Lisbon” <soon>", "", "strength")
    assert centre["reviewed"].startswith("20")
    columns = ("note", "title", "judgement")
    chosen = "".join(render([reviewed()], OutputFormat.CSV, columns=columns)).splitlines()
    assert chosen[0] == '"note","title","judgement"'
    assert f'"ask “Lisbon” <soon>","{CENTRE.title}","accepted"' in chosen


def test_tables_for_people_have_the_columns_that_are_asked_for() -> None:
    columns = ("strength", "title", "judgement")
    lines = "".join(render([reviewed()], OutputFormat.MARKDOWN, columns=columns)).splitlines()
    assert lines[:2] == ["| strength | title | judgement |", "| --- | --- | --- |"]
    assert f"| agreed | {CENTRE.title} | accepted |" in lines
    table = "".join(render([reviewed()], OutputFormat.TABLE, columns=columns, width=60)).splitlines()
    assert table[0].split() == list(columns)
    assert all(len(line) <= 60 for line in table)


def test_a_note_that_looks_like_a_formula_is_inert_in_a_spreadsheet() -> None:
    step = begin_step(DOCUMENT, "@ada")
    entries = [
        *steps.write_note(step, record_target(DOCUMENT, CENTRE), "=cmd|' /C calc'!A0"),
        *steps.tag(step, [record_target(DOCUMENT, CENTRE)], "-1+1"),
    ]
    lines = rendered(OutputFormat.CSV, [review_analysis(ANALYSIS, entries, "@ada")]).splitlines()
    row = next(each for each in csv.DictReader(lines) if each["id"] == CENTRE.id)
    assert [row[name][0] for name in ("note", "tags", "reviewer")] == ["'"] * 3
