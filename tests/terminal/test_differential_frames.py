"""Whatever is done in a Textual app, the frame differ's terminal shows what plain Textual's shows."""

import pytest

from tests.support.differential_frames import (
    assert_explorer_draws_as_plain_textual,
    assert_sample_draws_as_plain_textual,
)


@pytest.mark.parametrize("seed", range(4))
def test_each_frame_of_a_random_session_of_the_explorer_is_as_plain_textual_shows_it(seed: int) -> None:
    assert_explorer_draws_as_plain_textual(seed)


@pytest.mark.parametrize("seed", range(6))
def test_each_frame_of_a_random_session_is_as_plain_textual_shows_it(seed: int) -> None:
    assert_sample_draws_as_plain_textual(seed)
