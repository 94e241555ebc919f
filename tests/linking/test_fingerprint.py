"""The fingerprint that a library's links are kept by."""

from __future__ import annotations

from alliance_tui.linking.fingerprint import linking_version
from tests.tools import reference_links


def test_it_is_a_short_value_that_stays_the_same() -> None:
    first = linking_version()
    linking_version.cache_clear()
    assert linking_version() == first
    assert len(first) == 16


def test_links_change_only_with_the_version() -> None:
    """Libraries keep links by this version: rules that give others under the same version go unnoticed."""
    stored, current = reference_links.stored(), reference_links.current()
    changed = [name for name, digest in current.digests.items() if stored.digests.get(name) != digest]
    assert stored == current, (
        f"{', '.join(changed) or 'nothing'} changed, or the version of linking did. Unintended: find the cause. "
        "Intended: raise RULES_VERSION in linking/fingerprint.py unless a list or the model has changed, "
        "then run “python -m tests.tools.reference_links”."
    )
