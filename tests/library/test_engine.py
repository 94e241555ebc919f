"""Search over a library: hits, their order, previews and refreshes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alliance_tui.library.agreement_keys import AgreementOrder
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.search import agreement_search, engine
from alliance_tui.library.search.engine import LibrarySearch, SearchResults
from alliance_tui.library.search.reading_limit import ReadingLimit
from alliance_tui.library.store import open_library
from alliance_tui.records import Analysis, Document, Entity, EntityType, Mention
from alliance_tui.search.cancellation import never
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import Matches, MatchType
from tests.support.sample_library import PAGES, analysis_of, fill, named
from tests.support.spans import span_of


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibrarySearch]:
    with open_library(fill(tmp_path_factory.mktemp("library"))) as library:
        yield LibrarySearch(library)


def results_of(searcher: LibrarySearch, query: str) -> SearchResults:
    """The final results of a query."""
    return list(searcher.search(query))[-1]


def hit_names(searcher: LibrarySearch, query: str) -> list[str]:
    """The names of the hits, best first."""
    return named(searcher.documents[hit.document] for hit in results_of(searcher, query).hits)


def test_without_a_query_all_documents_are_hits(searcher: LibrarySearch) -> None:
    results = results_of(searcher, "")
    assert not results.active
    assert len(results.hits) == len(PAGES)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("fisheries", {"accord"}),
        ("Harbour", {"accord"}),
        ("fisheris", {"accord"}),  # a letter left out
        ("drn", set()),  # three letters are never taken for misspelt
        ("dro", {"drones"}),  # a word still being typed
        ("jpc", {"drones"}),  # the Joint Patrol Committee
        ("air craft", {"talks"}),
        ("airdefence", {"talks"}),
        ("arvane", {"talks"}),
        ("republique", {"talks"}),  # a name that the text does not use
        ("Oustia", {"accord", "radar", "copy", "talks"}),  # Ostia in another romanisation
        ("'ish", {"accord", "menu"}),  # inside fisheries and fish
        ("eries$", {"accord"}),
        ("soup | drones", {"menu", "drones"}),
        ("zzzz", set()),
    ],
)
def test_a_word_finds_every_document_with_it(searcher: LibrarySearch, query: str, names: set[str]) -> None:
    assert set(hit_names(searcher, query)) == names


def test_all_words_must_co_occur_as_in_one_document(searcher: LibrarySearch) -> None:
    assert hit_names(searcher, "climate crisis") == ["accord"], "the radar statement has the climate, but no crisis"
    assert not results_of(searcher, "climate crisis").is_nearest


def test_documents_with_most_of_the_words_are_hits_where_no_place_has_them_all(searcher: LibrarySearch) -> None:
    results = results_of(searcher, "crisis fisheries climate")
    assert results.is_nearest, "all are in the accord's text, but in two paragraphs"
    assert named(searcher.documents[hit.document] for hit in results.hits) == ["accord"]
    assert results.relaxation == "no document has all words; showing the nearest"
    assert results_of(searcher, '"climate drones"').hits == (), "an operator asks for these very words"


def test_a_word_that_no_document_has_is_named_and_left_out(searcher: LibrarySearch) -> None:
    results = results_of(searcher, "fisheries zzzz")
    assert results.missing == ("zzzz",)
    assert named(searcher.documents[hit.document] for hit in results.hits) == ["accord"]
    assert results_of(searcher, "zzzz").hits == ()


def test_the_words_of_a_phrase_are_adjacent(searcher: LibrarySearch) -> None:
    assert hit_names(searcher, '"climate crisis"') == ["accord"]
    assert hit_names(searcher, '"crisis climate"') == []


def test_negated_words_exclude_the_document(searcher: LibrarySearch) -> None:
    assert set(hit_names(searcher, "westmark !ostia")) == {"menu"}
    assert "accord" not in hit_names(searcher, '!"climate crisis"')
    assert "radar" in hit_names(searcher, '!"climate crisis"'), "it has the climate, but not the phrase"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("party:norland", {"radar", "copy", "drones"}),
        ("party:norlnd", {"radar", "copy", "drones"}),
        ("party:haven", {"drones"}),  # only there is Norland called so
        ("party:arvane", {"talks"}),
        ("party:norland party:suderia", {"drones"}),
        ("party:norland !party:suderia", {"radar", "copy"}),
        ("party:norland | party:ostia", {"radar", "copy", "drones", "accord"}),
        ("strength:>=committed", {"radar", "copy", "drones", "accord"}),
        ("strength:explored", {"talks"}),
        ("strength:<agreed party:westmark", {"talks"}),
        ("by:2031", {"radar", "copy"}),
        ("by:2030", set()),
        ("domain:maritime", {"radar", "copy"}),
        ("instrument:harbour", {"accord"}),
        ("instrument:ha", {"accord"}),
        ("said:brandt", {"accord"}),
        ("has:deadline", {"radar", "copy"}),
        ("due:2031", {"radar", "copy"}),
        ("due:2030..2032", {"radar", "copy"}),
        ("due:2032..", set()),
        ("has:instrument", {"accord"}),
        ("type:body", {"drones"}),
        ("kind:agreement", {"radar", "copy", "drones", "accord", "talks"}),
        ("party:norland drones", {"drones"}),
        ("party:westmark radars", {"radar", "copy"}),  # Nothing agreed on radars in the talks
    ],
)
def test_filters_on_records(searcher: LibrarySearch, query: str, names: set[str]) -> None:
    assert set(hit_names(searcher, query)) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("date:2021", {"radar", "copy", "accord"}),
        ("date:2021..2022-06", {"radar", "copy", "accord", "drones"}),
        ("date:2022-09..", {"talks"}),
        ("date:..2021-03", {"radar", "copy"}),
        ("date:>2022-06-01", {"talks"}),
        ("!date:2021", {"drones", "talks", "menu"}),
        ('source:"coast wire"', {"accord", "drones", "copy"}),
        ("source:wire date:2022", {"drones"}),
        ("kind:statement", {"radar", "talks"}),
        ("has:duplicate", {"copy"}),
        ("agreements:0", {"menu"}),
        ("agreements:>=1", {"radar", "copy", "accord", "drones", "talks"}),
        ("source:wire norland", {"drones", "copy"}),
        ("language:english", set(PAGES) - {"menu"}),  # too short to tell
    ],
)
def test_filters_on_documents(searcher: LibrarySearch, query: str, names: set[str]) -> None:
    assert set(hit_names(searcher, query)) == names


def test_an_unfinished_filter_excludes_nothing(searcher: LibrarySearch) -> None:
    unfinished = results_of(searcher, "radars date:")
    assert {*named(searcher.documents[hit.document] for hit in unfinished.hits)} == {"radar", "copy", "talks"}
    assert unfinished.problems == ("date: waits for a value",)


def test_whole_words_rank_before_prefixes_and_titles_before_texts(searcher: LibrarySearch) -> None:
    assert hit_names(searcher, "radar")[:2] == ["copy", "radar"], "in the title, the later one first"
    assert hit_names(searcher, "radar")[2:] == ["talks"], "radars, in its text"
    match_types = [hit.match_type for hit in results_of(searcher, "radar").hits]
    assert match_types == [MatchType.WORD, MatchType.WORD, MatchType.SPELLING]
    assert {hit.match_type for hit in results_of(searcher, "rada").hits} == {MatchType.PREFIX}


def test_a_name_ranks_before_a_word_of_the_text(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["menu", "talks"])) as library:
        assert hit_names(LibrarySearch(library), "westmark")[0] == "talks", "it has agreements, the menu none"


def test_a_preview_has_the_matches_that_the_explorer_will_find(searcher: LibrarySearch) -> None:
    (hit,) = results_of(searcher, "climate crisis").hits
    preview = searcher.preview(hit.document, "climate crisis date:2021")
    assert preview.line == "The climate crisis comes next."
    assert [preview.line[start:end] for start, end in preview.highlights] == ["climate", "crisis"]
    assert (preview.text_matches, preview.entities, preview.agreements) == (2, 0, 0)


def test_a_refresh_notices_added_and_removed_documents(tmp_path: Path) -> None:
    path = fill(tmp_path, ["menu"])
    with open_library(path) as library:
        searcher = LibrarySearch(library)
        assert hit_names(searcher, "soup") == ["menu"]
        assert hit_names(searcher, "drones") == []
        fill(tmp_path, ["drones"])
        assert searcher.refresh()
        assert hit_names(searcher, "drones") == ["drones"]
        with open_library(path) as other:
            other.remove([document.number for document in other.documents() if "menu" in document.path])
        assert searcher.refresh()
        assert not searcher.refresh(), "nothing changed since"
        assert hit_names(searcher, "soup") == []


def test_a_cancelled_search_yields_nothing(searcher: LibrarySearch) -> None:
    assert list(searcher.search("climate crisis", cancelled=lambda: True)) == []


def by_title(searcher: LibrarySearch, query: str, **options: Any) -> Iterator[Any]:
    return searcher.search_agreements(query, AgreementOrder("agreement"), **options)


@pytest.mark.parametrize("search", [LibrarySearch.search, by_title])
def test_an_interrupt_is_one_whatever_statement_is_under_way(
    searcher: LibrarySearch, monkeypatch: pytest.MonkeyPatch, search: Callable[..., Iterator[Any]]
) -> None:
    """SQLite swallows the exception of a signal during a call back to Python, and reports an error of its own."""

    def interrupt(signals: list[KeyboardInterrupt]) -> bool:
        if signals:
            raise signals.pop()
        return False

    monkeypatch.setattr(engine, "_SQLITE_OPERATIONS", 1)
    monkeypatch.setattr(never, "__code__", interrupt.__code__)  # a signal comes at the first question
    monkeypatch.setattr(never, "__defaults__", ([KeyboardInterrupt()],))
    with pytest.raises(KeyboardInterrupt):
        list(search(searcher, "harbour", typing=False))


def test_of_many_candidates_only_so_many_are_read_while_a_query_is_typed(
    searcher: LibrarySearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_LIMIT_OF_KEY", ReadingLimit(documents=1))
    phrase = '"of the'
    every = list(searcher.search(phrase, typing=False))[-1]
    assert len(every.hits) > 1
    assert not every.is_partial
    typed = list(searcher.search(phrase, screenful=1))[-1]
    assert typed.is_partial
    assert typed.hits == every.hits[: len(typed.hits)], "a screenful is read whatever it takes"


@pytest.mark.parametrize("search", [LibrarySearch.search, LibrarySearch.search_agreements])
def test_where_a_key_has_no_time_to_read_nothing_is_said_of_the_unread(
    searcher: LibrarySearch, monkeypatch: pytest.MonkeyPatch, search: Callable[..., Iterator[Any]]
) -> None:
    for module in (engine, agreement_search):
        monkeypatch.setattr(module, "_LIMIT_OF_KEY", ReadingLimit(seconds=0.0))
    phrase = '"norland and'
    typed = list(search(searcher, phrase))[-1]
    assert typed.done
    assert typed.is_partial
    assert (typed.hits, typed.verified_count, typed.is_nearest) == ((), 0, False)
    assert list(search(searcher, phrase, typing=False))[-1].hits


def test_an_entity_with_the_words_counts_where_it_takes_part_in_an_agreement_that_meets_the_conditions(
    searcher: LibrarySearch,
) -> None:
    for query in ("party:arvane ostia", "party:ostia arvane", "strength:>=committed ostia", "strength:stated ostia"):
        expected = {
            document.number
            for document in searcher.documents.values()
            if (found := searcher.preview(document.number, query)).agreements or found.entities
        }
        assert {hit.document for hit in results_of(searcher, query).hits} == expected, query


def test_a_screenful_is_yielded_as_soon_as_it_is_found(
    searcher: LibrarySearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_FIRST_INTERVAL", 60)  # seconds: a busy machine yields nothing before
    phrase = '"the climate'
    progress = [(len(results.hits), results.done) for results in searcher.search(phrase, screenful=2)]
    assert progress == [(2, False), (3, True)]
    assert [len(results.hits) for results in searcher.search(phrase, screenful=9)] == [3], (
        "less than a screenful is yielded at the end alone"
    )


def test_cached_terms_are_read_again_after_a_refresh(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["menu"])) as library:
        searcher = LibrarySearch(library)
        assert hit_names(searcher, "westmark") == hit_names(searcher, "was westmark") == ["menu"]
        fill(tmp_path, ["talks"])
        assert searcher.refresh()
        assert set(hit_names(searcher, "westmark")) == set(hit_names(searcher, "was westmark")) == {"menu", "talks"}


def test_cached_documents_are_read_again_after_a_refresh(tmp_path: Path) -> None:
    path, file = fill(tmp_path, ["menu"]), tmp_path / "menu.txt"
    with open_library(path) as library, open_library(path) as other:
        searcher = LibrarySearch(library)
        assert hit_names(searcher, '"fish and cake') == ["menu"]
        file.write_text("Soup and cake, but no fish.\n")
        changed = Document.from_text(file.read_text(), title=PAGES["menu"][0], path="menu.txt")
        other.upsert(Analysis(changed, (), (), "rules", "model"), read_source_file(file))
        assert searcher.refresh()
        assert hit_names(searcher, '"fish and cake') == []


def test_a_misspelling_is_found_even_if_two_words_of_the_library_make_it_up(tmp_path: Path) -> None:
    path = fill(tmp_path, [])
    texts = {"ocean": "The climate crisis reaches the Pacific partners.\n", "notes": "A pac of the ifc, and clim te.\n"}
    with open_library(path) as library:
        for name, text in texts.items():
            file = tmp_path / f"{name}.txt"
            file.write_text(text)
            document = Document.from_text(text, title=name, path=file.name)
            library.upsert(Analysis(document, (), (), "rules", "model"), read_source_file(file))
        searcher = LibrarySearch(library)
        assert hit_names(searcher, "pacifc partner") == ["ocean"]
        assert hit_names(searcher, "climte crisis") == ["ocean"]
        assert hit_names(searcher, "pacifc ") == ["ocean"]


PLEDGES = {
    "pledge": "Norland pledged $6 million on October 7, 2023. Dmytro Kuleba was in Mumbai.",
    "people": "The 6 million people of Norland vote on 7 October 2024. William J. Burns left.",
    "sixteen": "Norland has 16 ships, 2% more by 2030. Sergey Lavrov and Sergei Shoigu met.",
}
PEOPLE_OF_PLEDGES = ("Dmytro Kuleba", "William J. Burns", "Sergey Lavrov", "Sergei Shoigu")


@pytest.fixture(scope="module")
def pledges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibrarySearch]:
    folder = tmp_path_factory.mktemp("pledges")
    with open_library(fill(folder, [])) as library:
        for name, text in PLEDGES.items():
            file = folder / f"{name}.txt"
            file.write_text(text)
            document = Document.from_text(text, title=name, path=file.name)
            people = [each for each in PEOPLE_OF_PLEDGES if each in text]
            entities = tuple(
                Entity(each, each, EntityType.PERSON, (each,), (Mention(span_of(document, each)),)) for each in people
            )
            library.upsert(Analysis(document, entities, (), "rules", "model"), read_source_file(file))
        yield LibrarySearch(library)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("$6m", {"pledge"}),
        ("6 million", {"pledge", "people"}),
        ("6 million people", {"people"}),
        ("6", set()),
        ("16", {"sixteen"}),
        ("two percent", {"sixteen"}),
        ("2030", {"sixteen"}),
        ("2023-10-07", {"pledge"}),
        ("7 october", {"pledge", "people"}),
        ("dmitri kuleba", {"pledge"}),
        ("bombay", {"pledge"}),
        ("bill burns", {"people"}),
        ("sergei lawrow", {"sixteen"}),
        ("oleksii kuleba", {"pledge"}),
        ("burns william", {"people"}),
        ("norland mumbai", {"pledge"}),
    ],
)
def test_values_and_other_spellings_are_found_as_in_one_document(
    pledges: LibrarySearch, query: str, names: set[str]
) -> None:
    results = results_of(pledges, f"{query} ")
    assert {Path(pledges.documents[hit.document].path).stem for hit in results.hits} == names
    in_documents = {
        name
        for name, text in PLEDGES.items()
        if not (found := search(_index_of(text), f"{query} ")).missing and not found.is_nearest and found.text
    }
    assert in_documents == (names if not results.missing else set())


def _index_of(text: str) -> SearchIndex:
    document = Document.from_text(text, title="text")
    entities = tuple(
        Entity(each, each, EntityType.PERSON, (each,), (Mention(span_of(document, each)),))
        for each in PEOPLE_OF_PLEDGES
        if each in text
    )
    return SearchIndex.build(text, Analysis(document, entities, (), "rules", "model"))


QUERIES = st.lists(
    st.sampled_from(
        [
            *("norland", "westmark", "radars", "radar", "climate", "crisis", "harbour accord", "jpc", "soup", "the"),
            *("party:norland", "strength:agreed", "type:body", "has:deadline", "by:2031", "!ostia", "|", '"the talks"'),
            *("aircraft", "air", "craft", "norlnd", "^har", "ies$", "'ish", "Haven", "suderia's"),
        ]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
@example(query="type:body | party:norland")
def test_every_hit_has_a_match_when_it_is_opened(searcher: LibrarySearch, query: str) -> None:
    results = results_of(searcher, query)
    if not results.active:
        return
    for hit in results.hits:
        name = named([searcher.documents[hit.document]])[0]
        analysis = analysis_of(name)
        matches = search(SearchIndex.build(analysis.document.text, analysis), query)
        titled = search(SearchIndex.build(analysis.document.title, None), query).text
        only_excluding = not any(term for term in query.replace("|", " ").split() if not term.startswith("!"))
        assert matches.text or matches.entities or matches.agreements or titled or only_excluding, name


WORDS = st.sampled_from(
    [
        "norland",
        "westmark",
        "ostia",
        "radars",
        "coastal",
        "climate",
        "crisis",
        "talks",
        "harbour",
        "suderia",
        "drones",
        "is",
        "the",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(WORDS, min_size=1, max_size=3), field=st.sampled_from(["", "party:norland", "by:2031"]))
def test_every_document_with_a_match_when_it_is_opened_is_a_hit(
    searcher: LibrarySearch, asked: list[str], field: str
) -> None:
    query = f"{' '.join(asked)} {field} "
    results = results_of(searcher, query)
    if results.is_nearest:
        return
    names = set(named(searcher.documents[hit.document] for hit in results.hits))
    for name in PAGES:
        analysis = analysis_of(name)
        matches = search(SearchIndex.build(analysis.document.text, analysis), query)
        titled = search(SearchIndex.build(analysis.document.title, None), query)
        found = has_all_words(matches) or (not field and has_all_words(titled))
        assert found == (name in names), name


def has_all_words(matches: Matches) -> bool:
    """Whether a search of one document found all words in one place."""
    is_relaxed = matches.missing or matches.is_nearest
    return not is_relaxed and bool(matches.text or matches.entities or matches.agreements)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40))
def test_no_query_is_an_error(searcher: LibrarySearch, query: str) -> None:
    results = results_of(searcher, query)
    assert results.done
    assert len(results.hits) <= len(PAGES)
