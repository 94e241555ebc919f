"""What the terminal can do, as far as its environment tells."""

from __future__ import annotations

import codecs
import locale
from collections.abc import Mapping

from msgspec import Struct

TRUE_COLOUR = 1 << 24

PLAIN_FRAMES = "ALLIANCE_TUI_PLAIN_FRAMES"
"""The variable by which Textual's own whole repaints are had back."""

_TRUE_COLOUR_TERMS = ("-direct", "kitty", "alacritty", "ghostty", "foot", "wezterm")
_COLOURLESS_TERMS = ("dumb", "vt52", "vt100", "vt102", "vt220", "vt320", "vt420")
_SIMPLE_TERMS = (*_COLOURLESS_TERMS, "linux", "cons25", "ansi", "sun")


class Capabilities(Struct, frozen=True):
    """What the terminal can do. `detect` fills it; `alliance-tui info` shows it."""

    term: str = "xterm-256color"
    colours: int = TRUE_COLOUR
    """How many colours: 0 (none, or the reader wants none: NO_COLOR), 16, 256 or 2**24."""
    dark: bool | None = None
    """Whether the background is dark; None where the environment does not tell."""
    unicode: bool = True
    """Whether more than ASCII can be shown."""
    shapes: bool = True
    """Whether its font has geometric shapes: that of a console without a desktop has letters and lines."""
    ssh: bool = False
    """Whether the terminal is at the other end of an SSH connection."""
    multiplexer: str | None = None
    """"tmux" or "screen" where one stands between the program and the terminal."""
    erases_in_colour: bool = True
    """Whether what is erased takes on the background of the pen (in terminfo's words, bce)."""
    extended_keys: bool = True
    """Whether the terminal may be asked for the kitty keyboard protocol, for its focus and for bracketed paste."""
    clipboard: bool = True
    """Whether it may take OSC 52, the sequence by which a program sets the clipboard at the reader's own machine."""

    @property
    def mouse(self) -> bool:
        """Whether the mouse is on at the start: not over SSH, where each motion is a packet."""
        return self.extended_keys and not self.ssh

    @property
    def theme(self) -> str:
        """The kind of theme that suits: "ansi" (the terminal's own colours, or none), "light" or "dark"."""
        if self.colours < 256:
            return "ansi"
        return "light" if self.dark is False else "dark"


def detect(environ: Mapping[str, str]) -> Capabilities:
    """The capabilities of the terminal that this environment describes."""
    term = environ.get("TERM", "dumb")
    program = environ.get("TERM_PROGRAM", "")
    simple = term.startswith(_SIMPLE_TERMS)
    unicode = _encoding(environ).startswith("utf") and not term.startswith(_COLOURLESS_TERMS)
    return Capabilities(
        term=term,
        colours=_colours(term, environ),
        dark=_dark(environ),
        unicode=unicode,
        shapes=unicode and not simple,
        ssh=bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")),
        multiplexer=_multiplexer(term, environ),
        erases_in_colour=not term.startswith("screen"),
        extended_keys=not simple,
        clipboard=not simple and program != "Apple_Terminal",
    )


def _colours(term: str, environ: Mapping[str, str]) -> int:
    if "NO_COLOR" in environ or term.startswith(_COLOURLESS_TERMS):
        return 0
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(t in term for t in _TRUE_COLOUR_TERMS):
        return TRUE_COLOUR
    return 256 if "256" in term else 16


def _dark(environ: Mapping[str, str]) -> bool | None:
    """What COLORFGBG says ("15;0": the background is colour 0), as rxvt, Konsole and others set it."""
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return int(background) in (0, 1, 2, 3, 4, 5, 6, 8) if background.isdecimal() else None


def _encoding(environ: Mapping[str, str]) -> str:
    """The name of the locale's encoding, by the first of the variables that count (POSIX, 8.2)."""
    named = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    encoding = named.partition(".")[2].partition("@")[0]
    if not encoding:
        encoding = "ascii" if named in ("", "C", "POSIX") else locale.getpreferredencoding(False)
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "ascii"


def _multiplexer(term: str, environ: Mapping[str, str]) -> str | None:
    if environ.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    return "screen" if environ.get("STY") or term.startswith("screen") else None
