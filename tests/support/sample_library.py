"""A small library of made-up documents with their records, in a real file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.store import open_library
from alliance_tui.records import (
    Agreement,
    Analysis,
    Deadline,
    Document,
    Domain,
    Entity,
    EntityType,
    Kind,
    Mention,
    Strength,
    record_id,
)
from tests.support import builders
from tests.support.spans import span_of

STATES = ("Norland", "Westmark", "Ostia", "Suderia", "République d'Arvane")
FORMS = {"Haven": "Norland", "Arvane": "République d'Arvane"}

PAGES: dict[str, tuple[str, str | None, str | None, str | None, str]] = {
    "radar": (
        "Norland and Westmark share radar data",
        "2021-03-04",
        "statement",
        "Ministry of Defence of Norland",
        "Norland and Westmark agreed to link their coastal radars by 2031.\n"
        "The climate of the talks was warm. Ostia was not invited.\n",
    ),
    "accord": (
        "The Harbour Accord is signed",
        "2021-11-20",
        "news",
        "Coast Wire",
        "Ostia and Suderia signed the Harbour Accord (HA) on Monday.\n"
        "A crisis in the fisheries is over, Commander Ilse Brandt said.\n"
        "The climate crisis comes next.\n",
    ),
    "drones": (
        "Suderia will deliver drones",
        "2022-06-01",
        "news",
        "Coast Wire",
        "Suderia will deliver six Skua drones to Norland within two years. Haven thanked its neighbour.\n"
        "The Joint Patrol Committee met for the first time.\n",
    ),
    "talks": (
        "Arvane explores an air-defence pact",
        "2022-09-15",
        "statement",
        None,
        "Arvane may explore an air-defence pact with Westmark, and its aircraft stay at home.\n"
        "Nothing was said of radars in Ostia.\n",
    ),
    "copy": (
        "Norland and Westmark share radar data",
        "2021-03-05",
        "news",
        "Coast Wire",
        "Norland and Westmark agreed to link their coastal radars by 2031.\n"
        "The climate of the talks was warm. Ostia was not invited.\n",
    ),
    "menu": ("What the ministers ate", None, None, None, "Soup, fish and cake. Everyone was happy in Westmark.\n"),
}
"""Title, date, kind, source and text of each document, by the name of its file."""

BODIES = ("Joint Patrol Committee",)
PEOPLE = ("Ilse Brandt",)
INSTRUMENTS = ("Harbour Accord",)
_NAMES = {
    EntityType.STATE: STATES,
    EntityType.BODY: BODIES,
    EntityType.PERSON: PEOPLE,
    EntityType.INSTRUMENT: INSTRUMENTS,
}


def analysis_of(name: str) -> Analysis:
    """Return the analysis of the document of this name."""
    title, date, kind, source, text = PAGES[name]
    document = Document.from_text(text, title=title, path=f"{name}.txt", date=date, kind=kind, source=source)
    return Analysis(document, tuple(_entities(document)), tuple(_agreements(name, document)), "rules", "model")


def fill_with_accords(folder: Path, title: str = "Portugal and Denmark join forces at sea", count: int = 10) -> Path:
    """Write as many documents of this title to a library, each with the five agreements of `builders.analysis`."""
    path = folder / "library.sqlite"
    analysis = builders.analysis()
    with open_library(path) as library:
        for number in range(count):
            document = builders.document(f"{builders.ACCORD}Number {number}.\n", title=f"{title}, part {number}")
            file = folder / f"accord-{number}.txt"
            file.write_text(document.text, encoding="utf-8")
            library.upsert(replace(analysis, document=document), read_source_file(file))
    return path


def fill(folder: Path, names: Iterable[str] = PAGES) -> Path:
    """Make a library and the files of its documents in a folder; return the path of the library."""
    path = folder / "library.sqlite"
    with open_library(path) as library:
        for name in names:
            file = folder / f"{name}.txt"
            file.write_text(PAGES[name][-1])
            analysis = analysis_of(name)
            library.upsert(analysis, read_source_file(file))
    return path


def named(documents: Iterable[LibraryDocument]) -> list[str]:
    """Return the names of the documents' files."""
    return [Path(document.path).stem for document in documents]


def _entities(document: Document) -> Iterable[Entity]:
    for type_, names in _NAMES.items():
        for name in names:
            forms = [name, *(form for form, of in FORMS.items() if of == name)]
            matches = [m for form in forms for m in re.finditer(rf"\b{re.escape(form)}\b", document.text)]
            if matches:
                mentions = tuple(Mention(document.span(*match.span())) for match in matches)
                surface_forms = tuple(dict.fromkeys(match[0] for match in matches))
                yield Entity(record_id(document, "entity", mentions[0].span), name, type_, surface_forms, mentions)


def _agreements(name: str, document: Document) -> Iterable[Agreement]:
    def record(title: str, quote: str, trigger: str, **fields: Any) -> Agreement:
        evidence, trigger_span = span_of(document, quote), span_of(document, trigger)
        return Agreement(
            record_id(document, "agreement", evidence), Kind.AGREEMENT, title, evidence, trigger_span, "test", **fields
        )

    if name in ("radar", "copy"):
        yield record(
            "Link their coastal radars",
            "Norland and Westmark agreed to link their coastal radars by 2031",
            "link",
            strength=Strength.AGREED,
            parties=("Norland", "Westmark"),
            domain=Domain.MARITIME,
            deadline=Deadline("2031", span_of(document, "by 2031"), "2031-01-01", "2031-12-31"),
        )
    if name == "accord":
        yield record(
            "Sign the Harbour Accord",
            "Ostia and Suderia signed the Harbour Accord",
            "signed",
            strength=Strength.AGREED,
            parties=("Ostia", "Suderia"),
            instrument="Harbour Accord",
            attribution="Ilse Brandt",
        )
    if name == "drones":
        yield record(
            "Deliver six Skua drones",
            "Suderia will deliver six Skua drones to Norland within two years",
            "deliver",
            strength=Strength.COMMITTED,
            parties=("Suderia", "Norland"),
            domain=Domain.DEFENCE_INDUSTRY,
        )
    if name == "talks":
        yield record(
            "Explore an air-defence pact",
            "Arvane may explore an air-defence pact with Westmark",
            "explore",
            strength=Strength.EXPLORED,
            parties=("République d'Arvane", "Westmark"),
        )
