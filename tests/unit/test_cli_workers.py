"""Extraction in processes of their own: one that crashes costs only its document."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from alliance_tui.cli.workers import Workers
from alliance_tui.errors import ExtractionError
from alliance_tui.records import Analysis, Document


def analyse(document: Document, model: str | None) -> Analysis:
    """Stands in for an extraction, so that a crash can be had at will."""
    if document.text == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if document.text == "raise":
        raise ValueError("no")
    return Analysis(document, (), (), "test", str(model))


def outcome(wait: Callable[[], Analysis]) -> str:
    try:
        return wait().document.text
    except (ExtractionError, ValueError) as error:
        return type(error).__name__


def test_a_crash_costs_only_its_own_document() -> None:
    texts = ["a", "b", "crash", "c", "raise", "crash", "d"]
    with Workers(None, analyse) as workers:
        begun = [workers.submit(Document.of(text, title=text)) for text in texts]
        assert [outcome(wait) for wait in begun] == [
            "a",
            "b",
            "ExtractionError",
            "c",
            "ValueError",
            "ExtractionError",
            "d",
        ]
        assert outcome(workers.submit(Document.of("later", title="later"))) == "later"


@pytest.mark.model
def test_several_documents_are_analysed_with_one_model_a_worker() -> None:
    with Workers(None) as workers:
        begun = [workers.submit(Document.of("Norland will build a harbour.", title=str(n))) for n in range(4)]
        assert [wait().document.title for wait in begun] == ["0", "1", "2", "3"]
