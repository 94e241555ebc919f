"""Documents with those of their agreements that are listed, for exports of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from msgspec.structs import replace

from alliance_tui.library.agreement_keys import AgreementKey
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_CACHED_DOCUMENTS = 200  # whose agreements may be far from each other in the list


def listed_documents(
    library: LibraryReader,
    documents: Mapping[int, LibraryDocument],
    keys: Iterable[AgreementKey],
    *,
    in_order: bool = False,
) -> Iterator[ReviewedAnalysis]:
    """Yield each document with its agreements of these keys, which are in the order of the list.

    With `in_order`, a document is there again wherever one of its agreements follows one of another document, so that
    all agreements are in the order of the list. A document that is removed meanwhile, or damaged, is left out.
    """

    @lru_cache(_CACHED_DOCUMENTS)
    def load(number: int) -> ReviewedAnalysis | None:
        try:
            return library.load_reviewed(documents[number])
        except (KeyError, DamagedDocumentError):
            return None

    for number, positions in _consecutive(keys) if in_order else _by_document(keys):
        if reviewed := load(number):
            agreements = reviewed.analysis.agreements
            listed = tuple(agreements[position] for position in positions if position < len(agreements))
            yield replace(reviewed, analysis=replace(reviewed.analysis, agreements=listed, possible=()))


def _by_document(keys: Iterable[AgreementKey]) -> Iterable[tuple[int, list[int]]]:
    positions: dict[int, list[int]] = {}
    for document, position in keys:
        positions.setdefault(document, []).append(position)
    return positions.items()


def _consecutive(keys: Iterable[AgreementKey]) -> Iterator[tuple[int, list[int]]]:
    for document, of_document in groupby(keys, key=lambda key: key[0]):
        yield document, [position for _, position in of_document]
