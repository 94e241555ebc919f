"""Names with a title, and the states that the bearers of titles represent."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerMatch, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import (
    capitalised_names,
    head_type,
    month_names,
    official_name_prefix,
    roles,
    title_words,
)
from alliance_tui.extraction.mentions.people.offices import (
    OfficeDescription,
    find_office_descriptions,
    honorific_pattern,
    is_title,
    may_have_offices,
    of_portfolio_pattern,
    portfolio_pattern,
    postnominal_pattern,
    state_after_of,
    state_before_office,
    state_office_pattern,
    state_titles,
)
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_APPOSITION = re.compile(r", (?:who (?:is|was|became) )?(?:(?:the|a|an|now|also|first|second|third|new|then|\w+est) )*")
"""The text between a name and a description of its bearer: "Otieno, who is the first Kenyan leader to …"."""
_WORD = r"(?:[A-ZÀ-Þ](?:[\w’'-]{0,60}[\w]|\.))"
"""A word of a name; bounded, since a name may begin after each apostrophe."""
_FULL_NAME = rf"{_WORD}(?: {_WORD}){{1,3}}"
_NAME_END = r"(?=[,.;)]| [a-z]|\n|$)"
"""Right context of a full name."""
_STATE_LIST_LENGTH = 200
"""The most characters in a list of states."""
_FIELD_REACH = 90
"""The most characters from an office to the name behind its field."""
_CERTAIN, _LIKELY = 2, 1
"""Votes for a state that the text gives beside a name, and for one that may be another person's."""


class TitledName(Struct, frozen=True):
    """A name with its title (code points, end exclusive); `state` where a list or a description gives the office's."""

    start: int
    end: int
    title: str
    title_start: int
    state: str | None = None


@cache
def _title_before_name() -> re.Pattern[str]:
    """Pattern of a title and the name after it, both perhaps in capitals ("PRESIDENT BIDEN:")."""
    titles = (*roles().titles.state, *roles().titles.other)
    alternatives = literal_alternation((*titles, *(title.upper() for title in titles)))
    particles = literal_alternation(roles().person_names.particles)
    particle = rf"(?:{particles})(?= (?:(?:{particles}) )*[A-Z])"
    name = rf"(?:(?:{particles}) )*{_WORD}(?: (?:{_WORD}|{particle}))*(?:,? (?:Jr|JR|Sr|SR)\.)?"
    office = rf"(?:{portfolio_pattern()} )?(?P<title>{alternatives})(?:{of_portfolio_pattern()}(?= ))?"
    ranks = literal_alternation(title for title in roles().titles.other if title.endswith("."))
    before_name = rf"(?:(?:{ranks}) )?(?:(?:the |The )?{honorific_pattern().pattern})?"
    return re.compile(rf"(?<!\w){office},? {before_name}(?P<name>{name})")


@cache
def _title_after_name() -> re.Pattern[str]:
    """Pattern of a full name and the office of state after it: "Otieno Odhiambo, Minister of Energy, said"."""
    title = rf"(?P<title>{state_office_pattern()})(?={of_portfolio_pattern()}\b|, [a-z]| [a-z])"
    return re.compile(rf"(?<![\w.-])(?:[Tt]he )?(?P<name>{_FULL_NAME}), (?:the )?{title}")


def find_titled_names(text: str) -> Iterator[TitledName]:
    """Yield the names with a title before or after them; a headline's verb in capitals may end a name."""
    for match in _title_before_name().finditer(text):
        start, end = match.span("name")
        words = _until_small_word(text[start:end].split())
        if not words or re.split("[’']", words[0])[0].title() in title_words():
            continue
        name = postnominal_pattern().sub("", re.split(r"[’']s?(?: |$)", " ".join(words))[0])
        if name and not is_title(name) and not _names_no_person(name):
            yield TitledName(start, start + len(name), match["title"].title(), match.start())
    yield from _names_behind_descriptions(text)
    yield from _names_behind_state_lists(text)
    for match in _title_after_name().finditer(text):
        honorific = honorific_pattern().match(match["name"])
        start = match.start("name") + (honorific.end() if honorific else 0)
        name = postnominal_pattern().sub("", text[start : match.end("name")])
        words = name.split()
        if len(words) > 1 and not any(_names_no_person(part) for part in (" ".join(words), *words)):
            yield TitledName(start, start + len(name), match["title"].title(), match.start("title"))


@cache
def _title_with_field() -> re.Pattern[str]:
    """Pattern of an office for a field that is no portfolio, before a name: "Special Envoy for the Great Lakes "."""
    word = rf"(?:{_WORD}|and|of|the)"
    return re.compile(rf"(?<!\w)(?P<title>{state_office_pattern()}) for {word}(?: {word}){{0,5}} $")


def names_behind_fields(text: str, persons: Iterable[tuple[int, int]]) -> Iterator[TitledName]:
    """Yield those of the full names at these spans that follow an office for a field of its own."""
    for start, end in persons:
        title = _title_with_field().search(text, max(0, start - _FIELD_REACH), start)
        if title is not None:
            yield TitledName(start, end, title["title"].title(), title.start())


@cache
def _name_after_state() -> re.Pattern[str]:
    """Pattern of the full name behind an office and its state: "the Prime Minister of Kenya, the Hon Ana Ruiz,".

    Not where the name has an office of its own behind it: "invited by the Prime Minister of Kenya, Ana Ruiz, President
    of Peru".
    """
    name = rf"(?P<name>{_FULL_NAME})(?!, (?:the )?(?:{state_office_pattern()})\b){_NAME_END}"
    return re.compile(rf", (?:(?:[Tt]he )?{honorific_pattern().pattern})?{name}")


@cache
def _name_after_description() -> re.Pattern[str]:
    """Pattern of the full name right behind a description: "his Kenyan counterpart Otieno Mboya"."""
    return re.compile(rf" (?P<name>{_FULL_NAME}){_NAME_END}")


def _names_behind_descriptions(text: str) -> Iterator[TitledName]:
    """Yield the names of "the Prime Minister of Kenya, Ana Ruiz" and "his Kenyan counterpart Otieno Mboya"."""
    for description in find_office_descriptions(text):
        pattern = _name_after_description() if description.office.islower() else _name_after_state()
        match = pattern.match(text, description.end)
        if match and not any(_names_no_person(w) or is_title(w) for w in (match["name"], *match["name"].split())):
            yield TitledName(*match.span("name"), description.office.title(), description.start, description.state)


@cache
def _plural_offices() -> re.Pattern[str]:
    """Pattern of an office of several holders before the list of their states: "the Ministers of Defence of "."""
    titles = literal_alternation(title for title in roles().titles.state if not title.endswith("y"))
    return re.compile(rf"(?<!\w)(?P<title>{titles})s(?:{of_portfolio_pattern()})? of (?:the )?")


@cache
def _state_separator() -> re.Pattern[str]:
    """Pattern of the separators in a list of states: ", ", " and the Republic of "."""
    return re.compile(rf"(?:,? and |, )?(?:the )?(?:{official_name_prefix()} of (?:the )?)?")


@cache
def _name_list(count: int) -> re.Pattern[str]:
    """Pattern of a list of `count` full names, two or more."""
    return re.compile(rf", (?P<names>{_FULL_NAME}(?:, {_FULL_NAME}){{{count - 2}}},? and {_FULL_NAME})(?!,? and|\w)")


def _names_behind_state_lists(text: str) -> Iterator[TitledName]:
    """Yield the names of "the Foreign Ministers of Kenya and Peru, Otieno Mboya and Ana Ruiz," with their states."""
    for office in _plural_offices().finditer(text):
        states = _listed_states(text, office.end())
        name_list = _name_list(len(states)).match(text, states[-1].end) if len(states) > 1 else None
        if name_list:
            names = re.compile(_FULL_NAME).finditer(text, *name_list.span("names"))
            for state, name in zip(states, names, strict=False):
                yield TitledName(*name.span(), office["title"].title(), office.start(), state.entry.name)


def _listed_states(text: str, start: int) -> list[GazetteerMatch]:
    """Return the states of the list that begins at `start`."""
    states: list[GazetteerMatch] = []
    for match in gazetteer().find(text, start, start + _STATE_LIST_LENGTH):
        gap_start = states[-1].end if states else start
        if not may_have_offices(match) or not _state_separator().fullmatch(text, gap_start, match.start):
            break
        states.append(match)
    return states


def _until_small_word(words: list[str]) -> list[str]:
    """Return the words of a name in capitals up to a function word of the headline: "KISHIDA OF JAPAN IN"."""
    if not all(word.isupper() for word in words):
        return words
    small = roles().person_names.function_words
    return list(itertools.takewhile(lambda word: word.lower() not in small, words))


def _names_no_person(name: str) -> bool:
    """Return whether words name something other than a person: "CEO Forum", "Commander Islands", "On Monday"."""
    first = name.split()[0]
    if len(name.rstrip(".")) < 2:
        return True
    lexicon = capitalised_names()
    if (first in lexicon.non_name_words and first not in month_names()) or first in lexicon.trades:
        return True
    entry = gazetteer().get(name)
    return head_type(name.split()) is not None or (entry is not None and entry.type is not EntityType.PERSON)


def represented_states(
    text: str, titled_names: Iterable[TitledName], person_mentions: Iterable[EntityMention]
) -> dict[str, str]:
    """Return the state that each person represents, by name, as the text gives it beside a name or a description."""
    mentions = sorted(person_mentions, key=lambda mention: (mention.start, mention.end))
    by_start = {mention.start: mention for mention in mentions}
    votes: dict[str, Counter[str]] = {}
    for name in titled_names:
        if state := state_beside(text, name):
            votes.setdefault(by_start[name.start].name, Counter())[state] += _CERTAIN if name.state else _LIKELY
    for description in find_office_descriptions(text):
        if described := _described_person(text, description, mentions):
            person, certainty = described
            votes.setdefault(person.name, Counter())[description.state] += certainty
    return {person: states.most_common(1)[0][0] for person, states in votes.items()}


def state_beside(text: str, name: TitledName) -> str | None:
    """Return the state that a text gives beside a titled name: "President Otieno of Kenya"."""
    if name.state or name.title not in state_titles():
        return name.state
    match = state_after_of(text, name.end) or state_before_office(text, name.title_start)
    return match.entry.name if match else None


@cache
def _between_description_and_name() -> re.Pattern[str]:
    """Pattern of the text between a description and the name.

    As in "her Kenyan counterpart, Energy Minister Otieno", "the Prime Minister of Kenya, the Hon Ana Ruiz".
    """
    office = rf"(?:{portfolio_pattern()} )?(?:{state_office_pattern()})(?:{of_portfolio_pattern()})?"
    return re.compile(rf",? (?:{office},? )?(?:(?:[Tt]he )?{honorific_pattern().pattern})?")


def _described_person(
    text: str, description: OfficeDescription, mentions: Sequence[EntityMention]
) -> tuple[EntityMention, int] | None:
    """Return the person beside a description, and the votes that this is worth.

    It is worth least where a comma parts the description from a name that follows ("the Kenyan leader, X") and may have
    its own ("Y, the Kenyan leader, X, the Danish one").
    """
    index = bisect_left(mentions, description.end, key=lambda mention: mention.start)
    following = mentions[index] if index < len(mentions) else None
    if following and not _between_description_and_name().fullmatch(text, description.end, following.start):
        following = None
    if following and text[description.end] != ",":
        return following, _CERTAIN
    before = bisect_left(mentions, description.start, key=lambda mention: mention.start) - 1
    if before >= 0 and _APPOSITION.fullmatch(text, mentions[before].end, description.start):
        return mentions[before], _CERTAIN
    return (following, _LIKELY) if following else None
