"""Undertakings of documents that are in no library."""

from __future__ import annotations

from msgspec.structs import replace

from alliance_tui.overviews.undertakings import field_of, parties_of, register_of
from alliance_tui.records import Domain
from tests.overviews.builders import TODAY, undertaking
from tests.support import builders
from tests.support.linked_documents import fact_sheet, statement


def test_agreements_of_one_document_are_undertakings_of_their_own() -> None:
    rows = register_of([statement()], TODAY)
    assert [row.statements[0].position for row in rows] == [0, 1, 2, 3]
    assert rows[0].due is not None and rows[0].due.latest == "2031-12-31"


def test_agreements_of_several_documents_are_linked() -> None:
    rows = register_of([statement(), fact_sheet()], TODAY)
    assert sorted(row.documents for row in rows) == [1, 1, 2, 2, 2]
    assert rows == sorted(
        rows, key=lambda row: (row.statements[0].date, row.statements[0].document, row.statements[0].position)
    )


def test_copies_of_one_text_keep_their_own_statements() -> None:
    copy = replace(statement(), document=replace(statement().document, title="Copy"))
    rows = register_of([statement(), copy], TODAY)
    assert {each.document for row in rows for each in row.statements} == {0, 1}


def test_other_records_are_no_undertakings() -> None:
    kinds = [record.kind for record in builders.analysis().agreements]
    assert len(register_of([builders.analysis()], TODAY)) == kinds.count(kinds[0].AGREEMENT) < len(kinds)


def test_parties_and_field_are_those_of_the_first_statement_that_has_any() -> None:
    row = undertaking("x", "2029-01-01", parties="Norland, Westmark, Norland", domain=Domain.SPACE)
    assert (parties_of(row), field_of(row)) == (("Norland", "Westmark"), "space")
    bare = undertaking("x", "2029-01-01", parties="", domain=None)
    assert (parties_of(bare), field_of(bare)) == ((), "")
