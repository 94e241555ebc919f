"""`alliance-tui demo`: a library of its own that holds the article that ships with the program, in the explorer."""

from __future__ import annotations

from pathlib import Path

from alliance_tui import documents
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import DocumentError
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.ingestion.ingest import Ingest
from alliance_tui.library.store import open_library

_NAME = "demo.sqlite"


def run(arguments: Arguments) -> int:
    """Fill the library and open it; return the exit status."""
    path = Path(arguments.library) if arguments.library else AnalysisCache().path.with_name(_NAME)
    _add_seed(path)
    from alliance_tui import explorer  # not at the top: an error of the library needs no Textual

    return explorer.run([], cache=AnalysisCache(path), debug=arguments.debug)


def _add_seed(path: Path) -> None:
    """Add the article with its sidecar to the library, unless it is there. Raises DocumentError, LibraryError."""
    extractor = Extractor()
    with open_library(path) as library:
        ingest = Ingest(
            library,
            lambda document: lambda: extractor.analyse(document),
            extractor=extractor_version(),
            model=model_version(None),
            ahead=0,
        )
        for event in ingest.add([documents.seed_document().path or ""]):
            if event.error:
                raise DocumentError(event.error)
