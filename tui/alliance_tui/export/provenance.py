"""Where exported records come from: the program, its extraction and model, and who judged them, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import PurePath

from alliance_tui import __version__
from alliance_tui.linking.fingerprint import linking_version
from alliance_tui.overviews.sources import SourceDocument, source_document
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

PROGRAM = f"alliance-tui {__version__}"
MANUAL = "annotation guide 1"
"""The manual by which agreements are annotated, with the version that its first line has."""
# fmt: off
OVERVIEW_LABELS = (
    "program", "extraction", "model", "manual", "reviewed by", "reviewed until", "linking", "as of", "query",
)
# fmt: on
"""The labels of the provenance of an overview, as columns of CSV have them."""


def provenance(reviewed: ReviewedAnalysis) -> dict[str, str]:
    """Return the provenance of a document's records, as labels and values."""
    return _with_values(_made_by([source_document(reviewed)]))


def provenance_of(documents: Iterable[SourceDocument], *, today: str = "", query: str = "") -> dict[str, str]:
    """Return the provenance of linked records of documents, as labels and values; several of one label are joined.

    `today` is the day (ISO) that statuses are as of, `query` what chose the records.
    """
    return _with_values({**_made_by(list(documents)), "linking": linking_version(), "as of": today, "query": query})


def _made_by(sources: Sequence[SourceDocument]) -> dict[str, str]:
    """Return what made and judged the records of documents; a value is "" where it is not known."""
    return {
        "program": PROGRAM,
        "extraction": _joined(source.extractor for source in sources),
        "model": _joined(source.model for source in sources),
        "manual": MANUAL,
        "reviewed by": _joined(chain.from_iterable(source.reviewers for source in sources)),
        "reviewed until": max((source.reviewed for source in sources), default=""),
    }


def _with_values(values: Mapping[str, str]) -> dict[str, str]:
    return {label: value for label, value in values.items() if value}


def provenance_line(reviewed: ReviewedAnalysis) -> str:
    """Return the provenance in one line."""
    return in_one_line(provenance(reviewed))


def in_one_line(values: Mapping[str, str]) -> str:
    """Return a provenance in one line."""
    return "; ".join(f"{label}: {value}" for label, value in values.items())


def exported_path(path: str) -> str:
    """Return a path as an export of an overview has it: an absolute one without the folders of this machine."""
    return PurePath(path).name if PurePath(path).is_absolute() else path


def _joined(values: Iterable[str]) -> str:
    return ", ".join(sorted(set(filter(None, values))))
