"""`alliance-tui info`: the facts that a bug report needs."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from pathlib import Path

from alliance_tui import __version__, documents
from alliance_tui.cli import console
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.versions import PACKAGES, package_version
from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.persistence.reading_positions import reading_positions_path
from alliance_tui.explorer.persistence.settings import load, settings_path
from alliance_tui.extraction.data_folders import own_folder
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.terminal.capabilities import PLAIN_FRAMES_VARIABLE, detect_capabilities


def run(arguments: Arguments) -> int:
    """Print the facts, one a line or as a JSON object; return the exit status."""
    facts = {**_program(arguments), **_files(arguments), **_settings(), **_terminal()}
    texts = {name: sanitise_line(str(value)) for name, value in facts.items()}
    if arguments.format == "json":
        console.write_output([json.dumps(texts, indent=1) + "\n"], arguments.output)
    else:
        console.write_output((f"{name}: {text}\n" for name, text in texts.items()), arguments.output)
    return 0


def _program(arguments: Arguments) -> dict[str, object]:
    return {
        "alliance-tui": __version__,
        "Python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(),
        **{package: package_version(package) for package in PACKAGES},
        "extractor": extractor_version(),
        "model": model_version(arguments.model),
    }


def _files(arguments: Arguments) -> dict[str, object]:
    return {
        "first article": documents.seed_document().path,
        "library": _file(AnalysisCache(arguments.library).path),
        "places in documents": _file(reading_positions_path()),
        "settings": _file(settings_path()),
        "own lexicons": _folder(own_folder()),
    }


def _settings() -> dict[str, object]:
    """Return the settings in use with their source, and the actions that keys can be bound to."""
    from alliance_tui.explorer.commands.registry import COMMANDS
    from alliance_tui.explorer.rendering.theme import PALETTES

    settings, fault = load(settings_path())
    capabilities = detect_capabilities(os.environ)
    default_theme = capabilities.default_theme if capabilities.colours else "plain"
    facts: dict[str, object] = {"settings passed over": fault} if fault else {}
    facts["theme"] = f"{settings.theme} (settings)" if settings.theme else f"{default_theme} (as suits the terminal)"
    is_set = settings.mouse is not None
    mouse = settings.mouse if is_set else capabilities.mouse
    facts["mouse"] = f"{'on' if mouse else 'off'} ({'settings' if is_set else 'as suits the terminal'})"
    for action, keys in settings.keys.items():
        facts[f"keys for {action}"] = ", ".join(keys)
    facts["themes"] = ", ".join(PALETTES)
    facts["actions"] = ", ".join(command.id for command in COMMANDS)
    facts["frames"] = (
        f"plain Textual ({PLAIN_FRAMES_VARIABLE})" if os.environ.get(PLAIN_FRAMES_VARIABLE) else "only what changed"
    )
    return facts


def _file(path: Path) -> str:
    """Return the path and the size of the file, or why there is none."""
    try:
        return f"{path} ({path.stat().st_size:,} bytes)"
    except OSError as error:
        return f"{path} ({'not yet made' if isinstance(error, FileNotFoundError) else error.strerror})"


def _folder(path: Path) -> str:
    """Return the path of the folder and the names of its TOML files."""
    names = ", ".join(sorted(file.name for file in path.glob("*.toml")))
    return f"{path} ({names or 'none'})"


def _terminal() -> dict[str, object]:
    columns, lines = shutil.get_terminal_size()
    capabilities = detect_capabilities(os.environ)
    return {
        "terminal": f"{capabilities.term}, {columns} columns, {lines} lines",
        "output": f"{'a terminal' if sys.stdout.isatty() else 'not a terminal'}, {sys.stdout.encoding}",
        "colours": f"{capabilities.colours:,}" if capabilities.colours else "none",
        "background": {True: "dark", False: "light", None: "not known"}[capabilities.dark_background],
        "characters": ("Unicode" if capabilities.geometric_shapes else "Unicode, signs in ASCII")
        if capabilities.unicode
        else "ASCII",
        "connection": " in ".join(filter(None, ("SSH" if capabilities.ssh else "local", capabilities.multiplexer))),
        "extended keys": _yes_or_no(capabilities.extended_keys),
        "clipboard": _yes_or_no(capabilities.clipboard),
    }


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"
