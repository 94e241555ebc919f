"""A query finds a document, or an agreement, in a library exactly if a search of that document alone finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.search.passage_patterns import fold_passage, passage_pattern
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import (
    Agreement,
    Amount,
    Analysis,
    Deadline,
    Document,
    Domain,
    Entity,
    EntityType,
    Kind,
    Mention,
    PartyRoles,
    Strength,
)
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.plan.lexicon import document_lexicon
from alliance_tui.search.plan.planner import plan_query

NEVER_CANCELLED = CancellationToken(lambda: False)
NAMES = {
    "United States": (EntityType.STATE, ("United States", "U.S.")),
    "North Korea": (EntityType.STATE, ("DPRK", "North Korea")),
    "Joint Patrol Committee": (EntityType.BODY, ("Joint Patrol Committee", "JPC")),
    "Ilse Brandt": (EntityType.PERSON, ("Ilse Brandt", "Brandt")),
}
FORMS = tuple(form for _, forms in NAMES.values() for form in forms)
PIECES = (
    *FORMS,
    *("radar", "radars", "cyber security", "cybersecurity", "air-defence", "defense", "treaties", "will build", "said"),
    *("the memorandum of understanding", "MOU", "command and control", "American", "by 2030", "$6 million", "of the"),
    *(". ", ".\n", ", "),
)
QUERY_PIECES = (
    *(
        "united states",
        "usa",
        "american",
        "dprk",
        "north korea",
        "korea",
        "jpc",
        "joint patrol committee",
        "ilse brandt",
    ),
    *("radar", "radr", "rad", "cyber security", "cyber", "cybersecurity", "air defence", "airdefence", "treaty"),
    *("mou", "memorandum of understanding", "command and control", "control", "of", "the", "lawsuit", "xyzzy", "US"),
    *('"command and control"', '"control command"', "^def", "'efen", "rity$", "!radar", "!lawsuit", "|"),
    *("!air-defence", '"of radar"', '"states radar"', '"cyber security" brandt'),
    *("party:usa", "only:usa", "with:brandt", "to:dprk", "by:2030", "due:2029..2031", "is:completed", "has:amount"),
    *("amount:>5m", "type:body", "strength:planned", "section:security", "said:brandt", "kind:agreement"),
    *("does:usa", "pays:usa", "receives:dprk", "hosts:brandt"),
)
texts = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join).filter(lambda text: text.strip(" .,\n"))
)
queries = st.lists(st.sampled_from(QUERY_PIECES), min_size=1, max_size=3).map(" ".join)


def analysis_of(text: str) -> Analysis:
    """The analysis of a text: its names, and an agreement for each sentence with "will build"."""
    document = Document.from_text(text, title="")
    entities = []
    for number, (name, (kind, forms)) in enumerate(NAMES.items()):
        found = [m for form in forms for m in re.finditer(rf"(?<!\w){re.escape(form)}", text)]
        if found:
            mentions = tuple(Mention(document.span(*m.span())) for m in sorted(found, key=re.Match[str].start))
            used = tuple(dict.fromkeys(mention.span.quote for mention in mentions))
            entities.append(Entity(f"e{number}", name, kind, used, mentions))
    undertakings = re.finditer(r"[^.\n]*will build[^.\n]*", text)
    agreements = tuple(_agreement(document, undertaking, entities) for undertaking in undertakings)
    return Analysis(document, tuple(entities), agreements, "rules", "model")


def _agreement(document: Document, match: re.Match[str], entities: list[Entity]) -> Agreement:
    start = match.start() + match[0].index("will build")
    trigger = document.span(start + 5, start + 10)
    quote = match[0]
    year = quote.find("by 2030")
    sum_ = quote.find("$6 million")
    at = match.start()
    named = [e.name for e in entities if any(form in quote for form in e.forms)]
    return Agreement(
        id=f"a{at}",
        kind=Kind.AGREEMENT,
        title="Build",
        evidence=document.span(*match.span()),
        trigger=trigger,
        rule="test",
        strength=Strength.COMPLETED if "treaties" in quote else Strength.PLANNED,
        parties=tuple(named[:2]),
        roles=PartyRoles(does=tuple(named[:1]), receives=tuple(named[1:])),
        deadline=Deadline("2030", document.span(at + year, at + year + 7), "2030-01-01", "2030-12-31")
        if year >= 0
        else None,
        amounts=(Amount(6e6, "USD", document.span(at + sum_, at + sum_ + 10)),) if sum_ >= 0 else (),
        domain=Domain.OTHER,
        attribution="Ilse Brandt" if "said" in quote and "Brandt" in quote else None,
        section="Peace and Security" if "radar" in quote else None,
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Path]]:
    folder = tmp_path_factory.mktemp("back-ends")
    with open_library(folder / "library.sqlite") as opened:
        yield opened, folder / "document.txt"


def add(library: Library, text: str, file: Path) -> Analysis:
    """Add a document with this text to the library; return its analysis."""
    file.write_text(text)
    analysis = analysis_of(text)
    library.upsert(analysis, read_source_file(file))
    return analysis


def test_words_that_only_other_documents_have_do_not_change_what_a_misspelt_word_finds(
    library: tuple[Library, Path],
) -> None:
    opened, file = library
    opened.remove([document.number for document in opened.documents()])
    analyses = [add(opened, text, file.with_name(f"{number}.txt")) for number, text in enumerate(("radar", "radars"))]
    searcher = LibrarySearch(opened)
    searcher.refresh()
    (results,) = searcher.search("radr")
    assert len(results.hits) == 2
    assert not any(search(SearchIndex.build(each.document.text, each), "radr").is_empty for each in analyses)


@settings(max_examples=60, deadline=None)
@given(text=texts, query=queries.map(lambda query: f'"{query.replace(chr(34), "")}'))
@example(text="The U.S.\u2019s radars", query='"us rad')
@example(text="cyber-se\u00adcurity", query='"cyber secur')
def test_a_passage_that_does_not_match_the_pattern_has_no_such_words(text: str, query: str) -> None:
    index = SearchIndex.build(text, None)
    for clause in plan_query(query, document_lexicon(index), NEVER_CANCELLED).clauses:
        for meaning in clause.meanings:
            found = ReadingMatcher(index, NEVER_CANCELLED).occurrences(meaning, index.text)
            of_words = [reading for reading in meaning.readings if reading.words]
            if found and of_words:
                assert passage_pattern(meaning).search(fold_passage(text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, query=queries)
@example(text="The United States will build radar .\n radars", query="usa radar")
@example(text="U.S. will build by 2030", query="only:usa by:2030")
@example(text="U.S. will build DPRK radar", query="does:usa receives:dprk")
@example(text="cyber security", query="of !radar")
@example(text="cyber security DPRK will build , an American radar", query='type:state !radar "cyber security"')
@example(text="DPRK will build radar .\n will build radar", query="dprk !lawsuit")
@example(text="United States will build", query="dprk | with:brandt")
@example(text="U.S. air-defence will build of the", query="united states air defence")
@example(text="United States will build", query="dprk | type:body")
def test_both_back_ends_find_the_same_document_and_agreements(
    library: tuple[Library, Path], text: str, query: str
) -> None:
    opened, file = library
    file.write_text(text)
    analysis = analysis_of(text)
    opened.remove([document.number for document in opened.documents()])
    stored = opened.upsert(analysis, read_source_file(file))
    assume(stored.was_analysed)  # of a text in another language no records are kept
    searcher = LibrarySearch(opened)
    searcher.refresh()
    found = list(searcher.search_agreements(f"{query} "))[-1]
    results = list(searcher.search(f"{query} "))[-1]
    matches = search(SearchIndex.build(text, analysis), f"{query} ")
    if not results.active or not matches.active:
        assert results.active == matches.active
        return
    if not found.is_nearest:
        matched = searcher.matcher(f"{query} ").records(SearchIndex.build(text, analysis))
        assert matched.keys() >= {analysis.agreements[position].id for _, position in found.hits}
        assert {analysis.agreements[position].id for _, position in found.hits} == {
            match.record_id for match in matches.agreements
        }
    excludes = any(word.startswith("!") for word in query.split())  # the library excludes documents, not sentences
    if not excludes:
        assert bool(results.hits) is not matches.is_empty
    elif results.hits and not all(word.startswith("!") for word in query.split()):
        assert not matches.is_empty
