"""Links and groups: one-to-one unless the links are sure."""

from __future__ import annotations

from alliance_tui.linking.linker import Link, RecordRef, Relation, link_analyses, same_groups
from tests.support.linked_documents import fact_sheet, linked_analysis, statement


def link(first: tuple[int, int], second: tuple[int, int], confidence: float) -> Link:
    return Link(RecordRef(*first), RecordRef(*second), Relation.SAME, confidence, (f"at {confidence}",))


def members(*links: Link) -> list[list[tuple[int, ...]]]:
    return [[tuple(ref) for ref in group.members] for group in same_groups(links)]


def test_linked_records_of_three_documents_are_one_group() -> None:
    assert members(link((0, 1), (1, 4), 0.9), link((1, 4), (2, 2), 0.6)) == [[(0, 1), (1, 4), (2, 2)]]


def test_a_weak_link_adds_no_second_record_of_a_document() -> None:
    assert members(link((0, 1), (1, 4), 0.8), link((0, 1), (1, 5), 0.6)) == [[(0, 1), (1, 4)]]


def test_a_sure_link_does() -> None:
    assert members(link((0, 1), (1, 4), 0.97), link((0, 1), (1, 5), 0.95)) == [[(0, 1), (1, 4), (1, 5)]]


def test_a_group_is_as_sure_as_its_weakest_link_and_has_its_reasons() -> None:
    (group,) = same_groups([link((1, 4), (2, 2), 0.6), link((0, 1), (1, 4), 0.9)])
    assert (group.confidence, group.reasons) == (0.6, ("at 0.6",))


def test_links_are_the_same_in_every_run() -> None:
    assert link_analyses([statement(), fact_sheet()]) == link_analyses([statement(), fact_sheet()])


def test_documents_without_agreements_are_not_linked() -> None:
    assert link_analyses([statement(), linked_analysis("Nothing is undertaken here.", ())]) == []
