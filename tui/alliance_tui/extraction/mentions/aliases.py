"""Alias resolution: short, longer and variant names of one entity get one canonical name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import HEAD_END, capitalised_names, head_type
from alliance_tui.extraction.mentions.names.normalised_names import normalised_name
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

TypeCounts = dict[str, Counter[EntityType]]
"""The mentions of each name by type, weighted by priority."""
_USUAL_NAME_RATIO = 2
"""The least ratio of a firm's short name to its full name at which the short one is the usual one."""


def resolve_aliases(mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """Give all mentions of one entity one canonical name and one type."""
    counts = Counter(m.name for m in mentions)
    types: TypeCounts = {}
    for mention in mentions:
        types.setdefault(mention.name, Counter())[mention.type] += 1 + 10 * mention.priority
    targets = _alias_targets(counts, types)
    canonical = {name: _follow(name, targets) for name in counts}
    canonical_types: TypeCounts = {}
    for name, target in canonical.items():
        canonical_types.setdefault(target, Counter()).update(types[name])
    return [
        replace(m, name=canonical[m.name], type=canonical_types[canonical[m.name]].most_common(1)[0][0])
        for m in mentions
    ]


def _follow(name: str, targets: dict[str, str]) -> str:
    """Return the name at the end of a chain of aliases."""
    visited = {name}
    while (target := targets.get(name)) is not None and target not in visited:
        visited.add(target)
        name = target
    return name


def _alias_targets(counts: Counter[str], types: TypeCounts) -> dict[str, str]:
    """Return, for each name that is an alias, the name it is an alias of."""
    targets: dict[str, str] = {}
    by_normalised: dict[str, str] = {}
    candidates = [name for name in counts if not types[name][EntityType.PERSON]]
    for name in sorted(candidates, key=lambda n: (gazetteer().get(n) is None, -len(n))):
        variant = by_normalised.setdefault(normalised_name(name), name)
        if variant != name:
            targets[name] = variant
    heads = _HeadIndex(candidates)
    by_suffix, firms = _names_by_suffix(by_normalised), _firms_by_short_name(by_normalised.values())
    for normalised, name in by_normalised.items():
        target = (
            _qualified_name(normalised, by_suffix.get(normalised, []))
            or _name_without_tail_noun(normalised, by_normalised)
            or _full_body_name(name, heads)
        )
        if target and name != target and types[name][EntityType.PLACE] <= types[target][EntityType.PLACE]:
            targets[name] = target
    targets.update(_initialisms(candidates, types))
    for short, full_names in firms.items():
        if short in counts and (types[short][EntityType.ORGANISATION] or " " not in short):
            targets.update(_firm_aliases(short, full_names, counts))
    return targets


@cache
def _qualifiers() -> frozenset[str]:
    """Return the normalised words that may precede a name without changing what it names."""
    return capitalised_names().qualifiers | _state_words()


@cache
def _state_words() -> frozenset[str]:
    states = load(States).states
    forms = [f for name, state in states.items() for f in (name, *state.forms, *state.demonyms)]
    return frozenset(word for form in forms for word in normalised_name(form).split())


def _initialisms(names: Sequence[str], types: TypeCounts) -> dict[str, str]:
    """Resolve unlisted acronyms that are the initials of just one longer name: CAW, Canadian Auto Workers."""
    by_initials: dict[str, list[str]] = {}
    for name in names:
        words = [word for word in name.split() if word[0].isupper()]
        if len(words) > 2 and not types[name][EntityType.PLACE]:
            by_initials.setdefault("".join(word[0] for word in words), []).append(name)
    acronyms = [name for name in names if name.isupper() and gazetteer().get(name) is None]
    return {name: by_initials[name][0] for name in acronyms if len(by_initials.get(name, ())) == 1}


def _names_by_suffix(by_normalised: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Index names by the suffixes of their normalised form that may be names too, with the words before each.

    A suffix has two words or more, and as many as one of the names.
    """
    lengths = sorted({len(normalised.split()) for normalised in by_normalised} - {0, 1}, reverse=True)
    by_suffix: dict[str, list[tuple[str, str]]] = {}
    for normalised, name in by_normalised.items():
        words = normalised.split()
        for start in (len(words) - length for length in lengths if length < len(words)):
            by_suffix.setdefault(" ".join(words[start:]), []).append((" ".join(words[:start]), name))
    return by_suffix


def _qualified_name(normalised: str, longer: Sequence[tuple[str, str]]) -> str | None:
    """Return the one longer name that only qualifies this one, its suffix ("Annual", "U.S.").

    Any words may precede a name of three words or more in the longer one.
    """
    length = len(normalised.split())
    fitting = [name for before, name in longer if length > 2 or set(before.split()) <= _qualifiers()]
    return fitting[0] if len(fitting) == 1 else None


def _name_without_tail_noun(normalised: str, by_normalised: dict[str, str]) -> str | None:
    """Return the name without a last noun in lower case that adds nothing: "Artemis program" is Artemis."""
    heads = capitalised_names().lowercase_heads
    for tail in (*heads[EntityType.PROGRAMME], *heads[EntityType.ORGANISATION]):
        if by_normalised[normalised].endswith(" " + tail) and (name := by_normalised.get(normalised[: -len(tail) - 1])):
            return name
    return None


class _HeadIndex:
    """Names by their heads, the words before a preposition: "Task Force" of "Task Force on Ports"."""

    def __init__(self, names: Iterable[str]) -> None:
        self._heads = [(name, tuple(HEAD_END.split(name, maxsplit=1)[0].split())) for name in names]
        self._by_end: dict[int, dict[tuple[str, ...], list[str]]] = {}
        self._by_first_and_last: dict[tuple[str, ...], list[str]] = {}
        for name, head in self._heads:
            self._by_first_and_last.setdefault((*head[:1], *head[-1:]), []).append(name)

    def ending_in(self, words: tuple[str, ...]) -> Sequence[str]:
        """Return the names whose heads end in these words."""
        length = len(words)
        if length not in self._by_end:
            by_end = self._by_end.setdefault(length, {})
            for name, head in self._heads:
                by_end.setdefault(head[-length:], []).append(name)
        return self._by_end[length].get(words, ())

    def beginning_and_ending_in(self, words: tuple[str, ...]) -> Sequence[str]:
        """Return the names whose heads have these first and last words."""
        return self._by_first_and_last.get(words, ())


def _full_body_name(name: str, heads: _HeadIndex) -> str | None:
    """Return the one longer name of a body whose head ends in this name, or has its first and last word.

    "Task Force" is of "Task Force on Ports", and "Joint Taskforce" of "Joint Ports and Supply Taskforce". A listed
    organisation is called by its listed names: a document that mentions it may well have a task force of its own.
    """
    words = tuple(name.split())
    if len(words) < 2 or head_type(words) is not EntityType.BODY or gazetteer().get(name) is not None:
        return None
    candidates = {*heads.ending_in(words), *heads.beginning_and_ending_in(words)}
    longer = [other for other in candidates if len(other.split()) > len(words) and gazetteer().get(other) is None]
    return longer[0] if len(longer) == 1 else None


@cache
def _firm_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?P<short>.+?),?(?: (?:{literal_alternation(capitalised_names().firm_endings)})\.?){{1,6}}$")


def _firms_by_short_name(names: Iterable[str]) -> dict[str, list[str]]:
    """Index firms' full names by the short name that they begin with."""
    by_short_name: dict[str, list[str]] = {}
    for name in names:
        if match := _firm_pattern().match(name):
            by_short_name.setdefault(match["short"], []).append(name)
    return by_short_name


def _firm_aliases(short: str, full_names: Sequence[str], counts: Counter[str]) -> dict[str, str]:
    """Resolve a firm's names to the one full name that adds more than a legal form, if there is just one.

    With none such, they resolve to the name that the text uses most, the short one or a full one; with several, the
    names that only add a legal form resolve to the short one.
    """
    legal = [name for name in full_names if _adds_only_legal_form(name, short)]
    distinct = [name for name in full_names if name not in legal]
    if len(distinct) > 1:
        return dict.fromkeys(legal, short)
    canonical = distinct[0] if distinct else max(legal, key=lambda name: (counts[name], name))
    if not distinct and counts[short] > _USUAL_NAME_RATIO * counts[canonical]:
        canonical = short
    return {name: canonical for name in (short, *legal) if name != canonical}


def _adds_only_legal_form(full_name: str, short: str) -> bool:
    """Return whether a full name adds nothing but the legal form: "Fiat Group SpA"."""
    return {word.strip(".,") for word in full_name[len(short) :].split()} <= capitalised_names().legal_forms
