"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# Property tests are not timed: how long an example takes on a busy machine says nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
