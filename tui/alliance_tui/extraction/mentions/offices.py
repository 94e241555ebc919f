"""Titles before names, and the states for which the holders of an office act."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Organisations
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import GazetteerEntry, GazetteerMatch, Sense, gazetteer
from alliance_tui.extraction.mentions.name_lexicon import (
    MONTHS,
    capitalised_names,
    head_type,
    official_name_prefix,
    roles,
    title_words,
)
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_LEAD = 70
"""How many characters before an office may name the state it belongs to ("Republic of Korea (ROK) President")."""


_APPOSITION = re.compile(r", (?:who (?:is|was|became) )?(?:(?:the|a|an|now|also|first|second|third|new|then|\w+est) )*")
"""What leads from a name to a description of its bearer: "Otieno, who is the first Kenyan leader to …"."""


class TitledName(Struct, frozen=True):
    """A name with its title, in the text; `state` where a list or a description tells whose the office is."""

    start: int
    end: int
    title: str
    title_start: int
    state: str | None = None


_WORD = r"(?:[A-ZÀ-Þ](?:[\w’'-]*[\w]|\.))"
"""A word of a name."""
_FULL = rf"{_WORD}(?: {_WORD}){{1,3}}"
"""A name of several words."""
_NAME_ENDS = r"(?=[,.;)]| [a-z]|\n|$)"
"""What follows a name that is told in full."""
_LIST = 200
"""How many characters a list of states may take."""
_SURE, _LIKELY = 2, 1
"""How much it counts for whom an office is said to act beside a name, and where it may be another's."""


@cache
def _title_pattern() -> re.Pattern[str]:
    """A title and the name after it; both may stand in capitals ("PRESIDENT BIDEN:")."""
    titles = (*roles().titles.state, *roles().titles.other)
    either = literal_alternation((*titles, *(title.upper() for title in titles)))
    particles = literal_alternation(roles().person_names.particles)
    small = rf"(?:{particles})(?= (?:(?:{particles}) )*[A-Z])"
    name = rf"(?:(?:{particles}) )*{_WORD}(?: (?:{_WORD}|{small}))*(?:,? (?:Jr|JR|Sr|SR)\.)?"
    office = rf"(?:{_portfolios()} )?(?P<title>{either})(?:{_of_field()}(?= ))?"
    return re.compile(rf"(?<!\w){office},? (?:(?:the |The )?{honorific_pattern().pattern})?(?P<name>{name})")


@cache
def _title_after() -> re.Pattern[str]:
    """A full name and the office of state after it: "Otieno Odhiambo, Minister of Energy, said"."""
    title = rf"(?P<title>{state_office_pattern()})(?={_of_field()}\b|, [a-z]| [a-z])"
    return re.compile(rf"(?<![\w.-])(?:[Tt]he )?(?P<name>{_FULL}), (?:the )?{title}")


@cache
def state_office_pattern() -> str:
    """The pattern of the offices of state."""
    return literal_alternation(roles().titles.state)


def _of_field() -> str:
    """The pattern of " of Energy", " for Trade, Industry and Energy"."""
    return rf" (?:of|for) (?:the )?{_portfolios()}"


@cache
def _portfolios() -> str:
    """The pattern of what an office of state is of: "Energy", "Trade, Industry and Energy"."""
    words = literal_alternation(roles().offices.portfolios)
    return rf"(?:{words})(?:(?:,| and|, and| &) (?:{words}))*"


@cache
def honorific_pattern() -> re.Pattern[str]:
    """What is said before a name out of respect: "H.E. Dr. ", "the Hon "."""
    return re.compile(rf"(?:(?:{literal_alternation(roles().titles.honorifics)}) )+")


@cache
def postnominal_pattern() -> re.Pattern[str]:
    """What is set behind a person's name: "Ana Ruiz MP"."""
    return re.compile(rf",? (?:{literal_alternation(roles().titles.post_nominals)})$")


def find_titled_names(text: str) -> Iterator[TitledName]:
    """The names that follow a title; what follows the name in capitals (a verb of a headline) is left to the caller."""
    for match in _title_pattern().finditer(text):
        start, end = match.span("name")
        words = _before_capitals(text[start:end].split())
        if not words or re.split("[’']", words[0])[0].title() in title_words():
            continue
        name = postnominal_pattern().sub("", re.split(r"[’']s?(?: |$)", " ".join(words))[0])
        if name and not is_title(name) and not _names_else(name):
            yield TitledName(start, start + len(name), match["title"].title(), match.start())
    yield from _behind_descriptions(text)
    yield from _one_each(text)
    for match in _title_after().finditer(text):
        said = honorific_pattern().match(match["name"])
        start = match.start("name") + (said.end() if said else 0)
        name = postnominal_pattern().sub("", text[start : match.end("name")])
        words = name.split()
        if len(words) > 1 and not any(_names_else(part) for part in (" ".join(words), *words)):
            yield TitledName(start, start + len(name), match["title"].title(), match.start("title"))


@cache
def _after_state() -> re.Pattern[str]:
    """The full name behind an office and its state ("the Prime Minister of Kenya, the Hon Ana Ruiz,"), unless its own
    office follows ("at the invitation of the Prime Minister of Kenya, Ana Ruiz, President of Peru").
    """
    name = rf"(?P<name>{_FULL})(?!, (?:the )?(?:{state_office_pattern()})\b){_NAME_ENDS}"
    return re.compile(rf", (?:(?:[Tt]he )?{honorific_pattern().pattern})?{name}")


@cache
def _right_behind() -> re.Pattern[str]:
    """The full name right behind a description: "his Kenyan counterpart Otieno Mboya"."""
    return re.compile(rf" (?P<name>{_FULL}){_NAME_ENDS}")


def _behind_descriptions(text: str) -> Iterator[TitledName]:
    """The names of "the Prime Minister of Kenya, Ana Ruiz" and "his Kenyan counterpart Otieno Mboya"."""
    for told in _descriptions(text):
        behind = _right_behind() if told.office.islower() else _after_state()
        match = behind.match(text, told.end)
        if match and not any(_names_else(w) or is_title(w) for w in (match["name"], *match["name"].split())):
            yield TitledName(*match.span("name"), told.office.title(), told.start, told.state)


@cache
def _offices_of() -> re.Pattern[str]:
    """Several who hold one office, before the list of their states: "the Ministers of Defence of "."""
    titles = literal_alternation(title for title in roles().titles.state if not title.endswith("y"))
    return re.compile(rf"(?<!\w)(?P<title>{titles})s(?:{_of_field()})? of (?:the )?")


@cache
def _link() -> re.Pattern[str]:
    """What links the members of a list of states: ", ", " and the Republic of "."""
    return re.compile(rf"(?:,? and |, )?(?:the )?(?:{official_name_prefix()} of (?:the )?)?")


@cache
def _names(count: int) -> re.Pattern[str]:
    """A list of so many full names, two or more."""
    return re.compile(rf", (?P<names>{_FULL}(?:, {_FULL}){{{count - 2}}},? and {_FULL})(?!,? and|\w)")


def _one_each(text: str) -> Iterator[TitledName]:
    """The names of "the Foreign Ministers of Kenya and Peru, Otieno Mboya and Ana Ruiz," with their states."""
    for office in _offices_of().finditer(text):
        states = _states_listed(text, office.end())
        listed = _names(len(states)).match(text, states[-1].end) if len(states) > 1 else None
        if listed:
            names = re.compile(_FULL).finditer(text, *listed.span("names"))
            for state, name in zip(states, names, strict=False):
                yield TitledName(*name.span(), office["title"].title(), office.start(), state.entry.name)


def _states_listed(text: str, start: int) -> list[GazetteerMatch]:
    """The states of the list that begins at `start`."""
    states: list[GazetteerMatch] = []
    for found in gazetteer().find(text, start, start + _LIST):
        if not _governs(found) or not _link().fullmatch(text, states[-1].end if states else start, found.start):
            break
        states.append(found)
    return states


def _before_capitals(words: list[str]) -> list[str]:
    """The words of a name up to one in a line of capitals that is no name: "KISHIDA OF JAPAN IN"."""
    if not all(word.isupper() for word in words):
        return words
    small = roles().person_names.function_words
    return list(itertools.takewhile(lambda word: word.lower() not in small, words))


def is_title(name: str) -> bool:
    """Whether the words are nothing but words of titles."""
    return all(word.title() in title_words() for word in name.split())


def _names_else(name: str) -> bool:
    """Whether the words name something other than a person: "CEO Forum", "Commander Islands", "On Monday"."""
    first = name.split()[0]
    if first in capitalised_names().non_name_words and first not in MONTHS:
        return True
    known = gazetteer().get(name)
    return head_type(name.split()) is not None or (known is not None and known.type is not EntityType.PERSON)


def represented_states(text: str, titled: Iterable[TitledName], persons: Iterable[EntityMention]) -> dict[str, str]:
    """The states for which persons act, by their names, where the text says so beside a name or a description.

    `persons` are the namings of persons in the text.
    """
    named = sorted(persons, key=lambda naming: (naming.start, naming.end))
    at = {naming.start: naming for naming in named}
    votes: dict[str, Counter[str]] = {}
    for name in titled:
        if state := state_beside(text, name):
            votes.setdefault(at[name.start].name, Counter())[state] += _SURE if name.state else _LIKELY
    for description in _descriptions(text):
        if described := _described(text, description, named):
            holder, sure = described
            votes.setdefault(holder.name, Counter())[description.state] += sure
    return {holder: states.most_common(1)[0][0] for holder, states in votes.items()}


def state_beside(text: str, name: TitledName) -> str | None:
    """The state that a text says beside a titled name: "President Otieno of Kenya"."""
    if name.state or name.title not in state_titles():
        return name.state
    found = _state_of(text, name.end) or _state_before(text, name.title_start)
    return found.entry.name if found else None


@cache
def state_titles() -> frozenset[str]:
    """The titles of those who may act for a state."""
    return frozenset(title.title() for title in roles().titles.state)


@cache
def _owning() -> re.Pattern[str]:
    """What stands between a state and an office of it: "Kenya’s President", "the Kenyan interim prime minister",
    "Kenyan Deputy Premier and Minister of Energy"."""
    first = rf"(?:(?:{state_office_pattern()})(?:{_of_field()})? and )?"
    before = rf"{literal_alternation(roles().offices.qualifiers)}|[a-z]+ ministry"
    return re.compile(rf"(?:[’']s)?(?: \([^()]*\)|\))? (?:(?:{before}) ){{0,3}}{first}")


def _state_before(text: str, office: int) -> GazetteerMatch | None:
    """The state in "Y’s Prime Minister", "Japanese Foreign Minister", "Republic of Korea (ROK) President"."""
    last = gazetteer().find_last(text, max(0, office - _LEAD), office)
    if last is not None and last.entry.sense is Sense.CAPITAL and text[last.end : last.end + 2] in ("’s", "'s"):
        last = GazetteerMatch(last.start, last.end, GazetteerEntry(last.entry.name, last.entry.type))  # "Seoul’s envoy"
    if last is None or not _governs(last) or not _owning().fullmatch(text, last.end, office):
        return None
    return last


def _state_of(text: str, end: int) -> GazetteerMatch | None:
    """The state in "president of the Republic of Y", "President X of Y"."""
    of = _of().match(text, end)
    if of is None:
        return None
    first = next(gazetteer().find(text, of.end(), of.end() + _LEAD), None)
    return first if first is not None and first.start == of.end() and _governs(first) else None


@cache
def _of() -> re.Pattern[str]:
    """What leads from an office to its state: "of the Republic of", where the list has the short name alone."""
    return re.compile(rf" of (?:the )?(?:{official_name_prefix()} of (?:the )?)?", re.IGNORECASE)


def _governs(found: GazetteerMatch) -> bool:
    """Whether the name is of a state or an alliance that an office may belong to: a capital has offices of its own."""
    if found.entry.name in load(Organisations).alliances:
        return True
    return found.entry.type is EntityType.STATE and found.entry.sense is not Sense.CAPITAL


class _OfficeDescription(Struct, frozen=True):
    """An office with its state ("the Kenyan leader", "president of Kenya"), code points `start` to `end`."""

    start: int
    end: int
    state: str
    office: str


@cache
def _offices() -> re.Pattern[str]:
    titles = roles().titles.state
    words = literal_alternation((*titles, *(title.lower() for title in titles), *roles().offices.descriptions))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@lru_cache(maxsize=8)  # a text and the lines of its title
def _descriptions(text: str) -> tuple[_OfficeDescription, ...]:
    return tuple(_offices_with_states(text))


def _offices_with_states(text: str) -> Iterator[_OfficeDescription]:
    for office in _offices().finditer(text):
        if before := _state_before(text, office.start()):
            yield _OfficeDescription(before.start, office.end(), before.entry.name, office.group())
        elif of := _state_of(text, office.end()):
            yield _OfficeDescription(office.start(), of.end, of.entry.name, office.group())


def states_by_office(text: str) -> dict[str, set[str]]:
    """The states of which the text says that somebody holds an office, by the office in capitals: "Prime Minister"."""
    found: dict[str, set[str]] = {}
    for description in _descriptions(text):
        found.setdefault(description.office.title(), set()).add(description.state)
    return found


@cache
def _leading_to_name() -> re.Pattern[str]:
    """What stands between a description and the name: "her Kenyan counterpart, Energy Minister Otieno", "the Prime
    Minister of Kenya, the Hon Ana Ruiz"."""
    office = rf"(?:{_portfolios()} )?(?:{state_office_pattern()})(?:{_of_field()})?"
    return re.compile(rf",? (?:{office},? )?(?:(?:[Tt]he )?{honorific_pattern().pattern})?")


def _described(
    text: str, description: _OfficeDescription, named: Sequence[EntityMention]
) -> tuple[EntityMention, int] | None:
    """The person whom a description stands beside and how sure that is: the least where a comma parts it from a name
    that follows ("the Kenyan leader, X") and may have its own ("Y, the Kenyan leader, X, the Danish one").
    """
    index = bisect_left(named, description.end, key=lambda naming: naming.start)
    follows = named[index] if index < len(named) else None
    if follows and not _leading_to_name().fullmatch(text, description.end, follows.start):
        follows = None
    if follows and text[description.end] != ",":
        return follows, _SURE
    before = bisect_left(named, description.start, key=lambda naming: naming.start) - 1
    if before >= 0 and _APPOSITION.fullmatch(text, named[before].end, description.start):
        return named[before], _SURE
    return (follows, _LIKELY) if follows else None
