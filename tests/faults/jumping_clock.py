"""The command line by a clock that jumps: `python -P jumping_clock.py SEED ARGUMENTS`."""

from __future__ import annotations

import random
import sys
import time
from datetime import datetime, timedelta, tzinfo
from unittest import mock

from alliance_tui import cli
from alliance_tui.library import store
from alliance_tui.library.storage import database
from alliance_tui.review import entry

_DAYS = 400 * 365


class JumpingDatetime(datetime):
    """A date and time whose present is any within four centuries of the real one."""

    chance = random.Random(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> JumpingDatetime:
        return super().now(tz) + timedelta(days=cls.chance.uniform(-_DAYS, _DAYS))


def main() -> int:
    seed, *arguments = sys.argv[1:]
    JumpingDatetime.chance = random.Random(seed)
    real = time.time
    with (
        mock.patch.object(store, "datetime", JumpingDatetime),
        mock.patch.object(database, "datetime", JumpingDatetime),
        mock.patch.object(entry, "datetime", JumpingDatetime),
        mock.patch.object(time, "time", lambda: max(0.0, real() + JumpingDatetime.chance.uniform(-1e9, 1e10))),
    ):
        return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
