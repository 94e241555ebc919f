"""Copying to the reader's clipboard: through the terminal first (OSC 52), which works over SSH, else by a tool."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable, Mapping

from msgspec import Struct

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.terminal.capabilities import Capabilities

# What xterm and tmux take at most of one sequence, in bytes of base64.
_LONGEST = 74_994
# GNU screen cuts a longer string off; pieces of it are joined by the terminal behind it.
_SCREEN_PIECE = 700

_TOOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("WSL_DISTRO_NAME", ("clip.exe",)),
    ("TERMUX_VERSION", ("termux-clipboard-set",)),
)
"""Tools that set the clipboard of the machine they run on, and the variable without which they are of no use."""


class Copied(Struct, frozen=True):
    """What became of a copy: made, by the terminal itself or by `tool`; or not made, and `fault` says why."""

    made: bool
    tool: str | None = None
    fault: str = ""


def copy(text: str, capabilities: Capabilities, write: Callable[[str], object], environ: Mapping[str, str]) -> Copied:
    """Copy the text, cleaned, to the reader's clipboard; `write` sends a sequence to the terminal.

    A terminal does not say whether it took what it was sent. Where it is known not to, or the text is too long for
    it, a tool of the platform is used, but not over SSH: that would be the clipboard of the wrong machine.
    """
    text = sanitise(text)
    encoded = base64.b64encode(text.encode()).decode()
    if capabilities.clipboard and len(encoded) <= _LONGEST:
        write(_sequence(encoded, capabilities.multiplexer))
        return Copied(True)
    tool = None if capabilities.ssh else _tool(environ)
    if tool and _run(tool, text):
        return Copied(True, tool[0])
    why = "the text is too long for it" if capabilities.clipboard else "it knows no way to"
    return Copied(
        False, fault=f"Not copied: this terminal cannot be asked to, since {why}; select the text to copy it."
    )


def _sequence(encoded: str, multiplexer: str | None) -> str:
    """OSC 52 for the clipboard, wrapped so that a multiplexer hands it on to the terminal it runs in."""
    sequence = f"\x1b]52;c;{encoded}\x07"
    if multiplexer == "tmux":
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        # The sequence itself as well, for a tmux that takes it (set-clipboard) but passes nothing through.
        return f"{sequence}\x1bPtmux;{doubled}\x1b\\"
    if multiplexer == "screen":
        pieces = (sequence[start : start + _SCREEN_PIECE] for start in range(0, len(sequence), _SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence


def _tool(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    return next((tool for need, tool in _TOOLS if (not need or environ.get(need)) and shutil.which(tool[0])), None)


def _run(tool: tuple[str, ...], text: str) -> bool:
    try:
        done = subprocess.run(
            tool, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=3, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
