"""The fingerprints that a cached analysis is kept by."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_tui.extraction.commitments.classification.model_file import MODEL_FILE
from alliance_tui.extraction.data_folders import BUILT_IN
from alliance_tui.extraction.fingerprint import (
    RULES_VERSION,
    data_files,
    extractor_version,
    fingerprint,
    model_version,
)
from tests.tools import reference_records


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A lexicon and a classifier."""
    lexicon, classifier = tmp_path / "cues.toml", tmp_path / "model.npz"
    lexicon.write_text('# Verbs of promising.\n\nverbs = ["pledge"]\n')
    classifier.write_bytes(b"weights")
    return [lexicon, classifier]


def test_it_is_the_same_in_every_process_and_imports_no_spacy() -> None:
    program = (
        "import sys; from alliance_tui.extraction.fingerprint import *\n"
        "print(extractor_version(), 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.split() == [extractor_version(), "False"]


def test_it_is_made_of_the_lexicons_and_the_models() -> None:
    names = {path.name for path in data_files()}
    assert {"cues.toml", "states.toml", MODEL_FILE} <= names
    assert {path.suffix for path in data_files()} == {".toml", ".npz", ".onnx"}


def test_the_encoder_s_file_is_named_by_its_content() -> None:
    """So its bytes need not be read at every start."""
    (encoder,) = (path for path in data_files() if path.suffix == ".onnx")
    assert encoder.stem == f"encoder-{hashlib.sha256(encoder.read_bytes()).hexdigest()[:16]}"


def test_an_extraction_without_the_encoder_has_another_one() -> None:
    assert {path.suffix for path in data_files(quick=True)} == {".toml", ".npz"}
    assert extractor_version(quick=True) != extractor_version()


def test_entries_of_a_lexicon_the_classifier_and_the_rules_version_change_it(files: list[Path]) -> None:
    lexicon, classifier = files
    fingerprints = {fingerprint(files, 1), fingerprint(files, 2)}
    lexicon.write_text('# Verbs of promising.\n\nverbs = ["vow"]\n')
    fingerprints.add(fingerprint(files, 1))
    classifier.write_bytes(b"other weights")
    fingerprints.add(fingerprint(files, 1))
    assert len(fingerprints) == 4


def test_a_comment_in_a_lexicon_does_not_change_it(files: list[Path]) -> None:
    before = fingerprint(files, 1)
    files[0].write_text('# Verbs by which a speaker promises.\n# Sorted.\n\nverbs = ["pledge"]\n')
    assert fingerprint(files, 1) == before


def test_the_readers_own_lexicons_change_it(tmp_path: Path) -> None:
    environment = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}

    def printed(name: str) -> str:
        program = f"from alliance_tui.extraction.fingerprint import *; print({name}())"
        command = [sys.executable, "-c", program]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()

    without = printed("extractor_version")
    assert without == fingerprint([path for path in data_files() if path.parent == BUILT_IN], RULES_VERSION)
    folder = Path(printed("own_folder"))
    folder.mkdir(parents=True)
    (folder / "states.toml").write_text("[states]\n'Norland' = { demonyms = ['Norlander'] }\n")
    assert printed("extractor_version") != without


@pytest.mark.model
def test_records_change_only_with_the_rules_version() -> None:
    """Caches keep analyses by this version: rules that give other records under the same version go unnoticed."""
    stored, current = reference_records.stored(), reference_records.current()
    changed = [name for name, digest in current.digests.items() if stored.digests.get(name) != digest]
    assert stored == current, (
        f"the records of {changed or 'no document'} in tests/extraction/reference changed, or RULES_VERSION did. "
        "Unintended: find the cause. Intended: raise RULES_VERSION in extraction/fingerprint.py, "
        "then run “python -m tests.tools.reference_records”."
    )


def test_a_pipeline_in_a_folder_is_named_with_its_version(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "en", "name": "mine", "version": "1.2.3"}))
    assert model_version(str(tmp_path)) == f"{tmp_path}-1.2.3"


def test_a_missing_pipeline_has_its_name_for_a_version() -> None:
    assert model_version("no_such_pipeline") == "no_such_pipeline"


def test_the_default_pipeline_is_named_with_its_version() -> None:
    name, _, version = model_version(None).rpartition("-")
    assert name.startswith("en_core_web_sm")
    assert version[0].isdigit()
