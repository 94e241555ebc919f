"""Copy to the reader's clipboard: through the terminal (OSC 52), which works over SSH, else by a tool."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable, Mapping

from msgspec import Struct

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.terminal.capabilities import Capabilities, Multiplexer

_MAX_OSC_52_BYTES = 74_994
"""The longest sequence that xterm and tmux accept, in bytes of base64."""
_SCREEN_CHUNK = 700
"""GNU screen truncates longer strings; the terminal behind it joins the chunks."""

_CLIPBOARD_TOOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("WSL_DISTRO_NAME", ("clip.exe",)),
    ("TERMUX_VERSION", ("termux-clipboard-set",)),
)
"""Tools that set the clipboard of the machine they run on, each with the environment variable that it needs."""


class CopyResult(Struct, frozen=True):
    """The outcome of a copy: `tool` is None where the terminal itself was asked, `error` is a sentence."""

    succeeded: bool
    tool: str | None = None
    error: str = ""


def copy_to_clipboard(
    text: str, capabilities: Capabilities, write: Callable[[str], object], environ: Mapping[str, str]
) -> CopyResult:
    """Copy the text, sanitised, to the reader's clipboard; `write` sends a sequence to the terminal.

    Terminals do not confirm OSC 52. Where one is known not to support it, or the text is too long for it, a tool of the
    platform is used, but not over SSH: that would set the clipboard of the wrong machine.
    """
    text = sanitise(text)
    encoded = base64.b64encode(text.encode()).decode()
    if capabilities.clipboard and len(encoded) <= _MAX_OSC_52_BYTES:
        write(_osc_52(encoded, capabilities.multiplexer))
        return CopyResult(True)
    tool = None if capabilities.ssh else _find_tool(environ)
    if tool and _run_tool(tool, text):
        return CopyResult(True, tool[0])
    reason = "the text is too long for it" if capabilities.clipboard else "it knows no way to"
    return CopyResult(
        False, error=f"Not copied: this terminal cannot be asked to, since {reason}; select the text to copy it."
    )


def _osc_52(encoded: str, multiplexer: Multiplexer | None) -> str:
    """Return the OSC 52 sequence, wrapped so that a multiplexer passes it through to its terminal."""
    sequence = f"\x1b]52;c;{encoded}\x07"
    if multiplexer is Multiplexer.TMUX:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        # The bare sequence too, for a tmux that handles it (set-clipboard) but passes nothing through.
        return f"{sequence}\x1bPtmux;{doubled}\x1b\\"
    if multiplexer is Multiplexer.SCREEN:
        chunks = (sequence[start : start + _SCREEN_CHUNK] for start in range(0, len(sequence), _SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return sequence


def _find_tool(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    return next(
        (tool for need, tool in _CLIPBOARD_TOOLS if (not need or environ.get(need)) and shutil.which(tool[0])), None
    )


def _run_tool(tool: tuple[str, ...], text: str) -> bool:
    try:
        process = subprocess.run(
            tool, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=3, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return process.returncode == 0
