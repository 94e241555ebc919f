"""The registry with the reader's own keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec.structs import replace
from textual.keys import Keys, _character_to_key, key_to_character

from alliance_tui.explorer.commands.registry import DISPLAYED_KEY_NAMES, Command, CommandScope

KEYS_BY_NAME = {name.lower(): key for key, name in DISPLAYED_KEY_NAMES.items()}
KEYS_BY_NAME |= {key: key for key in DISPLAYED_KEY_NAMES}
KEYS_BY_NAME |= {str(key.value): str(key.value) for key in Keys}
"""Textual's names of keys by the names that a reader may write: Textual's own and those of the help."""
MODIFIERS = ("ctrl+", "alt+", "shift+", "ctrl-", "alt-", "shift-")
_MAX_NAME_LENGTH = 100


def parse_key(name: str) -> str | None:
    """Return Textual's name of a key such as "?", "N", "Esc", "ctrl+l" or "Ctrl-L"; None if there is no such key."""
    if len(name) == 1:
        return _character_to_key(name) if name.isprintable() and not name.isspace() else None
    lower = name.lower()
    if lower in KEYS_BY_NAME:
        return KEYS_BY_NAME[lower]
    if key_to_character(lower):
        return lower
    modifier = next((prefix for prefix in MODIFIERS if lower.startswith(prefix)), None)
    if modifier is None or len(name) > _MAX_NAME_LENGTH:
        return None
    plain = parse_key(lower[len(modifier) :])
    is_repeated = plain and modifier[:-1] in plain.split("+")[:-1]
    return f"{modifier[:-1]}+{plain}" if plain and not is_repeated else None


def rebind(commands: Sequence[Command], keys: Mapping[str, Sequence[str]]) -> tuple[tuple[Command, ...], list[str]]:
    """Return the commands with these keys, by id, and a sentence on each that keeps its own keys instead."""
    by_id = {command.id: command for command in commands}
    rebound = dict(by_id)
    problems: list[str] = []
    for name, wanted in keys.items():
        if problem := _problem(by_id, name, wanted):
            problems.append(problem)
        else:
            rebound[name] = replace(by_id[name], keys=tuple(filter(None, map(parse_key, wanted))))
    while conflict := next(_conflicts(list(rebound.values())), None):
        key, *pair = conflict
        loser = next(command for command in reversed(pair) if command is not by_id[command.id])
        keeper = next(command for command in pair if command is not loser)
        problems.append(f"{loser.id} keeps its keys: {key} is a key of {keeper.id}")
        rebound[loser.id] = by_id[loser.id]
    return tuple(rebound.values()), problems


def _problem(commands: Mapping[str, Command], name: str, wanted: Sequence[str]) -> str:
    """Return what is wrong with these keys for the command of this id, "" for nothing."""
    if name not in commands:
        similar = get_close_matches(name, commands, 1)
        return f"there is no action {name}" + (f"; {similar[0]} is meant?" if similar else "")
    if not wanted:
        return f"{name} is given no key"
    for key in wanted:
        parsed = parse_key(key)
        if parsed is None:
            return f"{name}: there is no key {key!r}"
        if commands[name].scope is CommandScope.QUERY and (len(key) == 1 or parsed == "space"):
            return f"{name}: {key!r} is for typing in the query line"
    return ""


def _conflicts(commands: Sequence[Command]) -> Iterator[tuple[str, Command, Command]]:
    """Yield keys that mean two commands in one place, with the two commands."""
    seen: dict[tuple[str, CommandScope], Command] = {}
    for command in commands:
        place = command.scope if command.scope in (CommandScope.QUERY, CommandScope.LIBRARY) else CommandScope.ANYWHERE
        for key in dict.fromkeys(command.keys):
            other = seen.setdefault((key, place), command)
            if other is not command:
                yield key, other, command
