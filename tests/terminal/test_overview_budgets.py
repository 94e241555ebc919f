"""How many bytes the register, the timeline, the matrix and a comparison cost, and that their frames are whole.

tests/benchmarks/README.md has the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.support.isolated_home import Home
from tests.support.pseudoterminal import DOWN, ESCAPE, PAGE_DOWN, TAB, Terminal
from tests.support.sample_library import fill_with_accords
from tests.terminal.test_library_budgets import assert_whole

pytestmark = pytest.mark.pty


class Budget(NamedTuple):
    """The most bytes of the opening of a screen, of a step, a page and another view on it, and of a key of a query."""

    opening: int
    step: int
    page: int
    view: int
    query_key: int


class Overview(NamedTuple):
    """The keys that open a screen from the list of documents, its heading, steps, and the keys before a query."""

    opened_by: tuple[str, ...]
    heading: str
    steps: tuple[str, ...]
    query: tuple[str, ...] = ()


IN_ROWS, IN_GRID = (DOWN, DOWN, DOWN), ("h", "l", DOWN)
"""Steps: to the next row, or to another column too."""
OVERVIEWS = {
    "register": Overview(("P",), "Register of", IN_ROWS),
    "timeline": Overview(("H",), "Timeline of", IN_GRID, ("/",)),
    "matrix": Overview(("J",), "Who undertakes", IN_GRID, ("/",)),
    "comparison": Overview((" ", "j", " ", "K"), "in both", IN_ROWS),
}
BUDGETS = {
    (80, 24): Budget(4_000, 1_000, 2_000, 2_000, 1_500),
    (120, 40): Budget(8_000, 2_500, 4_000, 4_000, 2_000),
}
"""The budgets by columns and rows."""
TYPED = "cabx"
"""A query that leaves some, then none."""


@pytest.fixture(scope="module", params=BUDGETS, ids=lambda size: f"{size[0]}x{size[1]}")
def session(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """The explorer with a library of ten documents."""
    folder = tmp_path_factory.mktemp("library")
    columns, lines = request.param
    with Home(folder).explorer("--library", str(fill_with_accords(folder)), columns=columns, lines=lines) as terminal:
        terminal.wait_for("10 documents")
        terminal.settle(0.6)
        yield terminal


@pytest.mark.parametrize("name", OVERVIEWS)
def test_a_screen_and_its_keys_cost_no_more_than_their_budget(session: Terminal, name: str) -> None:
    budget = BUDGETS[session.columns, session.height]
    overview = OVERVIEWS[name]
    *before, opens = overview.opened_by
    session.press(*before)
    before_opening = len(session.raw)
    session.press(opens)
    session.wait_for(overview.heading)
    session.settle(0.6)  # the rows are listed in a thread
    costs = {"opening": [len(session.raw) - before_opening]}
    costs["step"] = [len(session.press(key)) for key in overview.steps]
    costs["page"] = [len(session.press(PAGE_DOWN))]
    costs["view"] = [len(session.press(TAB)) for _ in range(2)]
    assert_whole(session)
    session.press(*overview.query)
    costs["query_key"] = [len(session.press(key)) for key in TYPED]
    assert_whole(session)
    session.press(*[ESCAPE] * 2, *([ESCAPE] if overview.query else []))
    session.wait_for("10 documents")
    over = {key: cost for key, cost in costs.items() if max(cost) > getattr(budget, key)}
    assert over == {}
    assert min(min(cost) for key, cost in costs.items() if key in ("opening", "view")) > 0
