"""The bytes of each key with a thousand judged records, within the budgets of tests/terminal/test_budgets.py."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from rich.color import ColorSystem
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.records import Analysis, Document
from alliance_tui.review import steps
from alliance_tui.review.entry import begin_step
from alliance_tui.review.record_changes import Judgement
from tests.support.builders import agreement
from tests.support.pilot import app_on

RECORDS = 1_000
PANE, KEY, QUERY_KEY = 2_048, 1_500, 1_000


class CountingDriver(HeadlessDriver):
    """A driver that counts the bytes that it is given."""

    written = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        CountingDriver.written += len(data.encode())


def long_analysis() -> Analysis:
    """A document with a thousand records, a paragraph each."""
    sentences = [f"Norland will lend {number} ships to Westmark." for number in range(1, RECORDS + 1)]
    document = Document.from_text("\n\n".join(sentences), title="A thousand loans", path="loans.txt", date="2030-01-01")
    records = tuple(agreement(document, sentence[13:-1], sentence[:-1], "lend") for sentence in sentences)
    return Analysis(document, (), records, "rules", "model")


async def test_each_key_costs_as_few_bytes_with_a_thousand_judged_records(tmp_path: Path) -> None:
    cache, analysis = AnalysisCache(tmp_path / "library.sqlite"), long_analysis()
    judged = [(record, None) for record in analysis.agreements]
    ReviewLog(cache.path).append(steps.judge(begin_step(analysis.document, "ada"), judged, Judgement.ACCEPTED))
    app = app_on(analysis, cache=cache)
    app.driver_class = CountingDriver
    app.console._color_system = ColorSystem.TRUECOLOR
    costs: dict[str, list[int]] = {}

    async def reader(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await app.workers.wait_for_complete()
        for kind, keys in (
            ("pane", ["tab", "tab", "tab", "tab"]),
            ("row", ["j"] * 6),
            ("judge", ["a", "j", "r", "j", "i"]),
            ("query", ["slash", *"loan", "escape"]),
        ):
            for key in keys:
                before = CountingDriver.written
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
                costs.setdefault(kind, []).append(CountingDriver.written - before)
        app.exit()

    await app.run_async(headless=False, mouse=False, size=(80, 24), auto_pilot=reader)
    assert len(ReviewLog(cache.path).all_entries()) == RECORDS + 3
    assert 0 < max(costs["pane"]) <= PANE
    assert 0 < max(costs["row"]) <= KEY
    assert 0 < max(costs["judge"]) <= KEY
    assert 0 < median(costs["query"]) <= QUERY_KEY
