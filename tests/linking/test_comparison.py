"""Comparisons: what several documents undertake, what only one does, and what differs."""

from __future__ import annotations

from alliance_tui.linking.comparison import Comparison, DifferingField, compare, in_order_of
from tests.support.linked_documents import fact_sheet, statement


def compared() -> Comparison:
    return compare([statement(), fact_sheet()])


def ids(comparison: Comparison) -> list[tuple[list[str], list[str]]]:
    return [
        ([each.id for each in row.statements[0]], [each.id for each in row.statements[1]]) for row in comparison.rows
    ]


def test_undertakings_of_both_documents_share_a_row_in_the_order_of_the_first() -> None:
    assert ids(compared()) == [
        (["centre"], ["centre"]),
        (["radars"], ["radars"]),
        (["drones"], ["drones"]),
        (["pilots"], []),
        ([], ["oaks"]),
    ]


def test_rows_can_be_read_in_the_order_of_the_other_document() -> None:
    rows = in_order_of(compared().rows, 1)
    assert [(row.first_in(1) or row.statements[0][0]).id for row in rows] == [
        "radars",
        "centre",
        "oaks",
        "drones",
        "pilots",
    ]


def test_what_one_document_alone_undertakes_is_said() -> None:
    comparison = compared()
    assert [[each.id for row in comparison.only_in(n) for each in row.statements[n]] for n in (0, 1)] == [
        ["pilots"],
        ["oaks"],
    ]


def test_fields_that_differ_have_the_value_of_each_document() -> None:
    rows = {row.statements[0][0].id: row for row in compared().shared()}
    assert rows["radars"].differences[DifferingField.STRENGTH] == ("planned", "committed")
    assert DifferingField.AMOUNTS not in rows["drones"].differences
    assert DifferingField.DEADLINE not in rows["centre"].differences


def test_a_shared_row_has_reasons_that_can_be_checked() -> None:
    rows = {row.statements[0][0].id: row for row in compared().shared()}
    assert {"same instrument", "both 2031", "same parties"} <= {*rows["centre"].reasons}
    assert "same figures" in rows["drones"].reasons
    assert 0.45 <= rows["radars"].confidence <= 1


def test_the_order_of_the_documents_does_not_change_what_is_linked() -> None:
    there, back = compare([statement(), fact_sheet()]), compare([fact_sheet(), statement()])
    assert {frozenset(row.statements) for row in there.shared()} == {frozenset(row.statements) for row in back.shared()}
