"""How many bytes each action may cost on the seed article: what a reader behind a slow line waits for.

The same at 120×40 as at 80×24, save for a key at which the text, two and a half times as much of it, moves or dims.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median, quantiles

import pytest

from tests.support.differential_frames import seen
from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import BACKSPACE, DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

QUERIES = ("dicsa", "kishda", "comand", "japan", "australia", "budget", "engine", "moon")
REDRAW = "\x0c"


@pytest.fixture(scope="module", params=[(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def session(known_home: Home, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """The explorer with the article open, and nothing done yet."""
    columns, lines = request.param
    with known_home.explorer(columns=columns, lines=lines) as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)
        yield terminal


def test_the_start(session: Terminal) -> None:
    assert 0 < len(session.raw) <= 20_000


def test_a_page_of_text(session: Terminal) -> None:
    sizes = [len(session.press(PAGE_DOWN)) for _ in range(2)]
    assert 0 < max(sizes) <= 3_000


def test_another_pane(session: Terminal) -> None:
    sizes = [len(session.press(TAB)) for _ in range(3)]
    assert 0 < max(sizes) <= (2_048 if session.columns == 80 else 2_500)


def test_a_key_of_a_query(session: Terminal) -> None:
    sizes = []
    assert len(session.press("/")) <= (1_500 if session.columns == 80 else 3_000)
    for query in QUERIES:
        sizes += [len(session.press(key)) for key in query]
        session.press(BACKSPACE * len(query))
    session.press(ESCAPE)
    assert median(sizes) <= 1_000
    assert quantiles(sizes, n=20)[-1] <= (2_048 if session.columns == 80 else 4_096)


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
