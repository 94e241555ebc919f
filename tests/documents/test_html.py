"""Web pages: what a browser shows is read whole, and what it shows apart stays apart."""

from __future__ import annotations

import pytest

from alliance_tui.documents.readers.html import read_html

_BEFORE = "Norland will build ports for the islands of Westmark."
_BEHIND = "Norland will build other ports for the islands of Eastmark."


def read_between(markup: str) -> list[str]:
    """Return the lines that a page shows between two paragraphs."""
    page = (
        f"<html><head><title>Ports</title></head><body><h1>Ports of Norland</h1>"
        f"<p>{_BEFORE}</p>{markup}<p>{_BEHIND}</p></body></html>"
    )
    text = read_html(page).text
    return [line for line in text[text.index(_BEFORE) + len(_BEFORE) : text.index(_BEHIND)].split("\n") if line]


@pytest.mark.parametrize(
    "item",
    [
        "<p>Build ports.</p><p>Sign it.</p>",
        "Build ports.<br>Sign it.",
        "<div>Build ports.</div><div>Sign it.</div>",
        "<h3>Build ports.</h3>Sign it.",
        "<blockquote>Build ports.</blockquote>Sign it.",
        "<table><tr><td>Build ports.</td><td>Sign it.</td></tr></table>",
    ],
)
def test_what_an_item_or_a_cell_shows_on_lines_of_its_own_is_separated_by_spaces(item: str) -> None:
    assert read_between(f"<ul><li>{item}</li><li>Other</li></ul>") == ["- Build ports. Sign it.", "- Other"]
    if "<table>" not in item:  # one in a cell gives rows of its own
        assert read_between(f"<table><tr><td>{item}</td><td>2031</td></tr></table>") == ["Build ports. Sign it. | 2031"]


@pytest.mark.parametrize(
    ("quotation", "lines"),
    [
        ("<p>Build ports.</p><p>Sign it.</p>", ["Build ports.", "Sign it."]),
        ("<div>Build ports.</div><div>Sign it.</div>", ["Build ports.", "Sign it."]),
        ("<h4>Ports</h4>Sign it.", ["Ports", "Sign it."]),
        ("They will:<ul><li>build ports</li><li>sign it</li></ul>", ["They will:", "- build ports", "- sign it"]),
    ],
)
def test_a_quotation_keeps_its_paragraphs_headings_and_lists(quotation: str, lines: list[str]) -> None:
    assert read_between(f"<blockquote>{quotation}</blockquote>") == lines


@pytest.mark.parametrize("tag", ["blockquote", "pre", "figcaption", "center", "div", "section", "address"])
def test_a_cell_keeps_what_stands_in_an_element_of_its_own(tag: str) -> None:
    table = f"<table><tr><td>First</td><td><{tag}>Build ports.</{tag}></td><td>Last</td></tr></table>"
    assert read_between(table) == ["First | Build ports. | Last"]


def test_text_behind_a_list_in_an_item_is_kept() -> None:
    assert read_between("<ul><li>They will <ul><li>build ports</li></ul> as agreed.</li></ul>") == [
        "- They will",
        "  - build ports",
        "as agreed.",
    ]


def test_an_item_that_only_holds_a_list_has_no_line_of_its_own() -> None:
    assert read_between("<ol><li><ul><li>build ports</li></ul></li></ol>") == ["  - build ports"]


def test_text_behind_a_summary_is_kept() -> None:
    assert read_between("<details><summary>The ports</summary>They will be built.</details>") == [
        "The ports",
        "They will be built.",
    ]


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_date_in_a_sentence_is_kept(tag: str) -> None:
    sentence = f'<{tag}>They met on <time datetime="2031-05-03">3 May</time> in Port Sunlight.</{tag}>'
    assert read_between(sentence) == ["They met on 3 May in Port Sunlight."]


def test_the_date_of_a_page_is_read_from_a_sentence_with_one() -> None:
    article = f"<h1>Ports</h1><p>Published on <time>3 May 2021</time>.</p><p>{_BEFORE}</p>"
    assert read_html(f"<html><body><article>{article}</article></body></html>").date == "2021-05-03"


def test_a_quotation_in_a_sentence_stays_in_it_with_its_marks() -> None:
    assert read_between("<p>They said <q>we will build ports</q> and left.</p>") == [
        "They said “we will build ports” and left."
    ]
