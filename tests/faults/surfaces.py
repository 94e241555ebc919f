"""All surfaces of the fault suite."""

from __future__ import annotations

from tests.faults import (
    browser_pages,
    changing_files,
    damaged_libraries,
    documents,
    keys,
    kills,
    locked_libraries,
    nested_documents,
    outputs,
    queries,
    signals,
    terminal_sessions,
)

SURFACES = (
    kills.KILLS,
    locked_libraries.FULL,
    locked_libraries.READ_ONLY,
    locked_libraries.LOCKED,
    damaged_libraries.DAMAGED,
    damaged_libraries.DAMAGED_WITHIN,
    changing_files.CLOCKS,
    changing_files.FILES,
    documents.EXTRACTED,
    documents.ADDED,
    documents.EXPLORED,
    documents.MEGABYTES,
    nested_documents.NESTED,
    keys.PRESSED,
    terminal_sessions.TERMINAL,
    queries.ASKED,
    signals.SIGNALS,
    outputs.OUTPUTS,
    browser_pages.BROWSER,
)

SCREENS = keys.ON_SCREENS
"""Random keys, a surface for each screen."""
