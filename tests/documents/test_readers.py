"""One document in every format: the same text, title and date come out, whatever the format adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliance_tui.documents import read
from alliance_tui.documents.readers.mail import unwrap
from alliance_tui.documents.readers.markdown import read_markdown
from alliance_tui.records import BlockKind, Document

FIXTURES = Path(__file__).parents[1] / "fixtures" / "documents"
FORMATS = ("md", "html", "docx", "pdf", "eml")
TITLE = "Joint Statement on the Harbour Accord"
LINES = [
    "The President of Norland and the Prime Minister of Westmark met in Port Sunlight on 3 April 2021. "
    "They welcomed the close friendship between their peoples and agreed on the measures set out below.",
    "Defence and security",
    "Coastal radars. Norland and Westmark will link their coastal radars by 2024, and will share what they show in "
    "near real-time. Norland plans to spend 3 percent of its output on defence by 2026.",
    "The two governments intend to:",
    "- establish a Joint Maritime Centre (JMC) in Port Sunlight, staffed by officers of both navies and led in turn by "
    "each of them;",
    "- upgrade the communications networks of their coast guards, namely",
    "  - the northern network, by the end of 2022, and",
    "  - the southern network, by the end of 2023; and",
    "- explore the possibility of co-producing patrol vessels.",
    "Trade and energy",
    "The ministers signed a memorandum of understanding on hydrogen. They also instructed their officials to:",
    "1. conclude the talks on fisheries within two years, and",
    "2. report on the state of the undersea cables every spring.",
    "Westmark will deliver the first of four tugs next year. The self-reliance of both economies, the ministers said, "
    "depends on well-maintained sea lanes, on long-term contracts and on a well-run customs union.",
]


def read_accord(suffix: str) -> Document:
    return read(FIXTURES / f"accord.{suffix}")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_same_paragraphs_headings_and_lists(suffix: str) -> None:
    lines = read_accord(suffix).text.split("\n")
    assert [line for line in lines if line in LINES] == LINES


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_title_and_date(suffix: str) -> None:
    document = read_accord(suffix)
    assert (document.title, document.date) == (TITLE, "2021-04-03")


@pytest.mark.parametrize("suffix", ["md", "html", "docx"])
def test_tables_come_row_by_row(suffix: str) -> None:
    assert (
        "Hydrogen harbour | 40 percent | 60 percent\nUndersea cables | 50 percent | 50 percent\n"
        in read_accord(suffix).text
    )


def test_the_source_is_read_from_the_metadata() -> None:
    assert read_accord("md").source == "https://example.org/harbour-accord"
    assert read_accord("html").source == "Norland Gazette"
    assert read_accord("eml").source == "Norland Gazette <press@example.org>"


SOURCE_BLOCKS = [
    (BlockKind.HEADING, 2, "Defence and security"),
    (BlockKind.PARAGRAPH, 0, "The two governments intend to:"),
    (BlockKind.LIST_ITEM, 0, "- upgrade the communications networks of their coast guards, namely"),
    (BlockKind.LIST_ITEM, 1, "- the northern network, by the end of 2022, and"),
    (BlockKind.LIST_ITEM, 0, "1. conclude the talks on fisheries within two years, and"),
    (BlockKind.TABLE_ROW, 0, "Undersea cables | 50 percent | 50 percent"),
]


@pytest.mark.parametrize("suffix", ["md", "html", "docx"])
def test_marked_up_formats_keep_their_structure_as_spans(suffix: str) -> None:
    document = read_accord(suffix)
    blocks = [(span.kind, span.level, document.text[span.start : span.end]) for span in document.structure]
    assert [block for block in blocks if block in SOURCE_BLOCKS] == SOURCE_BLOCKS
    covered = "".join(text for *_, text in blocks)
    assert "".join(covered.split()) == "".join(document.text.split())


def test_of_a_pdf_only_bulleted_items_are_known() -> None:
    document = read_accord("pdf")
    texts = [document.text[span.start : span.end] for span in document.structure]
    assert texts == [line.strip() for line in document.text.split("\n") if line.lstrip().startswith("- ")]
    assert [span.level for span in document.structure] == [0, 0, 1, 1, 0]
    assert {span.kind for span in document.structure} == {BlockKind.LIST_ITEM}


def test_plain_text_and_plain_messages_have_no_structure(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# Not a heading\n\n- an item\n")
    assert read(path).structure == read_accord("eml").structure == ()


def test_what_surrounds_an_article_on_its_page_is_left_out() -> None:
    text = read_accord("html").text
    for words in ("herring", "cookies", "Privacy", "Sport"):
        assert words not in text


def test_pages_are_known_and_what_they_repeat_is_left_out() -> None:
    document = read_accord("pdf")
    assert "Special edition" not in document.text
    assert "Page 1" not in document.text
    assert len(document.pages) == 4
    assert list(document.pages) == sorted(document.pages)
    assert document.page_of(document.text.index("Joint Statement")) == 1
    assert document.page_of(document.text.index("customs union")) == 3


def test_words_broken_at_line_ends_are_whole_and_compounds_keep_their_hyphen() -> None:
    text = read_accord("pdf").text
    for word in ("friendship", "between", "co-producing", "self-reliance", "well-maintained", "long-term"):
        assert word in text


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_format_is_detected_by_content_whatever_the_name(tmp_path: Path, suffix: str) -> None:
    disguised = tmp_path / "accord.bin"
    disguised.write_bytes((FIXTURES / f"accord.{suffix}").read_bytes())
    assert read(disguised).text == read_accord(suffix).text


def test_a_name_alone_makes_no_format(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.docx", "a.html", "a.eml"):
        path = tmp_path / name
        path.write_text("Norland will build a harbour.\n")
        assert read(path).text == "Norland will build a harbour.\n"


def test_a_title_has_no_marks_that_only_guide_a_layout(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: COVID-\u206019 and the Indo\u00adPacific\n---\nText.\n")
    assert read(path).title == "COVID-19 and the IndoPacific"


def test_a_plain_file_that_begins_like_front_matter_stays_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("---\ntitle: x\n---\n\n**Norland** will build.\n")
    assert read(path).text == path.read_text()


def test_a_sidecar_wins_over_what_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "accord.md").write_bytes((FIXTURES / "accord.md").read_bytes())
    (tmp_path / "accord.toml").write_text('title = "By hand"\ndate = 2020-01-01\n')
    document = read(tmp_path / "accord.md")
    assert (document.title, document.date) == ("By hand", "2020-01-01")


class TestMarkdown:
    def test_toml_front_matter_is_understood(self) -> None:
        content = read_markdown('+++\ntitle = "A title"\ndate = 2021-04-03\n+++\nText.\n')
        assert (content.title, content.date, content.text) == ("A title", "2021-04-03", "Text.\n")

    @pytest.mark.parametrize(
        ("line", "kind"),
        [("type: statement", "statement"), ("tags: remarks", "remarks"), ("tags: Asia, defence", None), ("x: y", None)],
    )
    def test_the_kind_is_its_key_or_the_only_tag(self, line: str, kind: str | None) -> None:
        assert read_markdown(f"---\ntitle: A title\n{line}\n---\nText.\n").kind == kind

    def test_front_matter_that_is_none_is_text(self) -> None:
        assert read_markdown("---\nNorland: a: b\n  - [\n---\nText.\n").title is None

    def test_marks_go_and_words_stay(self) -> None:
        content = read_markdown(
            "# *Head* `code` [link](http://x.example)\n\nOne\\\ntwo &amp; <b>three</b>\n\n> quoted\n"
        )
        assert content.text == "Head code link\n\nOne\ntwo & three\n\nquoted\n"

    def test_html_blocks_lose_their_tags_and_comments(self) -> None:
        page = "<table>\n<tr><td>One</td></tr>\n</table>\n"
        assert read_markdown(page).text == "One\n"
        assert read_markdown(f"<!-- a\nnote -->\n{page}<!-- open").text == "One\n<!-- open\n"

    def test_items_of_several_paragraphs_stay_whole(self) -> None:
        assert read_markdown("3. one\n\n   more\n\n4. two\n").text == "3. one\n\nmore\n\n4. two\n"


class TestMail:
    def test_wrapped_lines_are_joined_and_short_ones_are_not(self) -> None:
        wrapped = (
            "Norland and Westmark, whose navies have long sailed together,\nwill link radars.\n\nYours\nThe editor\n"
        )
        whole = "Norland and Westmark, whose navies have long sailed together, will link radars.\n\nYours\nThe editor\n"
        assert unwrap(wrapped) == whole
