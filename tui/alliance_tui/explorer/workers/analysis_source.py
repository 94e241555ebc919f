"""The source of an analysis: the cache, or else the extraction in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.extraction.events import Event, Finished
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Analysis, Document


async def known_analysis(document: Document, cache: AnalysisCache | None, model: str | None) -> Analysis | None:
    """Return the cached analysis, or the empty one of a text without words; None where there is neither."""
    if not document.text.strip():
        return Analysis(document, (), (), "", "")
    return await asyncio.to_thread(_load, cache, document, model) if cache else None


async def analyse(
    document: Document, cache: AnalysisCache | None, model: str | None, limits: Limits = DEFAULT_LIMITS
) -> AsyncGenerator[Event, None]:
    """Yield the events of a document's analysis, ending with Finished or Failed; a known one comes at once."""
    if known := await known_analysis(document, cache, model):
        yield Finished(known)
        return
    async with aclosing(extracted(document, cache, model, limits)) as events:
        async for event in events:
            yield event


async def extracted(
    document: Document, cache: AnalysisCache | None, model: str | None, limits: Limits = DEFAULT_LIMITS
) -> AsyncGenerator[Event, None]:
    """Yield the events of the extraction, ending with Finished or Failed, and cache its analysis.

    An empty analysis, for a language that is not supported, comes as Finished at once.
    """
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
