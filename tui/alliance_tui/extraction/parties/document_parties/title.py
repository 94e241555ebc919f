"""The document's title: who issues the text, which parties it speaks for, and which it is only about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from alliance_tui.extraction.layout.headings import is_date_line
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerEntry, GazetteerMatch, Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.people.affiliations import administration_state
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.mentions.people.titled_names import find_titled_names
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import (
    PartyNames,
    first_state_group,
    represented_party,
    state_groups,
    states_represented,
    unique,
)
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import EntityType

_MAX_LINE_LENGTH = 250
"""A first line of more characters than this is a paragraph and no title."""
_MAX_LINES = 6
"""The most lines of a title, with the issuer and the kind of the text."""
_CONJUNCTION = re.compile(r",? and (?:the )?", re.IGNORECASE)
"""The text between two parties that act together by a title."""
_JOINT_CONJUNCTION = re.compile(r",? and (?:the )?| ?[-–—] ?", re.IGNORECASE)
"""The text between them in the title of a joint text."""
_ENUMERATION_SEPARATOR = re.compile(rf"{_JOINT_CONJUNCTION.pattern}|, (?:the )?", re.IGNORECASE)
"""The text between states that a title enumerates."""
BEFORE_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear)\s(?:the )?(?:[A-Z][\w.]+, )?$")
"""Left context of a state, or its capital, as the place of a meeting."""
_BEFORE_DESTINATION = re.compile(
    r"\b(?:[Tt]rip|[Tt]ravels?|[Dd]elegation)(?: [\w’]+){0,3}? [Tt]o (?:the )?(?:[A-Z][\w’-]*,? |and |the )*$"
)
"""Left context of a state as the destination of a journey."""
_BEFORE_VISITED = re.compile(r"\b[Vv]isits?(?: [\w’]+){0,3}? [Tt]o (?:the )?(?:[A-Z][\w’-]*,? |and |the )*$")
"""Left context of a state that is visited, where the text is not a joint one."""
_BEFORE_TOPIC = re.compile(
    r"\b(?:on|against|from|for|over|about|towards?) (?:the )?(?:[\w’-]+,? ){0,2}$", re.IGNORECASE
)
_AFTER_TOPIC = re.compile(r"$|[,;:.()]| (?:in|at|during|following|after|by|to|amid|with|and [A-Z]\w+ing) ")
"""Left and right context of a state that a title is only about: "Further Costs on Norland", "Aid for Norland"."""
_ADMINISTRATION = re.compile(r"\b[A-Z]\w+(?:-[A-Z]\w+)? Administration\b")


@cache
def joint_text() -> re.Pattern[str]:
    """Words of the title of a joint text."""
    return re.compile(rf"\b(?:{alternation(load(Documents).joint_texts)})\b", re.IGNORECASE)


@cache
def single_issuer_text() -> re.Pattern[str]:
    """Beginning of the title of a text that one government's office issues."""
    texts = alternation(load(Documents).single_issuer_texts)
    return re.compile(rf"^(?:An? |The )?(?:U\.?S\.? |White House )?(?:{texts})\b", re.IGNORECASE)


@cache
def decision_text() -> re.Pattern[str]:
    """Beginning of the title of a text by which one office decides for its state alone: "A Proclamation on"."""
    return re.compile(rf"^(?:An? |The )?(?:{alternation(load(Documents).decision_texts)})\b", re.IGNORECASE)


@cache
def _group_text() -> re.Pattern[str]:
    """Texts and meetings of a group of states, rather than of one state about the group."""
    return re.compile(rf"\b(?:{alternation(load(Documents).group_texts)})\b", re.IGNORECASE)


@cache
def _presidential_text() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(load(Documents).presidential_texts)})\b")


@cache
def _officer() -> re.Pattern[str]:
    """The officers of a state, behind its adjective: "Turkish president"."""
    officers = alternation(load(Documents).officers)
    return re.compile(rf" (?:foreign |defen[cs]e |prime |vice )?(?:{officers})s?\b", re.IGNORECASE)


@cache
def _acting_office() -> re.Pattern[str]:
    """A title with an office but no state as its subject: "Prime Minister speaks with President of Peru"."""
    documents = load(Documents)
    return re.compile(
        rf"^(?:The )?(?P<office>(?:Deputy |Vice )?(?:{alternation(documents.acting_offices)}))"
        rf"(?:[’']s (?:{alternation(documents.office_events)})| (?:{alternation(documents.office_verbs)}))"
    )


class TitleLine(NamedTuple):
    """A line of a title and the mentions in it; `start` and the mentions' offsets index the document's text."""

    text: str
    mentions: Sequence[EntityMention] = ()
    start: int = 0


def title_lines(text: str, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return the spans of the title's lines: those before the first paragraph, or a first line that is no sentence.

    One empty span where there is no title.
    """
    first = passages[0] if passages else None
    lines = [m.span() for m in itertools.islice(re.finditer(r"\S[^\n]*", text), _MAX_LINES)]
    undated = [line for line in lines if not is_date_line(text[slice(*line)])]
    above = list(itertools.takewhile(lambda line: line[1] - line[0] <= _MAX_LINE_LENGTH, undated))
    if first is None:
        return above[:1] or [(0, 0)]
    if before := [line for line in above if line[1] <= first.offset]:
        return before
    is_passage = above and (first.offset, first.segment.end) == above[0]
    is_sentence = is_passage and text[slice(*above[0])].rstrip('”"’ ').endswith((".", ";", ":"))
    return above[:1] if is_passage and not is_sentence else [(0, 0)]


def parties_in_title(title: TitleLine, people: PersonIndex) -> PartyNames:
    """Return the parties that a title names as acting.

    These are states, also within other names ("Kenya-Norway Joint Statement"), the states of leaders and offices, and
    alliances beside a state or a leader.
    """
    text = title.text
    matches = list(gazetteer().find(text))
    excluded = {match.start for i, match in enumerate(matches) if is_place_or_topic(text, i, matches)}
    acting = [match for match in matches if match.start not in excluded]
    leaders = {
        name.end: party
        for name in find_titled_names(text)
        if (party := represented_party(text[name.start : name.end], people))
    }
    named = [
        match.entry.name
        for match in acting
        if match.entry == GazetteerEntry(match.entry.name, EntityType.STATE)
        or _is_beside_state(text, match, acting)
        or _is_beside_leader(text, match, leaders)
        or _is_officers_state(text, match)
    ]
    mentioned = states_represented((m for m in title.mentions if m.start - title.start not in excluded), people)
    return unique(named, leaders.values(), _states_of_unique_offices(text, people), mentioned)


def office_without_holder(title: str) -> str | None:
    """Return the office that is a title's subject without its holder: "Prime Minister meets President of Peru"."""
    match = _acting_office().search(title)
    return match["office"].title() if match else None


def _states_of_unique_offices(title: str, people: PersonIndex) -> Iterator[str]:
    """Yield the states of offices that only one state has by these names, and whose holders the title does not name."""
    titled_spans = [(name.title_start, name.end) for name in find_titled_names(title)]
    for office in roles().state_offices:
        match = re.search(rf"\b{re.escape(office)}\b", title)
        has_holder = match and any(start <= match.start() < end for start, end in titled_spans)
        if match and not has_holder and (state := people.state_of_office(office)):
            yield state


def is_place_or_topic(title: str, index: int, matches: Sequence[GazetteerMatch]) -> bool:
    """Return whether a title mentions a state or group only as a place or as its topic.

    `index` is that of the state or group in `matches`, the gazetteer's matches in the title.
    """
    match = matches[index]
    before = matches[index - 1] if index else None
    if before and _is_capital_of(match.entry.name, before) and title[before.end : match.start] == ", ":
        return True  # "Apia, Samoa"
    follows = before and _ENUMERATION_SEPARATOR.fullmatch(title, before.end, match.start)
    if follows and is_place_or_topic(title, index - 1, matches):
        return True  # "deals in Norland and Westland"
    leading = title[: match.start]
    if BEFORE_PLACE.search(leading) or _BEFORE_DESTINATION.search(leading):
        return True
    visit = None if joint_text().search(title) else _BEFORE_VISITED.search(leading)
    if visit and not any(other.end <= visit.start() for other in matches):
        return True
    neighbours = itertools.pairwise(matches[max(0, index - 1) : index + 2])
    enumerated = any(_ENUMERATION_SEPARATOR.fullmatch(title, left.end, right.start) for left, right in neighbours)
    return not enumerated and bool(_BEFORE_TOPIC.search(leading) and _AFTER_TOPIC.match(title, match.end))


def _is_officers_state(title: str, match: GazetteerMatch) -> bool:
    """Return whether a state's adjective precedes who acts for it: "Norland's King", "Turkish president signs"."""
    return is_state_adjective(match) and bool(_officer().match(title, match.end))


def _is_capital_of(state: str, match: GazetteerMatch) -> bool:
    return match.entry == GazetteerEntry(state, EntityType.STATE, Sense.CAPITAL)


def is_state_adjective(match: GazetteerMatch) -> bool:
    """Return whether a match is a state by its adjective or capital: "Russian Oil"."""
    return match.entry.type is EntityType.STATE and match.entry.sense is not Sense.NAME


def _is_beside_state(title: str, match: GazetteerMatch, acting: Iterable[GazetteerMatch]) -> bool:
    """Return whether an alliance or group is beside a state: "of Kenya and the European Union", "EU-Kenya Joint"."""
    is_joint = bool(joint_text().search(title))
    if match.entry.name not in state_groups() and not (is_joint and match.entry.type is EntityType.ORGANISATION):
        return False
    conjunction = _JOINT_CONJUNCTION if is_joint else _CONJUNCTION
    states = (other for other in acting if other.entry.type is EntityType.STATE)
    pairs = (sorted((match, state), key=lambda m: m.start) for state in states)
    return any(conjunction.fullmatch(title, left.end, right.start) for left, right in pairs)


def _is_beside_leader(title: str, match: GazetteerMatch, leader_ends: Iterable[int]) -> bool:
    """Return whether a group of states follows a leader, whose name ends at one of these offsets.

    As in "President Moreno and ASEAN Leaders".
    """
    return match.entry.name in state_groups() and any(
        _CONJUNCTION.fullmatch(title, end, match.start) for end in leader_ends
    )


def administration_in_titles(*titles: TitleLine) -> PartyNames:
    """Return the state whose administration issues an official text by one of its titles.

    They name it ("Fact Sheet: The Biden Administration") or what it alone issues ("Fact Sheet: Executive Order on
    Ports").
    """
    official = [title for title in titles if single_issuer_text().search(title.text)]
    if any(_presidential_text().search(title.text) for title in official):
        return ("United States",)
    matches = (_ADMINISTRATION.search(title.text) for title in (titles if official else ()))
    states = (administration_state(match.group()) for match in matches if match)
    return next(((state,) for state in states if state), ())


def issuing_group(title: TitleLine) -> PartyNames:
    """Return the group or alliance whose communiqué, statement or summit a title is of."""
    if not _group_text().search(title.text):
        return ()
    names = (match.entry.name for match in gazetteer().find(title.text))
    return first_state_group(title.mentions) or tuple(name for name in names if name in state_groups())[:1]
