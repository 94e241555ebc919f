"""Full names in another spelling, order or form."""

from __future__ import annotations

import pytest

from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.names.full_names import FullNames

NAMES = (
    "Dmytro Kuleba",
    "Sergey Lavrov",
    "Sergei Shoigu",
    "Abdel Fattah el-Sisi",
    "Mohammed bin Salman",
    "Mohammed VI",
    "Lee Jae-myung",
    "Lee Hsien Loong",
    "Yoon Suk Yeol",
    "Kim Jong Un",
    "Kim Yong Nam",
    "Fumio Kishida",
    "Ferdinand Marcos Jr.",
    "Marco Rubio",
    "William J. Burns",
    "William Hague",
    "Mahmoud Abbas",
    "Muammar Gaddafi",
    "Deng Xiaoping",
    "Bill Clinton",
    "Mumbai",
    "Ho Chi Minh City",
)


def best(query: str) -> str | None:
    names = FullNames([folded_words(name) for name in NAMES])
    matched = names.matching(folded_words(query))
    keys = {"".join(folded_words(name)): name for name in NAMES}
    return keys[matched[0].key] if matched else None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("dmitri kuleba", "Dmytro Kuleba"),
        ("sergei lavrov", "Sergey Lavrov"),
        ("lawrow", "Sergey Lavrov"),
        ("abd al-fattah as-sisi", "Abdel Fattah el-Sisi"),
        ("muhammad ibn salman", "Mohammed bin Salman"),
        ("lee jaemyong", "Lee Jae-myung"),
        ("yi jae myong", "Lee Jae-myung"),
        ("yun seok-yeol", "Yoon Suk Yeol"),
        ("kim jong-eun", "Kim Jong Un"),
        ("kishida fumio", "Fumio Kishida"),
        ("bongbong marcos", "Ferdinand Marcos Jr."),
        ("bill burns", "William J. Burns"),
        ("william clinton", "Bill Clinton"),
        ("abu mazen", "Mahmoud Abbas"),
        ("moammar al-qadhafi", "Muammar Gaddafi"),
        ("teng hsiao-p'ing", "Deng Xiaoping"),
        ("bombay", "Mumbai"),
        ("saigon", "Ho Chi Minh City"),
        ("vladimir kuleba", None),
        ("oleksandr kuleba", None),
        ("kim young-sam", None),
    ],
)
def test_the_right_name_is_first(query: str, name: str | None) -> None:
    assert best(query) == name


@pytest.mark.parametrize("query", ["Dmytro Kuleba", "dmytrokuleba", "Lee Jae Myung", ""])
def test_a_name_typed_exactly_is_no_other_spelling(query: str) -> None:
    assert best(query) is None


@pytest.mark.parametrize("query", ["will", "sasha", "jay", "yi", "bob"])
def test_a_short_form_alone_names_nobody(query: str) -> None:
    assert best(query) is None
