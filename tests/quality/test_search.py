"""A small part of the search's measurements, so that no change spoils them unseen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from alliance_tui.search.index import SearchIndex
from tests.quality.search.corpus import SEED, coded_documents, counted_words, shared, texts
from tests.quality.search.exact import outshone
from tests.quality.search.false_positives import lights
from tests.quality.search.misspellings import LISTS, halves, index_of, score
from tests.quality.search.names import measure

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def folder() -> Path:
    found = shared()
    if not found:
        pytest.skip("the measured documents are kept outside the project; set ALLIANCE_SHARED to their folder")
    return found


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    return next((folder / "corpus").glob("*.tar.gz"))


def test_misspellings_find_the_right_word(folder: Path, archive: Path) -> None:
    pairs = [pair for name in LISTS for pair in halves(folder / "search-quality" / name)[0]]
    index = index_of(counted_words(archive, documents=400), pairs)
    result = score(index, random.Random(SEED).sample(pairs, 250))
    (first_at_one, three_at_one), (first_at_two, three_at_two) = result.rates(1), result.rates(2)
    assert first_at_one >= 0.92
    assert three_at_one >= 0.97
    assert first_at_two >= 0.75
    assert three_at_two >= 0.88


def test_a_typo_in_a_name_brings_its_entity_first(folder: Path) -> None:
    tried, missed = measure(coded_documents(folder / "gold")[:4], each=2)
    assert tried > 100
    assert len(missed) / tried <= 0.03


def test_no_typo_outshines_a_word_that_stands_there(archive: Path) -> None:
    index = SearchIndex.of("\n".join(texts(archive, documents=20)), None)
    words = random.Random(SEED).sample(sorted(index.text.vocabulary), 300)
    bad, typos, far = outshone(index, words)
    assert not bad
    assert far <= 0.02 * typos


def test_a_word_that_does_not_occur_lights_no_other(folder: Path) -> None:
    asked, lit = lights(coded_documents(folder / "gold"))
    assert asked >= 1_000
    assert len({word for word, _ in lit}) <= 0.01 * asked
