"""Bounds on a small part of the search measurements."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from alliance_tui.records import Analysis
from alliance_tui.search.indexing.search_index import SearchIndex
from tests.quality.search.corpus import SEED, annotated_texts, counted_words, texts
from tests.quality.search.exact import outranked, words_of
from tests.quality.search.false_positives import false_positives
from tests.quality.search.judged_queries import SETS, documents_of, judged_queries
from tests.quality.search.judged_queries import measure as measure_queries
from tests.quality.search.misspellings import LISTS, halves, index_of, score
from tests.quality.search.names import measure
from tests.quality.search.press_names import TEST, matching_negatives
from tests.quality.search.press_names import measure as measure_spellings
from tests.support.shared_folder import ARCHIVE, shared_folder


@pytest.fixture(scope="module")
def folder() -> Path:
    found = shared_folder()
    if not found:
        pytest.skip("needs the shared data: set ALLIANCE_SHARED to its folder")
    return found


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    return folder / ARCHIVE


@pytest.mark.shared
def test_a_query_without_names_finds_what_a_reader_means(folder: Path) -> None:
    kinds = ("typo", "inflection", "compound", "number", "short", "case")
    queries = [query for name in SETS for query in judged_queries(name, kinds)]
    by_kind = measure_queries(
        queries, {name: Analysis(each, (), (), "none", "none") for name, each in documents_of(queries).items()}
    )
    for kind, results in by_kind.items():
        assert sum(not found for _, found in results) >= 0.9 * len(results), kind


@pytest.mark.shared
def test_misspellings_rank_the_right_word_first(folder: Path, archive: Path) -> None:
    pairs = [pair for name in LISTS for pair in halves(folder / "search-quality" / name)[0]]
    index = index_of(counted_words(archive, documents=400), pairs)
    result = score(index, random.Random(SEED).sample(pairs, 250))
    (first_at_one, three_at_one), (first_at_two, three_at_two) = result.rates(1), result.rates(2)
    assert first_at_one >= 0.92
    assert three_at_one >= 0.97
    assert first_at_two >= 0.75
    assert three_at_two >= 0.88


@pytest.mark.shared
def test_a_typing_error_in_a_name_ranks_its_entity_first(folder: Path) -> None:
    tried, missed = measure(annotated_texts(folder / "gold")[:4], each=2)
    assert tried > 100
    assert len(missed) / tried <= 0.03


@pytest.mark.shared
def test_no_typing_error_outranks_an_exact_match(archive: Path) -> None:
    index = SearchIndex.build("\n".join(texts(archive, documents=20)), None)
    words = random.Random(SEED).sample(words_of(index), 300)
    bad, typos, far = outranked(index, words)
    assert not bad
    assert far <= 0.02 * typos


@pytest.mark.shared
def test_a_word_that_does_not_occur_matches_no_other(folder: Path) -> None:
    asked, wrong = false_positives(annotated_texts(folder / "gold"))
    assert asked >= 1_000
    assert len({word for word, _ in wrong}) <= 0.01 * asked


def test_a_name_as_the_press_spells_it_finds_the_right_name_first() -> None:
    recall, precision, _ = measure_spellings(TEST)
    assert recall >= 0.92
    assert precision >= 0.95


def test_different_names_that_are_alike_match_as_typing_errors_only() -> None:
    assert len(matching_negatives()) <= 8
