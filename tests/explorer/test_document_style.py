"""The text is set as a document: headings, items, quotations and speakers look like themselves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from alliance_tui.explorer.rendering.document_style import QUOTE_INDENT, Block, DocumentStyle, document_style
from alliance_tui.explorer.rendering.theme import DARK, StyleRole
from alliance_tui.explorer.rendering.wrapping import WrappedRows
from alliance_tui.explorer.widgets.text_pane import MAX_LINE_WIDTH
from alliance_tui.records import BlockKind, BlockSpan, Document, EntityType
from tests.support import builders
from tests.support.pilot import app_on, driving

QUOTED = (
    "“The sea between us is what joins us, and it will join our children and their children after them when all that "
    "is said here today has long been forgotten by everyone.”"
)
STATEMENT = f"""Joint Statement on Radar
2031-03-02

Norland and Westmark met on Monday to open a new chapter of their long cooperation at sea and in the air.

DEFENCE COOPERATION

Norland and Westmark will:

- Link their coastal radars, which look out over the whole of the strait and of the waters to the north of it.
- Train crews: The two navies will train their crews together each summer in the schools of both of the countries.

{QUOTED}
"""
TRANSCRIPT = """PRESIDENT HOLM: We met today, and we agreed on a great deal that matters to both of our nations.

PRESIDENT DUARTE: I agree with that, and I would add only one thing to what has been said here just now.

PRESIDENT HOLM: Thank you all for coming, and we will see each other again in the summer in Lisbon.
"""


def styled(document: Document) -> dict[str, StyleRole]:
    """Return the styled stretches of the text with their roles."""
    return {document.text[each.start : each.end]: each.role for each in document_style(document).ranges}


def test_title_headings_markers_and_run_in_headings_are_found() -> None:
    roles = styled(builders.document(STATEMENT))
    assert roles["Joint Statement on Radar"] is StyleRole.TITLE
    assert roles["2031-03-02"] is StyleRole.MUTED
    assert roles["DEFENCE COOPERATION"] is StyleRole.HEADING
    assert roles["Train crews:"] is StyleRole.RUN_IN
    assert roles["-"] is StyleRole.MARKER


def test_who_speaks_is_found() -> None:
    roles = styled(builders.document(TRANSCRIPT))
    assert roles["PRESIDENT HOLM:"] is StyleRole.SPEAKER
    assert roles["PRESIDENT DUARTE:"] is StyleRole.SPEAKER


def test_a_heading_has_the_level_that_its_source_gives_it() -> None:
    text = "Accord\n\nPorts\n\nThe ports of both of the states will be open to all ships of the other at all times.\n"
    at = text.index("Ports")
    document = Document.from_text(
        text, title="Accord", structure=(BlockSpan(BlockKind.HEADING, 3, at, at + len("Ports")),)
    )
    assert styled(document)["Ports"] is StyleRole.SUBHEADING


def test_the_rows_of_an_item_and_of_a_quotation_are_indented() -> None:
    document = builders.document(STATEMENT)
    rows = WrappedRows(document.text, 50, style=document_style(document))
    rows.grow(10_000)
    indents = {
        document.text[start:end]: indent
        for start, end, indent in zip(rows.starts, rows.ends, rows.indents, strict=False)
    }
    first = next(row for row in indents if row.startswith("- Link"))
    later = next(row for row in indents if row.endswith("of the waters to the"))
    assert (indents[first], indents[later]) == (0, 2)
    assert {indent for row, indent in indents.items() if row and row in QUOTED} >= {QUOTE_INDENT}


@given(
    st.text(alphabet="ab 日\u0301\n", max_size=120),
    st.integers(8, 40),
    st.lists(st.tuples(st.integers(0, 119), st.integers(0, 8), st.integers(0, 8)), max_size=4),
)
def test_whatever_the_indents_are_no_row_is_too_wide_and_no_text_is_lost(
    text: str, width: int, edges: list[tuple[int, int, int]]
) -> None:
    starts = sorted({start: (indent, hanging) for start, indent, hanging in edges}.items())
    ends = [start for start, _ in starts[1:]] + [len(text)]
    blocks = tuple(
        Block(start, end, *indents) for (start, indents), end in zip(starts, ends, strict=False) if start < end
    )
    rows = WrappedRows(text, width, style=DocumentStyle(blocks))
    rows.grow(1000)
    for start, end, indent in zip(rows.starts, rows.ends, rows.indents, strict=False):
        assert indent + cell_len(text[start:end]) <= max(width, indent + 2)
    shown = "".join(text[start:end] for start, end in zip(rows.starts, rows.ends, strict=False))
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")


async def test_the_text_has_headings_in_bold_and_numbers_in_the_margin() -> None:
    async with driving(app_on(unread=[builders.document(STATEMENT)])) as drive:
        assert all(style.bold for style in drive.styles("#text", "DEFENCE COOPERATION"))
        assert drive.styles("#text", "Train crews:")[0].bold
        row = next(line for line in drive.shown("#text").splitlines() if "DEFENCE" in line)
        assert row.split() == ["4", "DEFENCE", "COOPERATION"]


async def test_a_line_is_never_longer_than_is_comfortable() -> None:
    long = builders.document("Norland and Westmark will link their radars. " * 40)
    async with driving(app_on(unread=[long]), size=(300, 40)) as drive:
        lines = [line[drive.screen.text_pane.left_margin : -2].rstrip() for line in drive.shown("#text").splitlines()]
        assert MAX_LINE_WIDTH - 10 < max(map(len, lines)) <= MAX_LINE_WIDTH


async def test_one_key_shows_what_kind_each_entity_of_the_text_is() -> None:
    async with driving() as drive:
        plain = drive.styles("#text", "Lisbon")[0]
        await drive.press("E")
        glyph = drive.app.glyphs.entities[EntityType.PERSON]
        assert f"ministers{glyph}Ana" in drive.shown("#text")
        assert drive.styles("#text", "Ana")[0].color == DARK.kind_style(EntityType.PERSON).color
        await drive.press("E")
        assert glyph not in drive.shown("#text")
        assert drive.styles("#text", "Lisbon")[0] == plain


@settings(max_examples=8, deadline=None)
@given(st.text(alphabet="ab 日“”\u0301\u05e9\u200d•-1.\n", max_size=300), st.integers(12, 130), st.booleans())
async def test_rows_of_any_text_are_as_wide_as_the_pane(text: str, width: int, types: bool) -> None:
    async with driving(app_on(unread=[builders.document(text)]), size=(width, 30)) as drive:
        if types:
            await drive.press("E")
        for strip in drive.strips("#text"):
            assert strip.cell_length == drive.screen.text_pane.size.width
