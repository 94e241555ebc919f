"""The child process for threads without limits: a crash costs only its document."""

from __future__ import annotations

import sys

import pytest

from alliance_tui.documents.limits import DEFAULT_LIMITS
from alliance_tui.errors import ExtractionError
from alliance_tui.extraction.worker import child_process
from alliance_tui.extraction.worker.child_process import ChildProcess
from alliance_tui.records import Document

DOCUMENT = Document.from_text("Arden and Boria will build a bridge by 2031.", title="Bridge", date="2030-01-01")


def test_a_child_that_dies_costs_its_document_and_another_one_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    child, command = ChildProcess(), child_process.COMMAND
    monkeypatch.setattr(child_process, "COMMAND", (sys.executable, "-c", "import sys; sys.stdin.buffer.read(4)"))
    with pytest.raises(ExtractionError, match=r"^it crashed the extraction$"):
        child.analyse(DOCUMENT, None, DEFAULT_LIMITS, quick=False)
    monkeypatch.setattr(child_process, "COMMAND", command)
    with pytest.raises(ExtractionError, match="no_such_pipeline cannot be loaded: install it"):
        child.analyse(DOCUMENT, "no_such_pipeline", DEFAULT_LIMITS, quick=False)
    child.close()
