"""Segments of a document whose source marks up headings and tables."""

from __future__ import annotations

from alliance_tui.extraction.layout.segments import Segment, SegmentKind, segment
from alliance_tui.records import BlockKind, BlockSpan

TITLE = "Joint Statement on the Harbour Accord"
PROSE = "Norland and Westmark met in Port Sunlight and agreed on the measures that are set out below."
SENTENCE = "We will link our radars along the coast"
LAST = "Norland will build a harbour next year, and Westmark will pay for it."


def segments(*blocks: tuple[str, BlockKind], marked: bool = True) -> list[Segment]:
    """The segments of these blocks, with or without their mark-up."""
    text, spans = "", []
    for words, kind in blocks:
        spans.append(BlockSpan(kind, int(kind is BlockKind.HEADING), len(text), len(text) + len(words)))
        text += words + "\n\n"
    return segment(text, spans if marked else ())


def kinds(*blocks: tuple[str, BlockKind], marked: bool = True) -> list[SegmentKind]:
    return [part.kind for part in segments(*blocks, marked=marked)]


def test_a_marked_heading_is_one_whatever_its_words() -> None:
    blocks = (
        (TITLE, BlockKind.HEADING),
        (PROSE, BlockKind.PARAGRAPH),
        (SENTENCE, BlockKind.HEADING),
        (LAST, BlockKind.PARAGRAPH),
    )
    *_, heading, paragraph = segments(*blocks)
    assert heading.kind is SegmentKind.HEADING
    assert heading.body == heading.end
    assert paragraph.section == SENTENCE
    assert SegmentKind.HEADING not in kinds(*blocks, marked=False)


def test_a_marked_heading_right_below_the_title_is_no_part_of_it() -> None:
    blocks = ((TITLE, BlockKind.HEADING), (SENTENCE, BlockKind.HEADING), (LAST, BlockKind.PARAGRAPH))
    assert kinds(*blocks) == [SegmentKind.TITLE, SegmentKind.HEADING, SegmentKind.PARAGRAPH]


def test_a_row_of_a_table_is_no_heading() -> None:
    blocks = (
        (TITLE, BlockKind.HEADING),
        (PROSE, BlockKind.PARAGRAPH),
        ("Share of Norland | Share of Westmark", BlockKind.TABLE_ROW),
        (LAST, BlockKind.PARAGRAPH),
    )
    assert kinds(*blocks)[2] is SegmentKind.PARAGRAPH
    assert kinds(*blocks, marked=False)[2] is SegmentKind.HEADING


def test_a_marked_paragraph_may_still_be_a_heading_in_bold_type_and_an_item_a_numbered_paragraph() -> None:
    numbered = f"1. {PROSE} The ministers will meet every spring to see what has been done."
    blocks = (
        (TITLE, BlockKind.PARAGRAPH),
        (PROSE, BlockKind.PARAGRAPH),
        ("Defence and Security", BlockKind.PARAGRAPH),
        (numbered, BlockKind.LIST_ITEM),
    )
    assert kinds(*blocks) == kinds(*blocks, marked=False)
    assert kinds(*blocks)[2:] == [SegmentKind.HEADING, SegmentKind.PARAGRAPH]
