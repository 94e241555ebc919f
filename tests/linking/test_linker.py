"""Links and groups: one-to-one unless the links are sure."""

from __future__ import annotations

from alliance_tui.linking.linkable import linkable_records
from alliance_tui.linking.linker import (
    Link,
    RecordRef,
    link_analyses,
    link_records,
    same_groups,
    without_formulas,
)
from alliance_tui.linking.pair_features import prepare
from alliance_tui.linking.setting import Setting
from tests.support.linked_documents import fact_sheet, linked_analysis, statement


def link(first: tuple[int, int], second: tuple[int, int], confidence: float) -> Link:
    return Link(RecordRef(*first), RecordRef(*second), confidence, (f"at {confidence}",))


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


def test_what_is_linked_everywhere_is_a_formula() -> None:
    links = [link((0, 0), (number, 1), 0.9) for number in range(1, 7)]
    alone = link((0, 3), (9, 1), 0.9)
    assert without_formulas([*links, alone]) == [alone]
    assert without_formulas(links[:5]) == links[:5]


def test_documents_that_nobody_put_side_by_side_are_linked_only_where_the_words_are_the_same() -> None:
    first, second = (prepare(linkable_records(analysis)) for analysis in (statement(), fact_sheet()))
    chosen = link_records((0, first), (1, second))
    apart = link_records((0, first), (1, second), setting=Setting.APART)
    assert len(chosen) == 3
    assert set(apart) < set(chosen)


def test_documents_without_agreements_are_not_linked() -> None:
    assert link_analyses([statement(), linked_analysis("Nothing is undertaken here.", ())]) == []
