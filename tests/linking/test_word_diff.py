"""Word diffs."""

from __future__ import annotations

import pytest

from alliance_tui.linking.word_diff import DiffRun, Side, word_diff


def test_common_words_and_those_of_either_text_come_in_one_sequence() -> None:
    assert word_diff("They intend to link their radars", "They will link coastal radars by 2031") == [
        DiffRun(Side.BOTH, "They"),
        DiffRun(Side.FIRST, "intend to"),
        DiffRun(Side.SECOND, "will"),
        DiffRun(Side.BOTH, "link"),
        DiffRun(Side.FIRST, "their"),
        DiffRun(Side.SECOND, "coastal"),
        DiffRun(Side.BOTH, "radars"),
        DiffRun(Side.SECOND, "by 2031"),
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("The Centre", "the centre,"), ("(DICAS)", "DICAS"), ("“radar”", "radar")]
)
def test_case_and_marks_make_no_difference(first: str, second: str) -> None:
    assert word_diff(first, second) == [DiffRun(Side.BOTH, second)]


@pytest.mark.parametrize(("first", "second"), [("a b c", "c d"), ("", "a"), ("a – b", "a b")])
def test_each_text_can_be_read_from_the_runs(first: str, second: str) -> None:
    runs = word_diff(first, second)
    assert " ".join(run.words for run in runs if run.side is not Side.FIRST) == second
    assert " ".join(run.words for run in runs if run.side is not Side.SECOND).split() == first.split()
