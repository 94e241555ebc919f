"""Properties of the matches of any query in any text: inside it, sorted, disjoint, and of the query's words."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from alliance_tui.search.completion import document_completions
from alliance_tui.search.engine import search
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.record_fields import IndexedName
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.match_locations import locate_matches
from alliance_tui.search.matches import MatchType, TextMatch
from alliance_tui.search.sentence_lines import Sentences
from tests.support.sample_index import INDEX, TEXT

pieces = st.sampled_from(
    [
        *(f"{f}:" for f in FilterField),
        *"\"“'^$!|:<>= -’.",
        "kishida",
        "$6m",
        "2%",
        "7.10.2023",
        "1,000",
        "half a",
        "million",
        "fy27",
        "10/7/23",
        "fumio",
        "kishda fumyo",
        "japan",
        "comand",
        "and",
        "command",
        "forum",
        "2025",
        "bo",
    ]
)
queries = st.lists(pieces | st.text(max_size=4), max_size=8).map("".join)
letters = st.text("abé ﬁ.'’-\u0301Bc\n", max_size=60)
texts = letters | st.text(max_size=60)


def check(text: str, hits: tuple[TextMatch, ...]) -> None:
    end = 0
    for hit in hits:
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


@given(texts, queries | letters | st.text(max_size=30))
def test_matches_are_inside_the_text_sorted_and_disjoint(text: str, query: str) -> None:
    matches = search(SearchIndex.build(text, None), query)
    check(text, matches.text)
    assert matches.active or not matches.text


@given(queries | st.text(max_size=40))
@example("kishida | !party:japan forum")
def test_matched_ranges_of_records_are_inside_sorted_and_disjoint(query: str) -> None:
    matches = search(INDEX, query)
    check(TEXT, matches.text)
    for match in (*matches.entities, *matches.agreements):
        for field, ranges in match.matched_ranges.items():
            end = 0
            for start, stop in ranges:
                assert end <= start < stop <= len(INDEX.field_string(match.record_id, field))
                end = stop
    for group in (matches.entities, matches.agreements):
        scores = [match.score for match in group]
        assert scores == sorted(scores, reverse=True)
    assert INDEX.analysis
    document = INDEX.analysis.document
    for place in locate_matches(document, INDEX, matches):
        assert (place.start is None) == (place.line is None)
        if place.start is not None and place.end is not None:
            assert TEXT[place.start : place.end] == place.text
    matched = [(match.start, match.end) for match in matches.text]
    sentences = Sentences(TEXT).matching(matched)
    assert [start for sentence in sentences for start, _ in sentence.matched] == [start for start, _ in matched]
    assert all(sentence.start <= start < sentence.end for sentence in sentences for start, _ in sentence.matched)


@given(letters, st.text("abéﬁBc", min_size=1, max_size=6))
def test_matches_are_of_the_query_word(text: str, word: str) -> None:
    for hit in search(SearchIndex.build(text, None), word).text:
        matched = fold(text[hit.start : hit.end])
        if hit.match_type in (MatchType.EXACT, MatchType.WORD):
            assert matched == fold(word)
        elif hit.match_type is MatchType.PREFIX:
            assert matched.startswith(fold(word))  # a ligature matches as a whole, even for its first letter
        elif hit.match_type is MatchType.TYPO:
            assert len(fold(word)) > 3
            assert OSA.distance(matched, fold(word)) <= 2


@given(texts, st.text("abéﬁBc", min_size=1, max_size=6), st.sampled_from(["'", "^", "$"]))
def test_an_operator_matches_exactly_its_letters(text: str, word: str, operator: str) -> None:
    query = f"{word}$" if operator == "$" else f"{operator}{word}"
    index = SearchIndex.build(text, None)
    hits = search(index, query).text
    for hit in hits:
        matched = fold(text[hit.start : hit.end])
        assert fold(word) in matched  # a ligature matches as a whole
        assert hit.match_type in (MatchType.EXACT, MatchType.WORD, MatchType.PREFIX)
    contains = {"'": str.__contains__, "^": str.startswith, "$": str.endswith}[operator]
    expected = [n for n in range(len(index.text)) if contains(fold(index.text.spelling(n)), fold(word))]
    if fold(word) and not index.text.spellings(fold(word)):  # if it occurs as typed, smart case may exclude others
        matched_words = {
            n
            for n in range(len(index.text))
            for hit in hits
            if index.text.start_offsets[n] <= hit.start < index.text.end_offset(n)
        }
        assert matched_words == set(expected) or word != word.lower()


@given(
    st.lists(st.sampled_from(["command ", "forum", "Forum. ", "fórum ", "commands", ". A ", "\n", "x "]), max_size=20)
)
def test_a_negation_matches_no_sentence_with_the_negated_word(pieces: list[str]) -> None:
    text = "".join(pieces)
    index = SearchIndex.build(text, None)
    with_forum = search(index, '"forum"').text
    sentences = {
        index.text.by_sentence.unit_of(index.text.positions_between(hit.start, hit.end)[0]) for hit in with_forum
    }
    for hit in search(index, "command !forum").text:
        numbers = index.text.positions_between(hit.start, hit.end)
        assert not sentences & {index.text.by_sentence.unit_of(n) for n in numbers}


@given(texts, st.integers(0, 20))
def test_every_word_of_a_text_matches_exactly(text: str, nth: int) -> None:
    index = SearchIndex.build(text, None)
    if not len(index.text):
        return
    number = nth % len(index.text)
    word = index.text.spelling(number)
    hits = search(index, f'"{word}"').text
    assert (index.text.start_offsets[number], index.text.end_offset(number), MatchType.EXACT) in [
        (h.start, h.end, h.match_type) for h in hits
    ]


@given(queries, st.integers(-2, 60))
def test_completions_replace_the_text_before_the_cursor(query: str, cursor: int) -> None:
    for completion in document_completions(INDEX, query, cursor):
        assert 0 <= completion.start <= completion.end <= max(cursor, 0)
        assert completion.text


assert INDEX.analysis
ENTITIES = SearchIndex.build("", replace(INDEX.analysis, agreements=()))
NAMES = SearchIndex.of_names(IndexedName(e.id, e.name, e.forms, e.type) for e in INDEX.entities.values())


@given(queries)
@example("type:person kishida")
@example("mod")
@example("japan party:japan")
def test_names_without_a_document_match_like_the_entities_of_one(query: str) -> None:
    names, entities = search(NAMES, query), search(ENTITIES, query)
    assert (names.entities, names.problems) == (entities.entities, entities.problems)
