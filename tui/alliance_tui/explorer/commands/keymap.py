"""The registry with the reader's own keys in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec.structs import replace
from textual.keys import Keys, _character_to_key, key_to_character

from alliance_tui.explorer.commands.registry import DISPLAYED_KEY_NAMES, Command, CommandScope

KEYS_BY_NAME = {name.lower(): key for key, name in DISPLAYED_KEY_NAMES.items()} | {
    str(key.value): str(key.value) for key in Keys
}
"""Names of keys, as Textual and as the help writes them."""
MODIFIERS = ("ctrl+", "alt+", "shift+", "ctrl-", "alt-", "shift-")


def parse_key(name: str) -> str | None:
    """Textual's name of a key: of "?", "N", "Esc", "ctrl+l" or "Ctrl-L"; None for what names no key."""
    if len(name) == 1:
        return _character_to_key(name) if name.isprintable() and not name.isspace() else None
    lower = name.lower()
    if lower in KEYS_BY_NAME:
        return KEYS_BY_NAME[lower]
    if key_to_character(lower):
        return lower
    modifier = next((each for each in MODIFIERS if lower.startswith(each)), None)
    plain = parse_key(lower[len(modifier) :]) if modifier else None
    return f"{modifier[:-1]}+{plain}" if modifier and plain else None


def rebind(actions: Sequence[Command], keys: Mapping[str, Sequence[str]]) -> tuple[tuple[Command, ...], list[str]]:
    """The actions with these keys, by id, and a sentence for each that cannot be had: its action keeps its own."""
    own = {action.id: action for action in actions}
    new = dict(own)
    problems: list[str] = []
    for name, wanted in keys.items():
        if problem := _problem(own, name, wanted):
            problems.append(problem)
        else:
            new[name] = replace(own[name], keys=tuple(filter(None, map(parse_key, wanted))))
    while clash := next(_conflicts(list(new.values())), None):
        key, *pair = clash
        loser = next(action for action in reversed(pair) if action is not own[action.id])
        keeper = next(action for action in pair if action is not loser)
        problems.append(f"{loser.id} keeps its keys: {key} is a key of {keeper.id}")
        new[loser.id] = own[loser.id]
    return tuple(new.values()), problems


def _problem(actions: Mapping[str, Command], name: str, wanted: Sequence[str]) -> str:
    """What is wrong with these keys for this action, "" for nothing."""
    if name not in actions:
        like = get_close_matches(name, actions, 1)
        return f"there is no action {name}" + (f"; {like[0]} is meant?" if like else "")
    if not wanted:
        return f"{name} is given no key"
    for key in wanted:
        known = parse_key(key)
        if known is None:
            return f"{name}: there is no key {key!r}"
        if actions[name].scope is CommandScope.QUERY and (len(key) == 1 or known == "space"):
            return f"{name}: {key!r} is for typing in the query line"
    return ""


def _conflicts(actions: Sequence[Command]) -> Iterator[tuple[str, Command, Command]]:
    """Keys that mean two things at one place, and the two."""
    seen: dict[tuple[str, CommandScope], Command] = {}
    for action in actions:
        place = action.scope if action.scope in (CommandScope.QUERY, CommandScope.LIBRARY) else CommandScope.ANYWHERE
        for key in dict.fromkeys(action.keys):
            other = seen.setdefault((key, place), action)
            if other is not action:
                yield key, other, action
