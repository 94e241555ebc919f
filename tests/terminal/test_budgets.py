"""How many bytes each action may cost on the seed article: what a reader behind a slow line waits for."""

from __future__ import annotations

from statistics import median, quantiles

import pytest
from pseudoterminal import BACKSPACE, ESCAPE, PAGE_DOWN, TAB, Terminal

from conftest import Home, analysed

pytestmark = [pytest.mark.pty, pytest.mark.model]

QUERIES = ("dicsa", "kishda", "comand", "japan", "australia", "budget", "engine", "moon")
# 120×40 has two and a half times the cells of 80×24.
LARGER = 2.5


@pytest.fixture(scope="module", params=[(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def session(known_home: Home, request: pytest.FixtureRequest) -> tuple[Terminal, float]:
    """The explorer with the article open, and how many times an 80×24 terminal it is."""
    columns, lines = request.param
    with known_home.explorer(columns=columns, lines=lines) as terminal:
        terminal.wait_for("Prime Minister")
        analysed(terminal)
        terminal.start_size = len(terminal.raw)
        yield terminal, 1.0 if columns == 80 else LARGER


def test_the_start(session: tuple[Terminal, float]) -> None:
    terminal, scale = session
    assert terminal.start_size <= 20_000 * scale


def test_a_page_of_text(session: tuple[Terminal, float]) -> None:
    terminal, scale = session
    sizes = [len(terminal.press(PAGE_DOWN)) for _ in range(2)]
    assert 0 < max(sizes) <= 3_000 * scale


def test_another_pane(session: tuple[Terminal, float]) -> None:
    terminal, scale = session
    sizes = [len(terminal.press(TAB)) for _ in range(3)]
    assert 0 < max(sizes) <= 2_000 * scale


def test_a_key_of_a_query(session: tuple[Terminal, float]) -> None:
    terminal, scale = session
    sizes = []
    terminal.press("/")
    for query in QUERIES:
        sizes += [len(terminal.press(key)) for key in query]
        terminal.press(BACKSPACE * len(query))
    terminal.press(ESCAPE)
    assert median(sizes) <= 1_000 * scale
    assert quantiles(sizes, n=20)[-1] <= 2_048 * scale


def test_nothing_is_sent_while_nothing_happens(session: tuple[Terminal, float]) -> None:
    terminal, _ = session
    terminal.settle(0.5)
    assert terminal.read(5) is None
    terminal.press("/")
    terminal.settle(0.5)
    assert terminal.read(5) is None
    terminal.press(ESCAPE)
