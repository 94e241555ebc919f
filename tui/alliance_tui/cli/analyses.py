"""Documents and their analyses for the commands: from the cache where they are kept, else extracted now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from alliance_tui.cli import console
from alliance_tui.cli.extraction_pool import ExtractionPool
from alliance_tui.cli.inputs import Inputs, open_cache
from alliance_tui.cli.options import Arguments
from alliance_tui.documents.language_detection import detect_language, is_supported_language, unsupported_message
from alliance_tui.errors import AllianceError, ModelError
from alliance_tui.extraction.dates.deadlines import find_deadlines
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.lexicon.loading import own_faults
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document

MISSING_DATE = 'no date is found to resolve "next year" against; give it with --date, or in NAME.toml beside NAME.txt'
"""What to ask for, after the names of documents."""
_ANY_DATE = "2000-01-01"

_Waiting = Callable[[], Analysis]
"""Waits for an analysis, and raises what went wrong with it."""


def analyses(inputs: Inputs, arguments: Arguments) -> Iterator[Analysis]:
    """The analyses of the documents that can be read, in order. Raises ModelError.

    One document is analysed in this process, several in processes of their own; a few are in memory at a time.
    """
    for fault in own_faults():
        console.print_message(fault)
    work = _Work(inputs, arguments)
    if inputs.several:
        with ExtractionPool(arguments.model) as workers:
            yield from work.analyses(workers.submit, 2 * workers.count)
    else:
        extractor = Extractor(arguments.model)
        yield from work.analyses(lambda document: lambda: extractor.analyse(document), 0)
    work.tell_of_cache()
    work.ask_for_dates()


def _wants_date(analysis: Analysis) -> bool:
    """Whether a record's words name a time that only the document's date would tell, and that is not known."""
    document = analysis.document
    spans = (each.evidence for each in analysis.agreements if not (each.deadline and each.deadline.earliest))
    return document.date is None and any(find_deadlines(document.text, s.start, s.end, _ANY_DATE) for s in spans)


class _Work:
    """The way of each document through the cache or the extraction."""

    def __init__(self, inputs: Inputs, arguments: Arguments) -> None:
        self._inputs = inputs
        self._model = arguments.model
        self._cache = open_cache(arguments)
        self._undated: list[str] = []

    def analyses(self, submit: Callable[[Document], _Waiting], ahead: int) -> Iterator[Analysis]:
        """Begin with up to `ahead` further documents before one is waited for."""
        begun: deque[tuple[Document, _Waiting]] = deque()
        for document in self._inputs.documents():
            begun.append((document, self._known(document) or self._extracted(submit(document))))
            if len(begun) > ahead:
                yield from self._finished(*begun.popleft())
        while begun:
            yield from self._finished(*begun.popleft())

    def tell_of_cache(self) -> None:
        """Tell the reader what kept the cache from working, if anything did."""
        if self._cache and self._cache.notice:
            console.print_message(self._cache.notice)

    def ask_for_dates(self) -> None:
        """Ask the reader for the dates of documents that name a time by theirs, in one line."""
        if self._undated:
            others = f" and {len(self._undated) - 1:,} others" if len(self._undated) > 1 else ""
            console.print_hint(f"{self._undated[0]}{others}: {MISSING_DATE}")

    def _known(self, document: Document) -> _Waiting | None:
        """The analysis of a document that need not be extracted."""
        if not document.text.strip():
            self._inputs.print_note(f"{document.path} is empty: fetch it again or save it anew")
        elif is_supported_language(code := detect_language(document.text)):
            return self._kept(document)
        else:
            told = unsupported_message(code or "")
            self._inputs.print_note(f"{document.path} is {told[0].lower()}{told[1:]}")
        nothing = Analysis(document, (), (), extractor_version(), model_version(self._model))
        return lambda: nothing

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
            self._inputs.print_failure(error, f"{document.path} could not be analysed: {reason}")
        else:
            if _wants_date(analysis):
                self._undated.append(document.path or "standard input")
            self._inputs.progress.clear()  # before it is written where the line stands
            yield analysis
