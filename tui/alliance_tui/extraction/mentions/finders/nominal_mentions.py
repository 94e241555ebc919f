"""Nominal mentions: "the Treaty", where a capitalised head noun refers back to a longer name with this head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.name_lexicon import HEAD_END, head_noun_types, roles
from alliance_tui.extraction.mentions.people.affiliations import administration_state
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_PRIORITY = 1
_TERM = r"[A-Z]\w+(?: [A-Z]\w+)?"
_DEFINITION = re.compile(
    r"\s?\((?:(?:hereinafter|hereafter)(?: referred to as| called)?,? [“\"‘']?(?:the )?[“\"‘']?"
    rf"(?P<term>{_TERM})[”\"’']?|(?:the )?[“\"](?:the )?(?P<quoted>{_TERM})[”\"])\)"
)
"""The definition of a short form behind a name."""


def find_nominal_mentions(text: str, mentions: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Yield the head nouns with an article that refer to what was most often named before with this head."""
    nouns = (*(noun for noun in head_noun_types() if len(noun) > 3), *roles().government.bare_nouns)
    alternatives = literal_alternation(nouns)
    covered = {offset for m in mentions if m.priority for offset in range(m.start, m.end)}
    by_head = _mentions_by_head(mentions) | _states_by_bare_noun(text, mentions)
    by_head["administration"] = [  # a leader's, and no agency's that is called so too
        mention for mention in by_head.get("administration", ()) if administration_state(mention.name)
    ]
    antecedents = {head: _Antecedents(named) for head, named in by_head.items()}
    defined = _Definitions(text, mentions)
    pattern = re.compile(
        rf"\b(?:[Tt]he|[Oo]ur|[Tt]his|[Ii]ts|new) (?P<head>(?:[A-Z]\w+ )?(?:{alternatives}))"
        r"(?![\w-]|[’'](?!s\b)| [A-Z])"
    )
    for match in pattern.finditer(text):
        start, end = match.span("head")
        named = antecedents.get(match["head"].lower())
        most_frequent = named.most_frequent_before(start) if named else None
        antecedent = defined.before(start, match["head"]) or most_frequent
        if antecedent and covered.isdisjoint(range(start, end)):
            yield EntityMention(start, end, antecedent.name, antecedent.type, _PRIORITY)


def _mentions_by_head(mentions: Iterable[EntityMention]) -> dict[str, list[EntityMention]]:
    """Group mentions of longer names by the one or two last words of their head: "Treaty" of "A Treaty of B"."""
    by_head: dict[str, list[EntityMention]] = {}
    for mention in mentions:
        head = HEAD_END.split(mention.name, maxsplit=1)[0].lower().split()
        for length in (1, 2):
            if mention.priority and len(mention.name.split()) > length <= len(head):
                by_head.setdefault(" ".join(head[-length:]), []).append(mention)
    return by_head


def _states_by_bare_noun(text: str, mentions: Iterable[EntityMention]) -> dict[str, list[EntityMention]]:
    """Group states named in full by the noun of their official name: "Kingdom" of "the Kingdom of Norland"."""
    by_noun: dict[str, list[EntityMention]] = {}
    for mention in mentions:
        first, _, rest = text[mention.start : mention.end].partition(" of ")
        if mention.type is EntityType.STATE and rest and first in roles().government.bare_nouns:
            by_noun.setdefault(first.lower(), []).append(mention)
    return by_noun


class _Definitions:
    """The entities for which the text defines a short form: "the Ports Committee (hereinafter “the Committee”)"."""

    def __init__(self, text: str, mentions: Iterable[EntityMention]) -> None:
        by_end = {mention.end: mention for mention in mentions}
        self._by_term: dict[str, list[tuple[int, EntityMention]]] = {}
        for match in _DEFINITION.finditer(text):
            if mention := by_end.get(match.start()):
                self._by_term.setdefault(match["term"] or match["quoted"], []).append((match.end(), mention))

    def before(self, offset: int, term: str) -> EntityMention | None:
        """Return the entity of the last definition of a term before an offset."""
        found = [mention for end, mention in self._by_term.get(term, ()) if end <= offset]
        return found[-1] if found else None


class _Antecedents:
    """The mentions of several entities by offset, counted as a reader comes to them."""

    def __init__(self, mentions: Sequence[EntityMention]) -> None:
        self._mentions = mentions
        self._read = 0
        self._counts: Counter[str] = Counter()
        self._first: dict[str, EntityMention] = {}
        self._most_frequent: EntityMention | None = None

    def most_frequent_before(self, offset: int) -> EntityMention | None:
        """Return the first mention of the entity that is named most often before an offset, of several the earliest.

        Offsets must not decrease from call to call.
        """
        while self._read < len(self._mentions) and self._mentions[self._read].start < offset:
            mention = self._mentions[self._read]
            self._read += 1
            self._counts[mention.name] += 1
            first = self._first.setdefault(mention.name, mention)
            if self._most_frequent is None or self._rank(first) > self._rank(self._most_frequent):
                self._most_frequent = first
        return self._most_frequent

    def _rank(self, mention: EntityMention) -> tuple[int, int]:
        return self._counts[mention.name], -mention.start
