"""The rows of the library's agreements, read in a thread of their own while the library's thread may be searching."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from alliance_tui.explorer.state.acronyms import acronyms_of
from alliance_tui.explorer.state.agreement_list import ListedAgreement, Passage, passage_range
from alliance_tui.explorer.workers.library_thread import LibraryThread
from alliance_tui.highlighting import RowHighlight
from alliance_tui.library.agreement_keys import AgreementKey
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.records import Agreement, Analysis
from alliance_tui.review.record_changes import RecordReview
from alliance_tui.search.matches import Range
from alliance_tui.search.matching.occurrences import merge_ranges

if TYPE_CHECKING:
    from alliance_tui.library.search.agreement_search import QueryMatcher
    from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
    from alliance_tui.search.indexing.search_index import SearchIndex
    from alliance_tui.search.matches import RecordMatch

_Result = TypeVar("_Result")

_ANALYSES = 100
"""Analyses that are kept: those of some screenfuls of agreements."""


class AgreementReader(LibraryThread):
    """Reads agreements of the library."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "agreements")
        self._indexes: dict[LibraryDocument, SearchIndex] = {}
        self._matched: tuple[LibraryDocument | None, QueryMatcher | None, Mapping[str, RecordMatch]] = None, None, {}
        """What a query matches in the document looked at last."""
        self._reviewed = lru_cache(_ANALYSES)(self._load)
        self._data_version: int | None = None

    async def rows(
        self,
        keys: Sequence[AgreementKey],
        documents: Mapping[int, LibraryDocument],
        matcher: QueryMatcher | None,
        draw: Callable[[AgreementKey, ListedAgreement], object],
    ) -> dict[AgreementKey, ListedAgreement]:
        """Return the rows of these agreements; those that were removed or cannot be read are left out.

        `draw` is called with each in the thread.
        """

        def read() -> dict[AgreementKey, ListedAgreement]:
            rows = self._rows(keys, documents, matcher)
            for key, row in rows.items():
                draw(key, row)
            return rows

        return await self._run(read) if keys else {}

    async def passage(
        self, key: AgreementKey, documents: Mapping[int, LibraryDocument], matcher: QueryMatcher | None
    ) -> Passage | None:
        """Return the passage of an agreement, None where it was removed or cannot be read."""
        return await self._run(lambda: self._passage(key, documents, matcher))

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        def run() -> _Result:
            self._forget_what_changed()
            return work()

        return await super()._run(run)

    def _forget_what_changed(self) -> None:
        """Forget what was read before another connection wrote: a document's records may be judged otherwise now."""
        if self._library is None:
            return
        (version,) = self._library.db.execute("PRAGMA data_version").fetchone()
        if version != self._data_version:
            self._data_version = version
            self._reviewed.cache_clear()
            self._indexes.clear()
            self._matched = None, None, {}

    def _load(self, document: LibraryDocument) -> ReviewedAnalysis | None:
        from alliance_tui.library.library_document import DamagedDocumentError

        try:
            return self._open_library().load_reviewed(document)
        except (KeyError, DamagedDocumentError):
            return None

    def _find(
        self, key: AgreementKey, documents: Mapping[int, LibraryDocument], matcher: QueryMatcher | None
    ) -> _Found | None:
        """Return an agreement with what the query matches in it; None where it was removed or cannot be read."""
        number, position = key
        document = documents.get(number)
        reviewed = self._reviewed(document) if document else None
        if document is None or reviewed is None or position >= len(reviewed.analysis.agreements):
            return None
        analysis = reviewed.analysis
        record = analysis.agreements[position]
        match = self._matches(document, matcher).get(record.id) if matcher else None
        matched = match.matched_ranges if match else {}
        return _Found(document, analysis, record, matched, reviewed.reviews.get(record.id))

    def _matches(self, document: LibraryDocument, matcher: QueryMatcher) -> Mapping[str, RecordMatch]:
        """Return what the query matches in a document, of which several agreements may be listed."""
        from alliance_tui.review.labels import record_index_of

        if self._matched[:2] != (document, matcher):
            reviewed = self._reviewed(document)
            assert reviewed is not None
            if document not in self._indexes:
                if len(self._indexes) >= _ANALYSES:
                    self._indexes.clear()
                self._indexes[document] = record_index_of(reviewed)
            self._matched = document, matcher, matcher.records(self._indexes[document])
        return self._matched[2]

    def _rows(
        self, keys: Sequence[AgreementKey], documents: Mapping[int, LibraryDocument], matcher: QueryMatcher | None
    ) -> dict[AgreementKey, ListedAgreement]:
        rows: dict[AgreementKey, ListedAgreement] = {}
        for key in sorted(keys):  # the agreements of a document one after the other
            if found := self._find(key, documents, matcher):
                document, highlight = found.document, RowHighlight(matched_ranges=found.matched_ranges)
                acronyms = acronyms_of(found.analysis)
                of_parties = {party: acronyms[party] for party in found.record.parties if party in acronyms}
                rows[key] = ListedAgreement(
                    found.record, document.title, document.date or "", of_parties, highlight, found.review
                )
        return rows

    def _passage(
        self, key: AgreementKey, documents: Mapping[int, LibraryDocument], matcher: QueryMatcher | None
    ) -> Passage | None:
        found = self._find(key, documents, matcher)
        if found is None:
            return None
        text, evidence = found.analysis.document.text, found.record.evidence
        start, end = passage_range(text, evidence.start, evidence.end)
        offset = evidence.start - start
        in_quote = [(offset + first, offset + last) for first, last in found.matched_ranges.get("quote", ())]
        passage = text[start:end]
        return Passage(
            found.document.title,
            found.document.date or "",
            found.record.section or "",
            found.analysis.document.page_of(evidence.start),
            passage,
            (offset, evidence.end - start),
            merge_ranges([*in_quote, *(matcher.ranges(passage) if matcher else ())]),
        )


class _Found(Struct, frozen=True):
    """An agreement with its document, what the query matches in each of its fields, and what the reader did with it."""

    document: LibraryDocument
    analysis: Analysis
    record: Agreement
    matched_ranges: Mapping[str, tuple[Range, ...]]
    review: RecordReview | None
