"""Analyses of the input documents: from the cache, else extracted now."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.cli import console
from alliance_tui.cli.backends.opening import open_pool
from alliance_tui.cli.inputs import Inputs, open_cache
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.documents.language_detection import detect_language, is_supported_language, unsupported_message
from alliance_tui.errors import UNEXPECTED_FAILURE, AllianceError, ClusterError, ModelError
from alliance_tui.extraction.dates.deadlines import find_deadlines
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.lexicon.loading import own_faults
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.read_ahead import PendingAnalysis, ReadAheadQueue, SubmitDocument
from alliance_tui.records import Analysis, Document

MISSING_DATE = 'no date is found to resolve "next year" against; give it with --date, or in NAME.toml beside NAME.txt'
"""The hint for documents without a date, to put after their names."""

_ANY_DATE = "2000-01-01"


def analyses(inputs: Inputs, arguments: Arguments) -> Iterator[Analysis]:
    """Yield the analyses of the readable documents, in order. Raises ClusterError and ModelError.

    One document is analysed in this process, several in a pool of processes; a few are in memory at a time.
    """
    for fault in own_faults():
        console.print_message(fault)
    analyser = _Analyser(inputs, arguments)
    if inputs.several or arguments.cluster or arguments.executor:
        with open_pool(arguments, inputs.print_note) as pool:
            yield from analyser.analyses(pool.submit, pool.backend.ahead)
    else:
        extractor = Extractor(arguments.model, arguments.limits, quick=arguments.quick)
        yield from analyser.analyses(lambda document: lambda: extractor.analyse(document), 0)
    analyser.print_cache_notice()
    analyser.print_date_hint()


def _needs_date(analysis: Analysis) -> bool:
    """Return whether a record names a time relative to the document's date, and that date is missing."""
    document = analysis.document
    evidence = (a.evidence for a in analysis.agreements if not (a.deadline and a.deadline.earliest))
    return document.date is None and any(find_deadlines(document.text, s.start, s.end, _ANY_DATE) for s in evidence)


class _Analyser:
    """Analyses each document, unless its analysis is cached or it has nothing to extract."""

    def __init__(self, inputs: Inputs, arguments: Arguments) -> None:
        self._inputs = inputs
        self._versions = extractor_version(quick=arguments.quick), model_version(arguments.model)
        self._cache = open_cache(arguments)
        self._undated: list[str] = []

    def analyses(self, submit: SubmitDocument, ahead: int) -> Iterator[Analysis]:
        """Yield the analyses in order; submit up to `ahead` further documents before one is waited for."""
        queue = ReadAheadQueue[tuple[Document, PendingAnalysis]](ahead)
        for document in self._inputs.documents():
            pending = self._without_extraction(document) or self._then_cached(submit(document))
            for task in queue.add((document, pending)):
                yield from self._finish(*task)
        for task in queue.drain():
            yield from self._finish(*task)

    def print_cache_notice(self) -> None:
        """Print why the cache did not work, if it did not."""
        if self._cache and self._cache.notice:
            console.print_message(self._cache.notice)

    def print_date_hint(self) -> None:
        """Print one line on the documents that need a date."""
        if self._undated:
            others = f" and {len(self._undated) - 1:,} others" if len(self._undated) > 1 else ""
            console.print_hint(f"{self._undated[0]}{others}: {MISSING_DATE}")

    def _without_extraction(self, document: Document) -> PendingAnalysis | None:
        """Return the analysis of an empty, unsupported or cached document; None for others."""
        if not document.text.strip():
            self._inputs.print_failure(f"{document.path} is empty: fetch it again or save it anew")
        elif is_supported_language(code := detect_language(document.text)):
            return self._cached(document)
        else:
            message = unsupported_message(code or "")
            self._inputs.print_note(f"{document.path} is {message[0].lower()}{message[1:]}")
        empty = Analysis(document, (), (), *self._versions)
        return lambda: empty

    def _cached(self, document: Document) -> PendingAnalysis | None:
        if self._cache is None:
            return None
        cached = self._cache.load(document, *self._versions)
        return (lambda: cached) if cached else None

    def _then_cached(self, pending: PendingAnalysis) -> PendingAnalysis:
        """Return the pending analysis, which is saved in the cache once it is there."""

        def wait() -> Analysis:
            analysis = pending()
            if self._cache:
                self._cache.save(analysis)
            return analysis

        return wait

    def _finish(self, document: Document, pending: PendingAnalysis) -> Iterator[Analysis]:
        try:
            analysis = pending()
        except (ClusterError, ModelError):
            raise
        except Exception as error:  # whatever one document does, the others are answered
            reason = str(error) if isinstance(error, AllianceError) else UNEXPECTED_FAILURE
            self._inputs.print_failure(f"{document.path} could not be analysed: {reason}", error)
        else:
            if _needs_date(analysis):
                self._undated.append(document.path or "standard input")
            self._inputs.progress.clear()  # before output is written on the same line
            yield analysis
