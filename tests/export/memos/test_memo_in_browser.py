"""The memo in HTML as a browser shows it: all of it is in the one file, and nothing is asked of anyone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from alliance_tui.export.formats import write_file
from alliance_tui.records import Kind
from alliance_tui.review import steps
from alliance_tui.review.entry import begin_step, record_target
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.reviewed_analysis import review_analysis
from tests.support import builders
from tests.support.chromium import CHROMIUM, Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here")


LINKS = "[...document.querySelectorAll('a[href^=\"#\"]')]"


async def test_a_browser_shows_evidence_and_table_linked_both_ways_and_asks_for_nothing(tmp_path: Path) -> None:
    analysis = builders.analysis()
    record = analysis.agreements[0]
    undertakings = sum(each.kind is Kind.AGREEMENT for each in analysis.agreements)
    step = begin_step(analysis.document, "ada")
    entries = [
        *steps.judge(step, [(record, None)], Judgement.ACCEPTED),
        *steps.write_note(step, record_target(analysis.document, record), "<img src=http://example.org/x>"),
    ]
    memo = tmp_path / "memo.html"
    write_file([review_analysis(analysis, entries, "ada")], memo)
    async with Browser(tmp_path / "profile") as browser:
        await browser.open(memo.as_uri())
        while not await browser.value("location.protocol === 'file:' && document.readyState === 'complete'"):
            await asyncio.sleep(0.02)
        assert await browser.value("document.querySelectorAll('mark').length") >= undertakings
        assert await browser.value(f"{LINKS}.length") >= 2 * undertakings
        assert await browser.value(f"{LINKS}.filter(a => !document.querySelector(a.hash)).length") == 0
        assert await browser.value("document.images.length") == 0
        assert await browser.value("document.documentElement.scrollWidth <= innerWidth") is True
        assert [url for url in browser.requested_urls if not url.startswith(memo.as_uri())] == []
