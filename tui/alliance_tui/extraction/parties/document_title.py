"""What a document’s title tells: who issues it, for whom it speaks, and what it is only about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from alliance_tui.extraction.layout.headings import is_date_line
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import GazetteerEntry, GazetteerMatch, Sense, gazetteer
from alliance_tui.extraction.mentions.name_lexicon import roles
from alliance_tui.extraction.mentions.offices import find_titled_names
from alliance_tui.extraction.mentions.people import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import (
    PartyNames,
    administration_state,
    first_state_group,
    represented_party,
    state_groups,
    states_represented,
)
from alliance_tui.records import EntityType

_HEADLINE = 250
"""A first line of more characters than this is a paragraph and no title."""
_TITLE_LINES = 6
"""How many lines may make up a title, with who issues the text and what it is."""
_LINK = re.compile(r",? and (?:the )?", re.IGNORECASE)
"""What stands between two of whom a title says that they act together; ..."""
_JOINT_LINK = re.compile(r",? and (?:the )?| ?[-–—] ?", re.IGNORECASE)
"""... and in the title of a joint text."""
_ISSUED = re.compile(r"\b(?:communiqu[eé]|declaration|statement|conclusions|summit)\b", re.IGNORECASE)
"""What a group of states issues or holds, rather than one of them about it."""
JOINT_TEXT = re.compile(
    r"\b(?:joint|summit|dialogue|council|consultations|meeting|leaders[’'] statement)\b", re.IGNORECASE
)
BEFORE_PLACE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear)\s(?:the )?(?:[A-Z][\w.]+, )?$")
"""What stands before a state, or its capital, that is named as the place of a meeting."""
_TRAVEL = re.compile(
    r"\b(?:[Tt]rip|[Tt]ravels?|[Dd]elegation)(?: [\w’]+){0,3}? [Tt]o (?:the )?(?:[A-Z][\w’-]*,? |and |the )*$"
)
"""What stands before a state that a title names as where somebody travels."""
_VISIT = re.compile(r"\b[Vv]isits?(?: [\w’]+){0,3}? [Tt]o (?:the )?(?:[A-Z][\w’-]*,? |and |the )*$")
"""... or, in a text that is not of two, makes a visit."""
_OFFICER = re.compile(
    r" (?:[Ff]oreign |[Dd]efen[cs]e |[Pp]rime |[Vv]ice )?"
    r"(?:president|minister|leader|chancellor|premier|king|emperor|counterpart)s?\b",
    re.IGNORECASE,
)
"""Who acts for a state, behind its adjective: "Turkish president"."""
_ABOUT = re.compile(r"\b(?:on|against|from|for|over|about|towards?) (?:the )?(?:[\w’-]+,? ){0,2}$", re.IGNORECASE)
_ENDS = re.compile(r"$|[,;:.()]| (?:in|at|during|following|after|by|to|amid|with|and [A-Z]\w+ing) ")
"""What stands before and after a state that a title is only about: "Further Costs on Norland", "Aid for Norland"."""
_JOINED = re.compile(rf"{_JOINT_LINK.pattern}|, (?:the )?", re.IGNORECASE)
"""What stands between the states that a title names together."""
_ADMINISTRATION = re.compile(r"\b[A-Z]\w+(?:-[A-Z]\w+)? Administration\b")
_PRESIDENTIAL = re.compile(
    r"\b(?:Executive Orders?|Presidential (?:Memorandum|Proclamation|Determination)|National Security Memorandum)\b"
)
"""The texts that only the President of the United States issues (Federal Register, "Presidential Documents")."""
SINGLE_ISSUER = re.compile(
    r"^(?:An? |The )?(?:U\.?S\.? |White House )?(?:fact sheet|statement (?:by|from|of)|remarks|background press"
    r"|on-the-record press|press (?:briefing|gaggle|call)|executive order|(?:presidential )?(?:memorandum|proclamation)"
    r"|notice|message|letters?)\b",
    re.IGNORECASE,
)
"""How the title of what one government’s office issues begins."""


_OFFICE_ACTS = re.compile(
    r"^(?:The )?(?P<office>(?:Deputy |Vice )?"
    r"(?:Prime Minister|President|Chancellor|Premier|(?:Foreign|Defen[cs]e) (?:Minister|Secretary)))"
    r"(?:[’']s (?:call|meeting|talks|visit) | (?:speaks|meets|welcomes|hosts|receives|visits|holds|announces|concludes"
    r"|attends|participates|to [a-z]))"
)
"""The title of what an office does whose state it need not name: "Prime Minister speaks with President of Peru"."""


class TitleLine(NamedTuple):
    """A line of a title: its words, and the names in it where it stands in the text, from `start` on."""

    text: str
    namings: Sequence[EntityMention] = ()
    start: int = 0


def title_lines(text: str, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Where the lines of the title stand: those before the first paragraph, or a first line that is no sentence; an
    empty one where there is none."""
    first = passages[0] if passages else None
    lines = [m.span() for m in itertools.islice(re.finditer(r"\S[^\n]*", text), _TITLE_LINES)]
    dated = {line for line in lines if is_date_line(text[slice(*line)])}
    above = list(itertools.takewhile(lambda line: line[1] - line[0] <= _HEADLINE, (x for x in lines if x not in dated)))
    if first is None:
        return above[:1] or [(0, 0)]
    if before := [line for line in above if line[1] <= first.offset]:
        return before
    whole = above and (first.offset, first.segment.end) == above[0]
    sentence = whole and text[slice(*above[0])].rstrip('”"’ ').endswith((".", ";", ":"))
    return above[:1] if whole and not sentence else [(0, 0)]


def parties_in_title(title: TitleLine, people: PersonIndex) -> PartyNames:
    """The states of a title, also within other names ("Kenya-Norway Joint Statement"), those of leaders whom it names,
    and alliances beside a state or a leader.
    """
    text = title.text
    listed = list(gazetteer().find(text))
    others = {f.start for i, f in enumerate(listed) if is_place_or_topic(text, i, listed)}
    known = [f for f in listed if f.start not in others]
    leading = {
        t.end: state for t in find_titled_names(text) if (state := represented_party(text[t.start : t.end], people))
    }
    found = [
        f
        for f in known
        if f.entry == GazetteerEntry(f.entry.name, EntityType.STATE)
        or _beside_state(text, f, known)
        or _beside_leader(text, f, leading)
        or _of_officer(text, f)
    ]
    named = states_represented((n for n in title.namings if n.start - title.start not in others), people)
    return tuple(dict.fromkeys((*(f.entry.name for f in found), *leading.values(), *_by_office(text, people), *named)))


def office_without_holder(title: str) -> str | None:
    """The office of whose deeds a title tells without its holder’s name: "Prime Minister meets President of Peru"."""
    told = _OFFICE_ACTS.search(title)
    return told["office"].title() if told else None


def _by_office(title: str, people: PersonIndex) -> Iterator[str]:
    """The states of offices that but one state has by these names, and whose holders the title does not name."""
    covered = [(name.title_start, name.end) for name in find_titled_names(title)]
    for office in roles().state_offices:
        match = re.search(rf"\b{re.escape(office)}\b", title)
        named = match and any(start <= match.start() < end for start, end in covered)
        if match and not named and (state := people.state_of_office(office)):
            yield state


def is_place_or_topic(title: str, index: int, listed: Sequence[GazetteerMatch]) -> bool:
    """Whether a title names it only as a place or as what it is about."""
    here = listed[index]
    before = listed[index - 1] if index else None
    if before and _is_city_of(here.entry.name, before) and title[before.end : here.start] == ", ":
        return True  # "Apia, Samoa"
    if before and _JOINED.fullmatch(title, before.end, here.start) and is_place_or_topic(title, index - 1, listed):
        return True  # "deals in Norland and Westland"
    if BEFORE_PLACE.search(title[: here.start]) or _TRAVEL.search(title[: here.start]):
        return True
    visit = None if JOINT_TEXT.search(title) else _VISIT.search(title[: here.start])
    if visit and not any(found.end <= visit.start() for found in listed):
        return True
    beside = itertools.pairwise(listed[max(0, index - 1) : index + 2])
    joined = any(_JOINED.fullmatch(title, one.end, two.start) for one, two in beside)
    return not joined and bool(_ABOUT.search(title[: here.start]) and _ENDS.match(title, here.end))


def _of_officer(title: str, found: GazetteerMatch) -> bool:
    """Whether a state's adjective stands before who acts for it: "Norland's King", "Turkish president signs"."""
    return is_adjective(found) and bool(_OFFICER.match(title, found.end))


def _is_city_of(state: str, found: GazetteerMatch) -> bool:
    return found.entry == GazetteerEntry(state, EntityType.STATE, Sense.CAPITAL)


def is_adjective(found: GazetteerMatch) -> bool:
    """Whether a state is named by its adjective alone: "Russian Oil"."""
    return found.entry.type is EntityType.STATE and found.entry != GazetteerEntry(found.entry.name, EntityType.STATE)


def _beside_state(title: str, found: GazetteerMatch, known: Iterable[GazetteerMatch]) -> bool:
    """Whether an alliance or group stands beside a state: "of Kenya and the European Union", "EU-Kenya Joint"."""
    together = bool(JOINT_TEXT.search(title))
    if found.entry.name not in state_groups() and not (together and found.entry.type is EntityType.ORGANISATION):
        return False
    link = _JOINT_LINK if together else _LINK
    states = (f for f in known if f.entry.type is EntityType.STATE)
    pairs = (sorted((found, state), key=lambda f: f.start) for state in states)
    return any(link.fullmatch(title, first.end, second.start) for first, second in pairs)


def _beside_leader(title: str, found: GazetteerMatch, leaders: Iterable[int]) -> bool:
    """Whether a group of states stands behind a leader, whose name ends at one of these: "President Moreno and ASEAN
    Leaders".
    """
    return found.entry.name in state_groups() and any(_LINK.fullmatch(title, end, found.start) for end in leaders)


def administration_in_titles(*titles: TitleLine) -> PartyNames:
    """The state whose administration one of the titles of an official text names ("Fact Sheet: The Biden
    Administration"), or that alone issues what it is about ("Fact Sheet: Executive Order on Ports").
    """
    solo = [title for title in titles if SINGLE_ISSUER.search(title.text)]
    if any(_PRESIDENTIAL.search(title.text) for title in solo):
        return ("United States",)
    found = (_ADMINISTRATION.search(title.text) for title in (titles if solo else ()))
    states = (administration_state(match.group()) for match in found if match)
    return next(((state,) for state in states if state), ())


def issuing_group(title: TitleLine) -> PartyNames:
    """The group or alliance whose communiqué, statement or summit a title is of."""
    if not _ISSUED.search(title.text):
        return ()
    listed = (found.entry.name for found in gazetteer().find(title.text))
    return first_state_group(title.namings) or tuple(name for name in listed if name in state_groups())[:1]
