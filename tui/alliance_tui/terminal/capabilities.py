"""Capabilities of the terminal, detected from the environment."""

from __future__ import annotations

import codecs
import locale
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

TRUE_COLOUR = 1 << 24

PLAIN_FRAMES_VARIABLE = "ALLIANCE_TUI_PLAIN_FRAMES"
"""The environment variable that restores Textual's own repaints."""

_TRUE_COLOUR_TERMS = ("-direct", "kitty", "alacritty", "ghostty", "foot", "wezterm")
_MONOCHROME_TERMS = ("dumb", "vt52", "vt100", "vt102", "vt220", "vt320", "vt420")
_SIMPLE_TERMS = (*_MONOCHROME_TERMS, "linux", "cons25", "ansi", "sun")


class Multiplexer(StrEnum):
    """A program between this one and the terminal."""

    TMUX = "tmux"
    SCREEN = "screen"


class Capabilities(Struct, frozen=True):
    """Capabilities of a terminal; `alliance-tui info` prints them."""

    term: str = "xterm-256color"
    colours: int = TRUE_COLOUR
    """The number of colours: 0 (none, or NO_COLOR is set), 16, 256 or 2**24."""
    dark_background: bool | None = None
    """Whether the background is dark; None where the environment does not say."""
    unicode: bool = True
    """Whether it can show more than ASCII."""
    geometric_shapes: bool = True
    """Whether its font has geometric shapes: the font of a Linux console has letters and lines only."""
    ssh: bool = False
    """Whether the terminal is at the other end of an SSH connection."""
    multiplexer: Multiplexer | None = None
    """The multiplexer that the program runs in."""
    back_colour_erase: bool = True
    """Whether erased cells take the background of the pen (terminfo's bce)."""
    extended_keys: bool = True
    """Whether it may be sent requests for the kitty keyboard protocol, focus reports and bracketed paste."""
    clipboard: bool = True
    """Whether it may support OSC 52, which sets the clipboard of the reader's own machine."""

    @property
    def mouse(self) -> bool:
        """Whether the mouse is on by default: not over SSH, where each motion is a packet."""
        return self.extended_keys and not self.ssh

    @property
    def default_theme(self) -> str:
        """The default theme: "ansi" (the terminal's own colours, or none), "light" or "dark"."""
        if self.colours < 256:
            return "ansi"
        return "light" if self.dark_background is False else "dark"


def detect_capabilities(environ: Mapping[str, str]) -> Capabilities:
    """Detect the capabilities of the terminal that the environment describes."""
    term = environ.get("TERM", "dumb")
    program = environ.get("TERM_PROGRAM", "")
    simple = term.startswith(_SIMPLE_TERMS)
    unicode = _locale_encoding(environ).startswith("utf") and not term.startswith(_MONOCHROME_TERMS)
    return Capabilities(
        term=term,
        colours=_colour_count(term, environ),
        dark_background=_has_dark_background(environ),
        unicode=unicode,
        geometric_shapes=unicode and not simple,
        ssh=bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")),
        multiplexer=_multiplexer(term, environ),
        back_colour_erase=not term.startswith("screen"),
        extended_keys=not simple,
        clipboard=not simple and program != "Apple_Terminal",
    )


def _colour_count(term: str, environ: Mapping[str, str]) -> int:
    if "NO_COLOR" in environ or term.startswith(_MONOCHROME_TERMS):
        return 0
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(t in term for t in _TRUE_COLOUR_TERMS):
        return TRUE_COLOUR
    return 256 if "256" in term else 16


def _has_dark_background(environ: Mapping[str, str]) -> bool | None:
    """Read COLORFGBG ("15;0": the background is colour 0), which rxvt, Konsole and others set."""
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return int(background) in (0, 1, 2, 3, 4, 5, 6, 8) if background.isdecimal() else None


def _locale_encoding(environ: Mapping[str, str]) -> str:
    """Return Python's name of the locale's encoding, by the precedence of its variables (POSIX, 8.2)."""
    locale_name = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    encoding = locale_name.partition(".")[2].partition("@")[0]
    if not encoding:
        encoding = "ascii" if locale_name in ("", "C", "POSIX") else locale.getpreferredencoding(False)
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "ascii"


def _multiplexer(term: str, environ: Mapping[str, str]) -> Multiplexer | None:
    if environ.get("TMUX") or term.startswith("tmux"):
        return Multiplexer.TMUX
    return Multiplexer.SCREEN if environ.get("STY") or term.startswith("screen") else None
