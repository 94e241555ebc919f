"""The names of what makes an analysis: they change with the rules, and cost no import of spaCy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from alliance_tui.extraction.commitments.classification.model import FILE
from alliance_tui.extraction.fingerprint import extractor_version, model_version, sources


def test_it_is_the_same_in_every_process() -> None:
    program = (
        "import sys; from alliance_tui.extraction.fingerprint import *\n"
        "print(extractor_version(), 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.split() == [extractor_version(), "False"]


def test_rules_word_lists_and_the_model_all_change_it() -> None:
    names = {path.name for path in sources()}
    assert {"coder.py", "cues.toml", FILE} <= names


def test_a_pipeline_in_a_folder_is_named_with_its_version(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "en", "name": "mine", "version": "1.2.3"}))
    assert model_version(str(tmp_path)) == f"{tmp_path}-1.2.3"


def test_a_pipeline_that_is_not_there_is_named_as_it_was_asked_for() -> None:
    assert model_version("no_such_pipeline") == "no_such_pipeline"


def test_the_usual_pipeline_is_named_with_its_version() -> None:
    name, _, version = model_version(None).rpartition("-")
    assert name.startswith("en_core_web_sm")
    assert version[0].isdigit()
