"""Run a command in a terminal at the other end of a slow line.

    python -m tests.support.slow_line SECONDS COMMAND...

Bytes take so long in each direction. The size of the terminal is that of the one it is run in, at its start.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import sys
import termios
import time
import tty
from collections import deque

_CHUNK = 1 << 16
_STDIN, _STDOUT = 0, 1


class _Direction:
    """Bytes on their way from one descriptor to another."""

    def __init__(self, source: int, target: int, seconds: float) -> None:
        self.source, self._target, self._seconds = source, target, seconds
        self._under_way: deque[tuple[float, bytes]] = deque()

    def take(self) -> bool:
        """Take what the source has; return whether it has not ended."""
        try:
            data = os.read(self.source, _CHUNK)
        except OSError:
            return False
        self._under_way.append((time.monotonic() + self._seconds, data))
        return bool(data)

    def deliver(self) -> None:
        """Write what has arrived."""
        while self._under_way and self._under_way[0][0] <= time.monotonic():
            data = self._under_way.popleft()[1]
            while data:
                data = data[os.write(self._target, data) :]

    @property
    def wait(self) -> float | None:
        """Seconds until the next bytes arrive; None where none are under way."""
        return max(0.0, self._under_way[0][0] - time.monotonic()) if self._under_way else None


def run(seconds: float, command: list[str]) -> int:
    """Run the command until it ends; return its exit status, negative for a signal."""
    size = fcntl.ioctl(_STDIN, termios.TIOCGWINSZ, bytes(8))
    tty.setraw(_STDIN)
    process, descriptor = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, size)
    there, back = _Direction(_STDIN, descriptor, seconds), _Direction(descriptor, _STDOUT, seconds)
    sources = {_STDIN: there, descriptor: back}
    while descriptor in sources or back.wait is not None:
        waits = [wait for direction in (there, back) if (wait := direction.wait) is not None]
        for source in select.select(list(sources), [], [], min(waits, default=None))[0]:
            if not sources[source].take():
                del sources[source]
        back.deliver()
        if descriptor in sources:
            there.deliver()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    raise SystemExit(run(float(sys.argv[1]), sys.argv[2:]))
