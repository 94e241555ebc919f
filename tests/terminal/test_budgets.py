"""How many bytes each action may cost on the seed article: what a reader behind a slow line waits for.

A larger screen has more text to move or dim, and from 180 columns on the details of each record that gets the focus;
tests/benchmarks/README.md has the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median, quantiles
from typing import NamedTuple

import pytest

from tests.support.differential_frames import seen
from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import BACKSPACE, DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

QUERIES = ("dicsa", "kishda", "comand", "japan", "australia", "budget", "engine", "moon")
REDRAW = "\x0c"


class Budget(NamedTuple):
    """The most bytes of the start and of the answer to keys; of the keys of a query, of half and of 95 in 100."""

    start: int
    page: int
    pane: int
    query_line: int
    query_key: int
    query_key_p95: int


BUDGETS = {
    (80, 24): Budget(8_000, 2_500, 1_500, 1_500, 400, 2_048),
    (120, 40): Budget(12_000, 3_000, 2_500, 3_000, 400, 4_096),
    (200, 60): Budget(24_000, 6_000, 5_000, 5_000, 500, 8_192),
}
"""The budgets by columns and rows."""


@pytest.fixture(scope="module", params=BUDGETS, ids=lambda size: f"{size[0]}x{size[1]}")
def session(known_home: Home, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """The explorer with the article open, and nothing done yet."""
    columns, lines = request.param
    with known_home.explorer(columns=columns, lines=lines) as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)
        yield terminal


def budget(session: Terminal) -> Budget:
    return BUDGETS[session.columns, session.height]


def test_the_start(session: Terminal) -> None:
    assert 0 < len(session.raw) <= budget(session).start


def test_a_page_of_text(session: Terminal) -> None:
    sizes = [len(session.press(PAGE_DOWN)) for _ in range(2)]
    assert 0 < max(sizes) <= budget(session).page


def test_another_pane(session: Terminal) -> None:
    sizes = [len(session.press(TAB)) for _ in range(3)]
    assert 0 < max(sizes) <= budget(session).pane


def test_a_key_of_a_query(session: Terminal) -> None:
    sizes = []
    assert len(session.press("/")) <= budget(session).query_line
    for query in QUERIES:
        sizes += [len(session.press(key)) for key in query]
        session.press(BACKSPACE * len(query))
    session.press(ESCAPE)
    assert median(sizes) <= budget(session).query_key
    assert quantiles(sizes, n=20)[-1] <= budget(session).query_key_p95


def test_nothing_is_sent_while_nothing_happens(session: Terminal) -> None:
    session.settle(0.5)
    assert session.read(5) is None
    session.press("/")
    session.settle(0.5)
    assert session.read(5) is None
    session.press(ESCAPE)


def test_the_screen_is_what_a_full_repaint_shows(session: Terminal) -> None:
    session.press(TAB, ENTER, PAGE_DOWN, "/kishda", ENTER, "nf", TAB, DOWN, ENTER)
    shown = seen(session.screen)
    session.press(REDRAW)
    assert seen(session.screen) == shown
