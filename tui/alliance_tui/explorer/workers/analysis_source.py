"""The source of an analysis: the cache, or else the extraction in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.extraction.events import Event, Finished
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Analysis, Document


async def analyse(
    document: Document, cache: AnalysisCache | None, model: str | None, limits: Limits = DEFAULT_LIMITS
) -> AsyncGenerator[Event, None]:
    """Yield the events of a document's analysis, ending with Finished or Failed.

    A cached analysis, and an empty one for a language that is not supported, comes as Finished at once.
    """
    if not document.text.strip():
        yield Finished(Analysis(document, (), (), "", ""))
        return
    if cache and (cached := await asyncio.to_thread(_load, cache, document, model)):
        yield Finished(cached)
        return
    if not await asyncio.to_thread(_has_supported_language, document):
        yield Finished(Analysis(document, (), (), "", ""))
        return
    from alliance_tui.extraction.worker.client import extract

    async with aclosing(extract(document, model, limits)) as events:
        async for event in events:
            yield event
            if isinstance(event, Finished) and cache:
                await asyncio.to_thread(cache.save, event.analysis)


def _has_supported_language(document: Document) -> bool:
    from alliance_tui.documents.language_detection import detect_language, is_supported_language

    return is_supported_language(detect_language(document.text))


def _load(cache: AnalysisCache, document: Document, model: str | None) -> Analysis | None:
    from alliance_tui.extraction.fingerprint import extractor_version, model_version

    return cache.load(document, extractor_version(), model_version(model))
