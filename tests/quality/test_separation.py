"""The model learns from nothing but the training data, and that shares no document with development and test data."""

from __future__ import annotations

import re
import tarfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.quality.data_sets import (
    CORPORA,
    DEVELOPMENT,
    GOLD,
    LINKED,
    TEST,
    TEST_EXCERPTS,
    TRAINING,
    TRAINING_CANDIDATES,
    annotated_documents,
    read_lines,
)
from tests.quality.train import arguments
from tests.support.shared_folder import ARCHIVE, require_shared_folder, shared_folder

HELD_OUT = (*DEVELOPMENT, *TEST)
PASSAGE = 20
"""Words of a passage: formulas ("the United Nations Convention on the Law of the Sea") are shorter."""
MOST_SHARED = 0.2
"""The share of a document's passages that may also occur in what is learnt from."""


def excerpts(data_sets: Iterable[str]) -> list[tuple[str, str]]:
    """The source in the corpus and the date of every document of these sets that is annotated by offsets."""
    sidecars = (path for name in data_sets for path in sorted((CORPORA / name).glob("*.toml")))
    metadata = (tomllib.loads(path.read_text("utf-8")) for path in sidecars)
    return [(each["source"], each["date"].isoformat()) for each in metadata if "source" in each]


def candidate_documents() -> list[tuple[str, str]]:
    """The source and the date of every document with labelled candidates."""
    return [(document["source"], document["date"]) for document in read_lines(TRAINING_CANDIDATES)]


def learnt_from() -> list[tuple[str, str]]:
    """The source and the date of every document of the archive that the model learns from."""
    return [*excerpts(TRAINING), *candidate_documents()]


def passages(text: str) -> set[tuple[str, ...]]:
    """Every run of PASSAGE words of a text, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + PASSAGE]) for start in range(len(words) - PASSAGE + 1)}


def test_the_training_reads_training_data_alone() -> None:
    shared = Path("shared")
    inputs = [argument for argument in arguments(shared) if not argument.startswith("--")]
    trained_on = [shared / GOLD, shared / ARCHIVE, TRAINING_CANDIDATES, *(CORPORA / name for name in TRAINING)]
    assert sorted(inputs) == sorted(map(str, trained_on))
    assert all(Path(path).name.startswith("train-") for path in inputs if Path(path).is_relative_to(CORPORA))


def test_every_corpus_says_by_its_name_what_it_is_for() -> None:
    assert {path.name for path in CORPORA.iterdir()} == {
        *TRAINING,
        LINKED,
        *DEVELOPMENT,
        *TEST,
        TRAINING_CANDIDATES.name,
    }
    assert all(name.startswith("train-") for name in (*TRAINING, LINKED))
    assert all(name.startswith("dev-") for name in DEVELOPMENT)
    assert all(name.startswith("test-") for name in TEST)


@pytest.mark.parametrize("data_set", TEST_EXCERPTS)
def test_no_document_of_a_test_set_is_learnt_from(data_set: str) -> None:
    sources = {source for source, _ in excerpts([data_set])}
    assert len(sources) == 18
    assert sources.isdisjoint(source for source, _ in [*learnt_from(), *excerpts([LINKED])])


@pytest.mark.parametrize("data_set", TEST_EXCERPTS)
def test_no_document_of_the_date_of_a_test_document_is_learnt_from(data_set: str) -> None:
    """Documents of one date often report one event in the same words."""
    dates = {date for _, date in excerpts([data_set])}
    assert dates.isdisjoint(date for _, date in learnt_from())


def test_no_document_is_in_two_test_sets() -> None:
    sources = [source for source, _ in excerpts(TEST_EXCERPTS)]
    assert len(sources) == len(set(sources))


def test_written_texts_for_development_and_test_share_no_passage_with_training_texts() -> None:
    trained_on = {path.name: passages(path.read_text("utf-8")) for path in (CORPORA / "train-written").glob("*.txt")}
    held_out = [path for name in HELD_OUT for path in (CORPORA / name).glob("*.txt")]
    assert len(held_out) == 30
    shared = {
        (path.name, name)
        for path in held_out
        for name, learnt in trained_on.items()
        if not learnt.isdisjoint(passages(path.read_text("utf-8")))
    }
    assert shared == set()


@pytest.mark.shared
@pytest.mark.skipif(shared_folder() is None, reason="needs the shared data: set ALLIANCE_SHARED to its folder")
def test_documents_for_development_and_test_share_little_wording_with_what_is_learnt_from() -> None:
    """Governments repeat paragraphs from one statement to the next; a near duplicate would share most of its text."""
    held_out = {document.name: passages(document.document.text) for document in annotated_documents(HELD_OUT)}
    assert len(held_out) == 86
    relevant = set().union(*held_out.values())
    learnt = set[tuple[str, ...]]()
    for text in texts_learnt_from():
        learnt |= passages(text) & relevant
    shared = {name: len(own & learnt) / len(own) for name, own in held_out.items()}
    assert {name: round(share, 2) for name, share in shared.items() if share > MOST_SHARED} == {}


def texts_learnt_from() -> Iterator[str]:
    """The annotated parts of the gold and training documents, and the whole documents of the labelled candidates."""
    yield from (document.document.text for document in annotated_documents([GOLD, *TRAINING]))
    sources = {source for source, _ in candidate_documents()}
    with tarfile.open(require_shared_folder() / ARCHIVE) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.removeprefix("./") in sources else None
            if file:
                yield file.read().decode("utf-8", "replace")
