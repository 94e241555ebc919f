"""The documents that an overview is of, each with what made its records and who judged them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.review.reviewed_analysis import ReviewedAnalysis


class SourceDocument(Struct, frozen=True):
    """A document of statements.

    `extractor` and `model` made its records, "" where they are given. `reviewers` judged or corrected some of them, the
    last time at `reviewed` (ISO, UTC), "" without any.
    """

    id: str
    title: str
    path: str
    extractor: str = ""
    model: str = ""
    reviewers: frozenset[str] = frozenset()
    reviewed: str = ""


class Sources(Struct, frozen=True):
    """The documents of an overview by their numbers, and the query that chose what it shows, "" without one."""

    documents: Mapping[int, SourceDocument]
    query: str = ""

    def of(self, number: int) -> SourceDocument:
        """Return a document; one that cannot be read, or was removed meanwhile, is without title and path."""
        return self.documents.get(number, SourceDocument("", "", ""))

    def with_query(self, query: str) -> Sources:
        """Return the same for what a further query leaves."""
        return replace(self, query=" ".join(filter(None, (self.query, query))))


def source_document(reviewed: ReviewedAnalysis) -> SourceDocument:
    """Return the source that an analysis is, with the reviews of the records that it lists."""
    analysis = reviewed.analysis
    document = analysis.document
    ids = {record.id for record in analysis.agreements}
    reviews = [review for record, review in reviewed.reviews.items() if record in ids and review.time]
    return SourceDocument(
        document.id,
        document.title,
        document.path or "-",
        analysis.extractor,
        analysis.model,
        frozenset(review.author for review in reviews),
        max((review.time for review in reviews), default=""),
    )
