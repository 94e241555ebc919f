"""Tasks that are begun ahead of their use."""

from __future__ import annotations

import pytest

from alliance_tui.read_ahead import ReadAheadQueue


@pytest.mark.parametrize("ahead", [0, 1, 3, 9])
def test_a_task_is_due_once_more_than_the_limit_are_waiting_and_all_come_in_order(ahead: int) -> None:
    queue = ReadAheadQueue[int](ahead)
    due = [list(queue.add(task)) for task in range(6)]
    assert [len(tasks) for tasks in due] == [0] * min(ahead, 6) + [1] * max(6 - ahead, 0)
    assert [task for tasks in due for task in tasks] + list(queue.drain()) == list(range(6))
    assert list(queue.drain()) == []
