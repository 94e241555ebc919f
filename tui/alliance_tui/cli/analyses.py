"""Documents and their analyses for the commands: from the cache where they are kept, else extracted now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from alliance_tui.cli import console
from alliance_tui.cli.inputs import Inputs, cache_of
from alliance_tui.cli.options import Arguments
from alliance_tui.cli.workers import Workers
from alliance_tui.errors import AllianceError, ModelError
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.extraction.version import extractor_version, model_version
from alliance_tui.records import Analysis, Document

_Waiting = Callable[[], Analysis]
"""Waits for an analysis, and raises what went wrong with it."""


def analyses(inputs: Inputs, arguments: Arguments) -> Iterator[Analysis]:
    """The analyses of the documents that can be read, in order. Raises ModelError.

    One document is analysed in this process, several in processes of their own; a few are in memory at a time.
    """
    work = _Work(inputs, arguments)
    if inputs.several:
        with Workers(arguments.model) as workers:
            yield from work.analyses(workers.submit, 2 * workers.count)
    else:
        extractor = Extractor(arguments.model)
        yield from work.analyses(lambda document: lambda: extractor.analyse(document), 0)
    work.tell_of_cache()


class _Work:
    """The way of each document through the cache or the extraction."""

    def __init__(self, inputs: Inputs, arguments: Arguments) -> None:
        self._inputs = inputs
        self._model = arguments.model
        self._cache = cache_of(arguments)

    def analyses(self, submit: Callable[[Document], _Waiting], ahead: int) -> Iterator[Analysis]:
        """Begin with up to `ahead` further documents before one is waited for."""
        begun: deque[tuple[Document, _Waiting]] = deque()
        for document in self._inputs.documents():
            begun.append((document, self._kept(document) or self._extracted(submit(document))))
            if len(begun) > ahead:
                yield from self._finished(*begun.popleft())
        while begun:
            yield from self._finished(*begun.popleft())

    def tell_of_cache(self) -> None:
        """Tell the reader what kept the cache from working, if anything did."""
        if self._cache and self._cache.notice:
            console.complain(self._cache.notice)

    def _kept(self, document: Document) -> _Waiting | None:
        """The analysis from the cache, if it is there, as something that need not be waited for."""
        if self._cache is None:
            return None
        kept = self._cache.load(document, extractor_version(), model_version(self._model))
        return (lambda: kept) if kept else None

    def _extracted(self, wait: _Waiting) -> _Waiting:
        return lambda: self._saved(wait())

    def _saved(self, analysis: Analysis) -> Analysis:
        """The same, kept in the cache from now on."""
        if self._cache:
            self._cache.save(analysis)
        return analysis

    def _finished(self, document: Document, wait: _Waiting) -> Iterator[Analysis]:
        try:
            analysis = wait()
        except ModelError:
            raise
        except Exception as error:  # whatever one document does, the others are answered
            reason = str(error) if isinstance(error, AllianceError) else f"{type(error).__name__}: {error}"
            self._inputs.complain(error, f"{document.path} could not be analysed: {reason}")
        else:
            self._inputs.progress.clear()  # before it is written where the line stands
            yield analysis
