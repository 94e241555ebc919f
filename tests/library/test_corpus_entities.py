"""The entities and agreements of a whole library, merged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_tui.library.corpus_entities import CorpusEntities, agreements_of
from alliance_tui.library.ingestion.source_file import SourceFile
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Analysis, Document, Entity, EntityType, Mention, Strength
from tests.support.sample_library import fill


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_library(fill(tmp_path_factory.mktemp("library"))) as library:
        yield library


def add_document(library: Library, text: str, name: str, type_: EntityType) -> None:
    """Add a document that begins with the name of its one entity."""
    document = Document.from_text(text, title=text, path=f"{text}.txt")
    entity = Entity("e1", name, type_, (name,), (Mention(document.span(0, len(name))),))
    library.upsert(Analysis(document, (entity,), (), "rules", "model"), SourceFile(Path(f"/{text}.txt"), "1", b""))


def test_one_entity_for_the_whole_library_with_its_counts(library: Library) -> None:
    entities = CorpusEntities(library.db).find("norland")
    counts = [(entity.name, entity.type, entity.documents, entity.mentions) for entity in entities]
    assert counts == [("Norland", EntityType.STATE, 3, 4)]


def test_the_entities_of_the_most_documents_come_first(library: Library) -> None:
    entities = CorpusEntities(library.db).entities
    assert [entity.name for entity in entities[:3]] == ["Ostia", "Westmark", "Norland"]
    assert [entity.documents for entity in entities] == sorted((e.documents for e in entities), reverse=True)


@pytest.mark.parametrize(
    ("query", "name"),
    [("haven", "Norland"), ("norlnd", "Norland"), ("jpc", "Joint Patrol Committee"), ("brandt ilse", "Ilse Brandt")],
)
def test_an_entity_is_found_by_any_form_and_with_typos(library: Library, query: str, name: str) -> None:
    assert [entity.name for entity in CorpusEntities(library.db).find(query)] == [name]


def test_the_agreements_of_an_entity_are_latest_first(library: Library) -> None:
    (suderia,) = CorpusEntities(library.db).find("suderia")
    agreements = list(agreements_of(library.db, suderia))
    assert [(agreement.title, agreement.strength, agreement.date) for agreement in agreements] == [
        ("Deliver six Skua drones", Strength.COMMITTED, "2022-06-01"),
        ("Sign the Harbour Accord", Strength.AGREED, "2021-11-20"),
    ]


def test_spellings_of_one_name_are_merged_within_a_type(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.sqlite") as library:
        add_document(library, "Côte-Verte sends ships", "Côte-Verte", EntityType.STATE)
        add_document(library, "Cote Verte waits", "Cote Verte", EntityType.STATE)
        add_document(library, "Cote Verte sleeps", "Cote Verte", EntityType.STATE)
        add_document(library, "Cote Verte is a beach", "Cote Verte", EntityType.PLACE)
        entities = CorpusEntities(library.db).entities
        assert [(entity.name, entity.type, entity.documents) for entity in entities] == [
            ("Cote Verte", EntityType.STATE, 3),
            ("Cote Verte", EntityType.PLACE, 1),
        ]


def test_removed_documents_do_not_count(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["radar", "drones"])) as library:
        library.remove([document.number for document in library.documents() if document.path.endswith("drones.txt")])
        (norland,) = CorpusEntities(library.db).find("norland")
        assert norland.documents == 1
        assert CorpusEntities(library.db).find("suderia") == []
