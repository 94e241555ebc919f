"""Blocks laid out as text: each is at its span."""

from __future__ import annotations

import io

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents.limits import DEFAULT_LIMITS
from alliance_tui.documents.readers.blocks import Block, heading, lay_out, list_item, paragraph, table_row
from alliance_tui.documents.readers.docx import read_docx
from alliance_tui.records import BlockKind

texts = st.text(alphabet="ab 1.-•\n\u200b\u00ad|", max_size=12)
blocks = (
    st.builds(heading, texts, st.integers(1, 6))
    | st.builds(paragraph, texts)
    | st.builds(list_item, texts, st.integers(0, 3), st.none() | st.integers(1, 12))
    | st.builds(table_row, st.lists(texts, max_size=3))
)


@given(st.lists(blocks, max_size=8))
def test_each_block_is_at_its_span(blocks: list[Block]) -> None:
    raw = lay_out(blocks)
    kept = [block for block in blocks if any(map(str.isalnum, block.text))]
    assert [raw.text[span.start : span.end] for span in raw.structure] == [block.text for block in kept]
    assert [(span.kind, span.level) for span in raw.structure] == [(block.kind, block.level) for block in kept]


def test_items_and_rows_are_close_together_and_all_else_is_apart() -> None:
    blocks = [heading("Aims", 1), list_item("one", 0), list_item("two", 1, 3), table_row(["a", "b"]), paragraph("End.")]
    assert lay_out(blocks).text == "Aims\n\n- one\n  3. two\n\na | b\n\nEnd.\n"


def test_headings_of_word_are_known_by_the_styles_that_theirs_is_based_on_and_may_have_numbers() -> None:
    document = docx.Document()
    document.styles.add_style("Chapter", 1).base_style = document.styles["Heading 2"]
    document.add_paragraph("Harbours", "Chapter")
    numbered = document.add_paragraph("Radars", "Heading 1")
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", "0"), ("w:numId", "1")):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        numbering.append(element)
    numbered._p.get_or_add_pPr().append(numbering)
    file = io.BytesIO()
    document.save(file)
    raw = read_docx(file.getvalue(), DEFAULT_LIMITS)
    assert [(span.kind, span.level) for span in raw.structure] == [(BlockKind.HEADING, 2), (BlockKind.HEADING, 1)]
    assert raw.text.startswith("Harbours\n\n")
    assert raw.text.endswith(" Radars\n")
