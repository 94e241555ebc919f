"""Faults of single entries, and what only tidiness forbids: duplicates and entries out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from alliance_tui.extraction.lexicon.schemas import UNIQUE, Kind
from alliance_tui.extraction.lexicon.source import Fault, Keys, Source, kinds_of


def entry_faults(source: Source) -> Iterator[Fault]:
    """Entries that cannot work: blank ones, white space around one, and regular expressions that do not compile."""
    for keys, entry in _entries(source):
        if not entry.strip() or entry != entry.strip():
            yield source.fault(keys, "empty, or with white space around it")
        elif kinds_of(source.schema)[str(keys[0])] is Kind.REGEX and (what := _regex_fault(entry)):
            yield source.fault(keys, f"no valid regular expression ({what})")


def tidiness_faults(source: Source) -> Iterator[Fault]:
    """Duplicates, and entries out of order in tables that are not marked as unsorted."""
    for name in source.tables:
        lists = list(_lists(source, name))
        for keys, entries in lists:
            yield from _duplicates(source, keys, entries)
        if UNIQUE in getattr(source.schema.__annotations__[name], "__metadata__", ()):
            yield from _shared(source, lists)
        if name in source.unsorted:
            continue
        if _has_open_keys(source, name):
            yield from _out_of_order(source, (name,), list(source.tables[name]))
        for keys, entries in lists:
            yield from _out_of_order(source, keys, entries)


def _entries(source: Source) -> Iterator[tuple[Keys, str]]:
    """Every entry with its keys: the elements of lists, and the keys of tables that hold entries."""
    for name, table in source.tables.items():
        if _has_open_keys(source, name):
            yield from (((name, key), key) for key in table)
        for keys, entries in _lists(source, name):
            yield from (((*keys, index), entry) for index, entry in enumerate(entries))


def _lists(source: Source, name: str) -> Iterator[tuple[Keys, list[str]]]:
    """Every list of a table with its keys: itself, those in it, and those in its entries."""

    def within(keys: Keys, value: Any) -> Iterator[tuple[Keys, list[str]]]:
        if isinstance(value, list):
            yield keys, value
        elif isinstance(value, dict):
            for key, part in value.items():
                yield from within((*keys, key), part)

    return within((name,), source.tables[name])


def _has_open_keys(source: Source, name: str) -> bool:
    """Whether the keys of a table are entries, and no fixed set."""
    base, *_ = get_args(source.schema.__annotations__[name]) or (None,)
    return get_args(base)[:1] == (str,) and isinstance(source.tables[name], dict)


def _regex_fault(entry: str) -> str:
    try:
        compiled = re.compile(f"(?:x|{entry})")  # as it is used: within a longer one
    except re.error as error:
        return error.msg
    return "write (?:…) for (…)" if compiled.groups else ""


def _duplicates(source: Source, keys: Keys, entries: Sequence[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if first.setdefault(entry, index) != index:
            yield source.fault((*keys, index), f"“{entry}” is a duplicate: remove it")


def _shared(source: Source, lists: Sequence[tuple[Keys, Sequence[str]]]) -> Iterator[Fault]:
    """Entries of one list of a table that are in another too, or are the name to which the other belongs."""
    owner = {str(keys[-1]): keys for keys, _ in lists} if kinds_of(source.schema)[_table(lists)] is Kind.NAME else {}
    for keys, entries in lists:
        for index, entry in enumerate(entries):
            if (other := owner.setdefault(entry, keys)) != keys:
                where = "has an entry of its own" if other[-1] == entry else f"belongs to “{other[-1]}” already"
                yield source.fault((*keys, index), f"“{entry}” {where}: remove one")


def _table(lists: Sequence[tuple[Keys, Sequence[str]]]) -> str:
    return str(lists[0][0][0])


def _out_of_order(source: Source, keys: Keys, entries: Sequence[str]) -> Iterator[Fault]:
    """The first entry that belongs before the one above it."""
    for index in range(1, len(entries)):
        before, entry = entries[index - 1], entries[index]
        if _order(entry) < _order(before):
            place = (*keys, entry) if isinstance(_value(source, keys), dict) else (*keys, index)
            yield source.fault(place, f"“{entry}” belongs before “{before}”: sort the entries")
            return


def _order(entry: str) -> tuple[str, str]:
    return entry.casefold(), entry


def _value(source: Source, keys: Keys) -> Any:
    value: Any = source.tables
    for key in keys:
        value = value[key]
    return value
