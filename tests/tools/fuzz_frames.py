"""Compare each frame of the frame differ with plain Textual's in random sessions of the explorer or the sample app.

    python -m tests.tools.fuzz_frames [explorer|library|sample [SESSIONS [SEED]]]      by default 1,000 of the explorer

The exit status is 1 at the first frame that differs.
"""

from __future__ import annotations

import sys

from tests.support.differential_frames import (
    ComparedFrames,
    assert_explorer_draws_as_plain_textual,
    assert_library_draws_as_plain_textual,
    assert_sample_draws_as_plain_textual,
)

if __name__ == "__main__":
    run = {
        "library": assert_library_draws_as_plain_textual,
        "sample": assert_sample_draws_as_plain_textual,
    }.get("".join(sys.argv[1:2]), assert_explorer_draws_as_plain_textual)
    sessions, first = (int(value) for value in (*sys.argv[2:], *("1000", "0")[len(sys.argv[2:]) :]))
    failed = 0
    for seed in range(first, first + sessions):
        try:
            run(seed)
        except AssertionError as error:
            sys.exit(f"session {seed}: {error}")
        except Exception as error:  # a fault of a widget of Textual's, which ends the session
            failed += 1
            print(f"session {seed} ended early: {error!r}", flush=True)
    print(f"{sessions} sessions ({failed} ended early), {ComparedFrames.frames} frames: each as plain Textual shows it")
