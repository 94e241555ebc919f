"""Documents and their analyses for the commands: the good ones in order, a line of complaint for each of the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from functools import cached_property

from alliance_tui.cli import console
from alliance_tui.cli.options import Arguments
from alliance_tui.documents import read_all
from alliance_tui.errors import AllianceError, DocumentError, ModelError
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.extraction.version import extractor_version, model_version
from alliance_tui.library.cache import AnalysisCache
from alliance_tui.records import Analysis, Document


def cache_of(arguments: Arguments) -> AnalysisCache | None:
    """The cache that was asked for; None with --no-cache."""
    return AnalysisCache(arguments.library) if arguments.cache else None


class Inputs:
    """The documents that the arguments name. `failed` tells, after they are read, whether one could not be answered."""

    def __init__(self, arguments: Arguments) -> None:
        self.failed = False
        self._arguments = arguments
        self._progress = console.Progress()

    def documents(self) -> Iterator[Document]:
        """Those that can be read, one in memory at a time."""
        arguments = self._arguments
        for number, document in enumerate(read_all(arguments.paths, date=arguments.date, limits=arguments.limits), 1):
            if isinstance(document, DocumentError):
                self._complain(document, str(document))
            else:
                self._progress.show(f"{number}: {document.path}")
                yield document
        self._progress.clear()

    def analyses(self) -> Iterator[Analysis]:
        """The analyses of those that can be read, from the cache where they are kept. Raises ModelError."""
        for document in self.documents():
            try:
                analysis = self._analyse(document)
            except ModelError:
                raise
            except Exception as error:  # whatever one document does, the others are answered
                reason = str(error) if isinstance(error, AllianceError) else f"{type(error).__name__}: {error}"
                self._complain(error, f"{document.path} could not be analysed ({reason}); the rest goes on")
            else:
                self._progress.clear()
                yield analysis
        if self._cache and self._cache.notice:
            console.complain(self._cache.notice)

    @cached_property
    def _cache(self) -> AnalysisCache | None:
        return cache_of(self._arguments)

    @cached_property
    def _extractor(self) -> Extractor:
        return Extractor(self._arguments.model)

    def _analyse(self, document: Document) -> Analysis:
        if self._cache is None:
            return self._extractor.analyse(document)
        kept = self._cache.load(document, extractor_version(), model_version(self._arguments.model))
        if kept:
            return kept
        analysis = self._extractor.analyse(document)
        self._cache.save(analysis)
        return analysis

    def _complain(self, error: Exception, message: str) -> None:
        self.failed = True
        self._progress.clear()
        if self._arguments.debug:
            traceback.print_exception(error)
        console.complain(message)
