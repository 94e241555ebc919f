"""Frame diffs make a terminal show exactly what a full repaint would, in fewer bytes."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from alliance_tui.terminal.cells import (
    DEFAULT_PEN,
    Pen,
    has_certain_width,
    pen_transition,
    split_cells,
    to_pen,
    visible_on_blank,
)
from alliance_tui.terminal.frame_diff import Frame

WIDTH, HEIGHT = 24, 6

texts = st.text(alphabet="ab    \u2500\u00a0岸田条é█“😀\u0308\u0301|", min_size=1, max_size=30)
blanks = st.integers(1, WIDTH).map(lambda width: " " * width)
styles = st.builds(
    Style,
    bold=st.booleans() | st.none(),
    underline=st.booleans() | st.none(),
    reverse=st.booleans() | st.none(),
    color=st.sampled_from([None, "red", "bright_blue", "#102030", "color(99)"]),
    bgcolor=st.sampled_from([None, "green", "#405060"]),
)
pieces = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), texts | blanks, styles)
frames = st.lists(pieces, max_size=8)


class Emulated:
    """pyte as a terminal, without line wrap as Textual has it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def cells(self) -> list[list[object]]:
        """Each cell as a reader sees it: no colour of writing where nothing is written."""
        seen: list[list[object]] = []
        for y in range(HEIGHT):
            line: list[object] = []
            for x in range(WIDTH):
                cell = self.screen.buffer[y][x]
                if cell.data == " " and not (cell.underscore or cell.reverse):
                    cell = cell._replace(fg="default", bold=False)
                line.append(cell)
            seen.append(line)
        return seen


def to_segments(
    drawn: list[tuple[int, int, str, Style]], colours: ColorSystem | None = ColorSystem.TRUECOLOR
) -> list[tuple[int, int, tuple[str, ...], Pen]]:
    return [(x, y, split_cells(text, False), to_pen(style, colours)) for x, y, text, style in drawn]


def full_repaint(frame: Frame) -> Emulated:
    """A fresh terminal on which every cell of the frame is written in its place."""
    terminal = Emulated()
    for y, (cells, pens) in enumerate(frame.rows):
        for x, (cell, pen) in enumerate(zip(cells, pens, strict=True)):
            if cell:
                terminal.stream.feed(f"\x1b[{y + 1};{x + 1}H{pen_transition(DEFAULT_PEN, pen)}{cell}\x1b[m")
    return terminal


@settings(max_examples=150, deadline=None)
@given(st.lists(frames, min_size=1, max_size=6))
def test_the_differences_add_up_to_a_full_repaint(session: list[list[tuple[int, int, str, Style]]]) -> None:
    frame, terminal = Frame(WIDTH, HEIGHT), Emulated()
    for drawn in session:
        terminal.stream.feed(frame.draw(to_segments(drawn)))
        assert terminal.cells() == full_repaint(frame).cells()


@settings(max_examples=100, deadline=None)
@given(frames)
def test_what_is_shown_already_is_not_written_again(drawn: list[tuple[int, int, str, Style]]) -> None:
    frame = Frame(WIDTH, HEIGHT)
    frame.draw(to_segments(drawn))
    rows = [(y, row[0], row[1]) for y, row in enumerate(frame.rows)]
    again = [
        (x, y, (cell,), pen) for y, cells, pens in rows for x, (cell, pen) in enumerate(zip(cells, pens, strict=True))
    ]
    kept = [piece for piece in again if piece[2] != ("",)]
    wide = {(x, y) for x, y, cell, _ in again if cell == ("",)}
    assert frame.draw([piece for piece in kept if (piece[0] + 1, piece[1]) not in wide]) == ""


@settings(max_examples=100, deadline=None)
@given(frames)
def test_a_wide_character_is_always_whole(drawn: list[tuple[int, int, str, Style]]) -> None:
    frame = Frame(WIDTH, HEIGHT)
    frame.draw(to_segments(drawn))
    for cells, _ in frame.rows:
        assert cells[0] != ""
        for x, cell in enumerate(cells):
            wide = len(split_cells(cell, False)) == 2 if cell else False
            assert wide == (x + 1 < WIDTH and cells[x + 1] == "")


@given(st.text(alphabet=st.characters(exclude_categories=[])), st.booleans())
def test_no_cell_holds_what_a_terminal_obeys(text: str, ascii_only: bool) -> None:
    written = "".join(split_cells(text, ascii_only))
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in written)
    assert not set(written) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u2028")
    assert written.isascii() or not ascii_only


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_a_text_has_as_many_cells_in_ascii(text: str) -> None:
    assert len(split_cells(text, True)) == len(split_cells(text, False))


@given(styles, styles)
def test_a_change_of_pen_is_never_longer_than_starting_afresh(one: Style, other: Style) -> None:
    before, after = to_pen(one, ColorSystem.TRUECOLOR), to_pen(other, ColorSystem.TRUECOLOR)
    assert len(pen_transition(before, after)) <= len(pen_transition(Pen(("21",)), after))


@given(styles)
def test_without_colours_a_pen_has_attributes_alone(style: Style) -> None:
    pen = to_pen(style, None)
    assert (pen.foreground, pen.background) == ("", "")
    assert pen.attributes == to_pen(style, ColorSystem.TRUECOLOR).attributes


@pytest.mark.parametrize(
    ("colours", "foreground"),
    [(ColorSystem.STANDARD, "31"), (ColorSystem.EIGHT_BIT, "38;5;196"), (ColorSystem.TRUECOLOR, "38;2;255;0;10")],
)
def test_colours_are_those_that_the_terminal_has(colours: ColorSystem, foreground: str) -> None:
    pen = to_pen(Style(color="#ff000a"), colours)
    assert pen.foreground == foreground or (colours is ColorSystem.STANDARD and pen.foreground in ("31", "91"))


@pytest.mark.parametrize(
    ("colour", "number"),
    [("#ff0000", 196), ("#000000", 16), ("#5fafff", 75), ("#ffffff", 231), ("#080808", 232), ("#949494", 246)],
)
def test_a_colour_that_every_terminal_has_by_number_is_sent_by_its_number(colour: str, number: int) -> None:
    assert to_pen(Style(color=colour), ColorSystem.TRUECOLOR).foreground == f"38;5;{number}"
    assert to_pen(Style(bgcolor=colour), ColorSystem.TRUECOLOR).background == f"48;5;{number}"


def test_a_blank_has_no_colour_of_writing_unless_a_line_is_drawn_on_it() -> None:
    red = to_pen(Style(color="red", bgcolor="blue", bold=True), ColorSystem.STANDARD)
    assert visible_on_blank(red) == Pen(background="44")
    underlined = to_pen(Style(color="red", underline=True), ColorSystem.STANDARD)
    assert visible_on_blank(underlined) == underlined


def test_a_changed_character_costs_a_few_bytes() -> None:
    frame = Frame(80, 24)
    frame.draw([(0, 5, split_cells("the parties agree on a body", False), DEFAULT_PEN)])
    assert frame.draw([(0, 5, split_cells("the parties agree on a bond", False), DEFAULT_PEN)]) == "\x1b[2Dnd"


def test_a_short_stretch_between_two_changes_is_written_again() -> None:
    frame = Frame(80, 24)
    frame.draw(
        [(0, 0, split_cells("a--b", False), DEFAULT_PEN), (0, 1, split_cells("a----------b", False), DEFAULT_PEN)]
    )
    assert frame.draw([(0, 0, split_cells("x--y", False), DEFAULT_PEN)]) == "\x1b[1Hx--y"
    assert frame.draw([(0, 1, split_cells("x----------y", False), DEFAULT_PEN)]) == "\x1b[2Hx\x1b[10Cy"


@pytest.mark.parametrize("cell", ["u\u0308", "😀"])
def test_after_a_cell_on_whose_width_terminals_differ_the_cursor_is_placed_anew(cell: str) -> None:
    assert not has_certain_width(cell)
    frame = Frame(80, 24)
    frame.draw([(0, 0, split_cells(f"{cell}a", False), DEFAULT_PEN)])
    assert frame.draw(
        [(0, 0, split_cells(f"{cell}b", False), DEFAULT_PEN), (0, 1, split_cells(f"{cell}b", False), DEFAULT_PEN)]
    ).endswith(f"{cell}\x1b[2;{len(split_cells(cell, False)) + 1}Hb")


def test_a_long_blank_is_erased_and_not_written() -> None:
    frame = Frame(80, 24)
    frame.draw([(0, 0, split_cells("x" * 30, False), DEFAULT_PEN)])
    assert frame.draw([(0, 0, split_cells("y" + " " * 29, False), DEFAULT_PEN)]) == "\x1b[1Hy\x1b[29X"


def test_blanks_up_to_the_right_edge_are_erased_in_fewer_bytes() -> None:
    frame, terminal = Frame(WIDTH, HEIGHT), Emulated()
    for text in ("x" * WIDTH, "y".ljust(WIDTH)):
        sequence = frame.draw(to_segments([(0, 0, text, Style())]))
        terminal.stream.feed(sequence)
    assert sequence == "\x1b[1Hy\x1b[K"
    assert terminal.cells() == full_repaint(frame).cells()


def test_blanks_between_erased_words_are_erased_with_them() -> None:
    frame = Frame(80, 24)
    frame.draw([(0, 0, split_cells("treaty" + " " * 40 + "2031", False), DEFAULT_PEN)])
    assert frame.draw([(0, 0, split_cells(" " * 50, False), DEFAULT_PEN)]) == "\x1b[1H\x1b[50X"


def test_many_blanks_before_text_are_erased_and_skipped() -> None:
    frame, terminal = Frame(WIDTH, HEIGHT), Emulated()
    for text in ("abcdefghijklmnopqrstuvwx", "a                    b  ", " " * 22 + "c "):
        sequence = frame.draw(to_segments([(0, 0, text, Style())]))
        terminal.stream.feed(sequence)
        assert terminal.cells() == full_repaint(frame).cells()
        assert " " * 11 not in sequence


def test_a_coloured_blank_is_written_where_the_terminal_would_erase_to_another_colour() -> None:
    blue = Pen(background="44")
    assert "\x1b[20X" in Frame(80, 24).draw([(0, 0, (" ",) * 20, blue)])
    assert " " * 20 in Frame(80, 24, back_colour_erase=False).draw([(0, 0, (" ",) * 20, blue)])


def test_underlined_blanks_are_written() -> None:
    underlined = Pen(attributes=("4",))
    assert " " * 20 in Frame(80, 24).draw([(0, 0, (" ",) * 20, underlined)])


def test_the_cursor_moves_only_where_it_is_not_already() -> None:
    frame = Frame(80, 24)
    assert frame.move_cursor(3, 2) == "\x1b[3;4H"
    assert frame.move_cursor(3, 2) == ""


def redrawn_strips(frame: Frame, *lines: list[Strip]) -> list[Strip]:
    """Which strips of these lines, the first at the top, the frame has to draw."""
    placed = [
        (sum(one.cell_length for one in line[:number]), y, strip)
        for y, line in enumerate(lines)
        for number, strip in enumerate(line)
    ]
    return [strip for _, _, strip in frame.changed_strips(placed)]


def test_an_unchanged_strip_is_not_drawn_again() -> None:
    frame, left, right = Frame(WIDTH, HEIGHT), Strip([Segment("one ")]), Strip([Segment("two")])
    assert redrawn_strips(frame, [left, right]) == [left, right]
    assert redrawn_strips(frame, [left, right]) == []
    assert redrawn_strips(frame, [left], [right]) == [right]


def test_a_strip_is_drawn_again_once_anything_stood_over_a_part_of_it() -> None:
    frame, below, beside, above = Frame(WIDTH, HEIGHT), *(Strip([Segment(text)]) for text in ("below", "!", "ab"))
    assert redrawn_strips(frame, [below, beside]) == [below, beside]
    assert redrawn_strips(frame, [above]) == [above]
    assert redrawn_strips(frame, [below, beside]) == [below]
