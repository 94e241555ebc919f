"""One query over a library: which documents it finds, in which order, and what it says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alliance_tui.library.search.engine import LibrarySearch, SearchResults
from alliance_tui.library.source_file import read_source_file
from alliance_tui.library.store import open_library
from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import MatchType
from tests.support.sample_library import PAGES, analysis_of, fill, named


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibrarySearch]:
    with open_library(fill(tmp_path_factory.mktemp("shelf"))) as library:
        yield LibrarySearch(library)


def findings(shelf: LibrarySearch, query: str) -> SearchResults:
    """What the query has found in the end."""
    return list(shelf.search(query))[-1]


def found(shelf: LibrarySearch, query: str) -> list[str]:
    """The names of the documents that the query finds, best first."""
    return named(shelf.documents[one.document] for one in findings(shelf, query).hits)


def test_without_a_query_all_documents_are_there(shelf: LibrarySearch) -> None:
    everything = findings(shelf, "")
    assert not everything.active
    assert len(everything.hits) == len(PAGES)


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
def test_a_word_is_found_in_whatever_document_has_it(shelf: LibrarySearch, query: str, names: set[str]) -> None:
    assert set(found(shelf, query)) == names


def test_all_words_must_stand_together_as_in_one_document(shelf: LibrarySearch) -> None:
    assert found(shelf, "climate crisis") == ["accord"], "the radar statement has the climate, but no crisis"
    assert found(shelf, "climate drones") == []
    assert found(shelf, "crisis fisheries climate") == [], "both stand in the accord's text, in two paragraphs"


def test_a_phrase_is_these_words_side_by_side(shelf: LibrarySearch) -> None:
    assert found(shelf, '"climate crisis"') == ["accord"]
    assert found(shelf, '"crisis climate"') == []


def test_words_that_must_not_be_there_leave_out_the_document(shelf: LibrarySearch) -> None:
    assert set(found(shelf, "westmark !ostia")) == {"menu"}
    assert "accord" not in found(shelf, '!"climate crisis"')
    assert "radar" in found(shelf, '!"climate crisis"'), "it has the climate, but not the phrase"


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
        ("has:instrument", {"accord"}),
        ("type:body", {"drones"}),
        ("kind:agreement", {"radar", "copy", "drones", "accord", "talks"}),
        ("party:norland drones", {"drones"}),
        ("party:westmark radars", {"radar", "copy"}),  # Nothing agreed on radars in the talks
    ],
)
def test_fields_ask_of_the_records_of_all_documents(shelf: LibrarySearch, query: str, names: set[str]) -> None:
    assert set(found(shelf, query)) == names


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
def test_fields_ask_of_documents(shelf: LibrarySearch, query: str, names: set[str]) -> None:
    assert set(found(shelf, query)) == names


def test_an_unfinished_field_blanks_nothing(shelf: LibrarySearch) -> None:
    unfinished = findings(shelf, "radars date:")
    assert {*named(shelf.documents[one.document] for one in unfinished.hits)} == {"radar", "copy", "talks"}
    assert unfinished.problems == ("date: waits for a value",)


def test_whole_words_stand_before_beginnings_and_titles_before_texts(shelf: LibrarySearch) -> None:
    assert found(shelf, "radar")[:2] == ["copy", "radar"], "in the title, the later one first"
    assert found(shelf, "radar")[2:] == ["talks"], "radars, in its text"
    hows = [one.match_type for one in findings(shelf, "radar").hits]
    assert hows == [MatchType.WORD, MatchType.WORD, MatchType.PREFIX]


def test_a_name_stands_before_a_word_of_the_text(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["menu", "talks"])) as library:
        assert found(LibrarySearch(library), "westmark")[0] == "talks", "it has agreements, the menu none"


def test_a_look_into_a_document_tells_what_the_explorer_will_find(shelf: LibrarySearch) -> None:
    (one,) = findings(shelf, "climate crisis").hits
    sight = shelf.preview(one.document, "climate crisis date:2021")
    assert sight.line == "The climate crisis comes next."
    assert [sight.line[start:end] for start, end in sight.highlights] == ["climate", "crisis"]
    assert (sight.text_matches, sight.entities, sight.agreements) == (2, 0, 0)


def test_what_is_added_and_removed_is_noticed(tmp_path: Path) -> None:
    path = fill(tmp_path, ["menu"])
    with open_library(path) as library:
        shelf = LibrarySearch(library)
        assert found(shelf, "soup") == ["menu"]
        assert found(shelf, "drones") == []
        fill(tmp_path, ["drones"])
        assert shelf.refresh()
        assert found(shelf, "drones") == ["drones"]
        with open_library(path) as other:
            other.remove([kept.number for kept in other.documents() if "menu" in kept.path])
        assert shelf.refresh()
        assert not shelf.refresh(), "nothing changed since"
        assert found(shelf, "soup") == []


def test_a_search_that_is_no_longer_wanted_tells_nothing(shelf: LibrarySearch) -> None:
    assert list(shelf.search("climate crisis", cancelled=lambda: True)) == []


def test_a_screenful_is_told_of_as_soon_as_it_is_found(shelf: LibrarySearch) -> None:
    phrase = '"the climate'
    told = [(len(one.hits), one.done) for one in shelf.search(phrase, screenful=2)]
    assert told == [(2, False), (3, True)]
    assert [len(one.hits) for one in shelf.search(phrase, screenful=9)] == [3], "less is told in the end alone"


def test_a_word_that_was_asked_for_is_looked_up_again_once_documents_are_added(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["menu"])) as library:
        shelf = LibrarySearch(library)
        assert found(shelf, "westmark") == found(shelf, "was westmark") == ["menu"]
        fill(tmp_path, ["talks"])
        assert shelf.refresh()
        assert set(found(shelf, "westmark")) == set(found(shelf, "was westmark")) == {"menu", "talks"}


def test_a_document_that_was_looked_into_is_looked_into_again_once_it_changed(tmp_path: Path) -> None:
    path, file = fill(tmp_path, ["menu"]), tmp_path / "menu.txt"
    with open_library(path) as library, open_library(path) as other:
        shelf = LibrarySearch(library)
        assert found(shelf, '"fish and cake') == ["menu"]
        file.write_text("Soup and cake, but no fish.\n")
        changed = Document.from_text(file.read_text(), title=PAGES["menu"][0], path="menu.txt")
        other.upsert(Analysis(changed, (), (), "rules", "model"), read_source_file(file))
        assert shelf.refresh()
        assert found(shelf, '"fish and cake') == []


def test_a_misspelt_word_is_found_though_two_words_of_the_library_make_it_up(tmp_path: Path) -> None:
    path = fill(tmp_path, [])
    texts = {"ocean": "The climate crisis reaches the Pacific partners.\n", "notes": "A pac of the ifc, and clim te.\n"}
    with open_library(path) as library:
        for name, text in texts.items():
            file = tmp_path / f"{name}.txt"
            file.write_text(text)
            document = Document.from_text(text, title=name, path=file.name)
            library.upsert(Analysis(document, (), (), "rules", "model"), read_source_file(file))
        shelf = LibrarySearch(library)
        assert found(shelf, "pacifc partner") == ["ocean"]
        assert found(shelf, "climte crisis") == ["ocean"]
        assert found(shelf, "pacifc ") == ["ocean"]


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
def test_a_document_that_is_found_has_a_match_when_it_is_opened(shelf: LibrarySearch, query: str) -> None:
    whole = findings(shelf, query)
    if not whole.active:
        return
    for one in whole.hits:
        name = named([shelf.documents[one.document]])[0]
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
def test_a_document_that_has_a_match_when_it_is_opened_is_found(
    shelf: LibrarySearch, asked: list[str], field: str
) -> None:
    query = f"{' '.join(asked)} {field} "
    there = set(found(shelf, query))
    for name in PAGES:
        analysis = analysis_of(name)
        matches = search(SearchIndex.build(analysis.document.text, analysis), query)
        titled = not field and search(SearchIndex.build(analysis.document.title, None), query).text
        assert bool(matches.text or matches.entities or matches.agreements or titled) == (name in there), name


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40))
def test_no_query_is_an_error(shelf: LibrarySearch, query: str) -> None:
    whole = findings(shelf, query)
    assert whole.done
    assert len(whole.hits) <= len(PAGES)
