"""Settings of all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from alliance_tui.extraction.pipeline import Extractor
from tests.support.shared_extractor import shared_extractor

# Property tests are not timed: how long an example takes on a busy machine says nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that have a limit of time of their own, which are the longest."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor that all tests share."""
    return shared_extractor()
