"""Sanitised text is inert, and every offset stays the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents.sanitise import sanitise, sanitise_line

any_text = st.text(alphabet=st.characters(exclude_categories=()))
UNSAFE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
EVERY_CODE_POINT = "".join(map(chr, range(0x110000)))


@given(any_text)
def test_each_code_point_stays_one_code_point(text: str) -> None:
    assert len(sanitise(text)) == len(sanitise_line(text)) == len(text)


@given(any_text)
def test_sanitising_is_idempotent(text: str) -> None:
    assert sanitise(sanitise(text)) == sanitise(text)
    assert sanitise_line(sanitise_line(text)) == sanitise_line(text)


@given(any_text, any_text)
def test_each_code_point_is_sanitised_by_itself(before: str, after: str) -> None:
    assert sanitise(before + after) == sanitise(before) + sanitise(after)


def test_nothing_unsafe_is_left_of_any_code_point() -> None:
    left = set(sanitise(EVERY_CODE_POINT)) - {"\n", "\t"}
    assert not [character for character in left if unicodedata.category(character) in UNSAFE_CATEGORIES]
    assert not {chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)} & left


def test_no_bidirectional_control_is_left_of_any_code_point() -> None:
    controls = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not [c for c in set(sanitise(EVERY_CODE_POINT)) if unicodedata.bidirectional(c) in controls]


@pytest.mark.parametrize("character", "\u034f\u115f\u1160\u17b4\u180b\u180f\u2065\u3164\uffa0\ufe0f\ufff8\U000e01ef")
def test_no_default_ignorable_is_left_though_its_category_is_harmless(character: str) -> None:
    assert sanitise(character) == "␢"


def test_a_sanitised_line_breaks_nowhere() -> None:
    assert len(sanitise_line(EVERY_CODE_POINT).splitlines()) == 1
    assert "\t" not in sanitise_line(EVERY_CODE_POINT)


def test_sanitised_text_breaks_only_at_newlines() -> None:
    text = sanitise(EVERY_CODE_POINT)
    assert text.splitlines() == text.split("\n")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs", "Mc"])))
def test_what_can_be_seen_is_kept(text: str) -> None:
    fillers = "\u115f\u1160\u3164\uffa0"
    seen = "".join(character for character in text if character not in fillers)
    assert sanitise(seen) == seen


def test_every_mark_is_one_column_wide_even_in_east_asian_terminals() -> None:
    cleaned = zip(EVERY_CODE_POINT, sanitise(EVERY_CODE_POINT), strict=True)
    marks = {mark for character, mark in cleaned if mark != character} - {" "}
    assert {unicodedata.east_asian_width(mark) for mark in marks} <= {"N", "Na"}
    assert not [mark for mark in marks if unicodedata.combining(mark)]


@pytest.mark.parametrize(
    ("attack", "shown"),
    [
        ("\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇"),
        ("\x1b]0;owned\x1b\\", "␛]0;owned␛\\"),
        ("\x9b31mred", "␛31mred"),
        ("\x90q\x9c", "␛q␛"),
        ("line\r\nnext", "line \nnext"),
        ("shown\rhidden", "shown hidden"),
        ("a\x08b\x7f", "a␈b␡"),
        ("file\u202etxt.exe", "file⇄txt.exe"),
        ("\u2066a\u2069", "⇄a⇄"),
        ("DI\u200bCAS", "DI␢CAS"),
        ("\ufeffstart", "␢start"),
        ("\U000e0041\U000e007f", "␢␢"),
        ("one\u2028two\u2029three\x0bfour\x0cfive\x85six", "one␤two␤three␋four␌five␛six"),
        ("co\xadoperate", "co¬operate"),
        ("\ufff9base\ufffagloss\ufffb", "␢base␢gloss␢"),
        ("heart\u2764\ufe0f", "heart\u2764␢"),
        ("bad name \udcff", "bad name ␦"),
        ("\uf0b7 item", "‣ item"),
        ("\uf8ff\U000f0000\uffff", "␦␦␦"),
    ],
)
def test_known_attacks_show_as_marks(attack: str, shown: str) -> None:
    assert sanitise(attack) == shown


def test_newlines_and_tabs_stay_but_not_in_a_line() -> None:
    assert sanitise("a\n\tb") == "a\n\tb"
    assert sanitise_line("a\n\tb") == "a  b"


def test_accents_joined_to_their_letter_stay() -> None:
    assert sanitise("Tsu\u0308cher 岸田 Äpfel\u00a0“x”") == "Tsu\u0308cher 岸田 Äpfel\u00a0“x”"
