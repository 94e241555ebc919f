"""Document parties: those that the document's own "we", "both sides" and "the two leaders" mean.

An ordered table of rules decides; the first that yields any party wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents, Organisations
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerMatch, gazetteer
from alliance_tui.extraction.mentions.people.affiliations import agency_states
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.mentions.people.titled_names import find_titled_names
from alliance_tui.extraction.parties.document_parties.frame import DocumentFrame
from alliance_tui.extraction.parties.document_parties.opening import self_identified_parties
from alliance_tui.extraction.parties.document_parties.title import (
    TitleLine,
    administration_in_titles,
    decision_text,
    is_place_or_topic,
    is_state_adjective,
    joint_text,
    office_without_holder,
    parties_in_title,
    single_issuer_text,
)
from alliance_tui.extraction.parties.document_parties.treaty_parties import (
    chartered_organisation,
    contracting_parties,
    preamble_parties,
    unnamed_parties,
)
from alliance_tui.extraction.parties.party_mapping import (
    PartyNames,
    first_state_group,
    party_of,
    represented_party,
    unique,
)
from alliance_tui.extraction.parties.speakers.speaker_parties import seat_of_government, state_of_unnamed_official
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import EntityType

_TOPIC_COUNT = 3
"""The least count of mentions of a state or organisation that is a document's topic."""
_JOINT_PRESS_CONFERENCE = re.compile(r"\bjoint (?:press|news)\b|\b(?:press|news) conference with\b", re.IGNORECASE)
_WELCOME = re.compile(r"\b[Ww]elcom(?:e|ed|ing)\b[^.?!\n]{0,90}? (?:to|here in) (?:the )?(?=[A-Z])")
"""A host's greeting before the host's state or capital: "It is a pleasure to welcome her to Oslo"."""
_STATE_LENGTH = 40
"""The most characters in the name of a state or its capital."""
_TWO_PARTIES_REACH = 2_000
"""In how many characters of a text such words make it one of two parties."""
_ISSUER = re.compile(
    r"(?:(?!(?:on|about|previewing|following|visit|attacks?)\b)\w+ ){1,4}?(?:by|from) (?:(?! on | previewing ).)*",
    re.IGNORECASE,
)
"""The issuer of a text in its title: "Statement by the President of Kenya [on the Ports]"."""


@cache
def _statement_by_office() -> re.Pattern[str]:
    """The title of a statement by an office without its state."""
    documents = load(Documents)
    return re.compile(
        rf"^(?:[A-Z]\w+ )?(?:{alternation(documents.office_statements)})(?: \w+)? (?:of|by|from) [Tt]he (?:Vice )?"
        rf"(?:{alternation(documents.stating_offices)})\b(?! of| [A-Z])"
    )


@cache
def _enacting_body_line() -> re.Pattern[str]:
    """A body in a line of its own above the recitals of its resolution: "The Security Council,"."""
    bodies = alternation(load(Documents).enacting_bodies)
    return re.compile(rf"^(?:The|THE) (?P<name>[A-Z][^\n,;:.]{{0,60}}\b(?i:{bodies})),[ \t]*$", re.MULTILINE)


@cache
def _two_parties() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(load(Documents).two_parties)})\b")


class DocumentParties(NamedTuple):
    """The document parties, and the name of the rule that found them (None: no rule did)."""

    names: PartyNames
    rule: str | None


def find_document_parties(frame: DocumentFrame) -> DocumentParties:
    """Return the parties of the first rule in RULES that yields any."""
    for name, rule in RULES:
        if parties := rule(frame):
            return DocumentParties(parties, name)
    return DocumentParties((), None)


def _enacting_body(frame: DocumentFrame) -> PartyNames:
    line = _enacting_body_line().search(frame.text)
    span = line.span("name") if line else None
    return next(((mention.name,) for mention in frame.mentions if (mention.start, mention.end) == span), ())


def _chartered_organisation(frame: DocumentFrame) -> PartyNames:
    organisation = chartered_organisation(frame)
    return (organisation,) if organisation else ()


def _speakers(frame: DocumentFrame) -> PartyNames:
    speaking = frame.speaker_parties
    if len(speaking) < 2:
        return ()
    acting = (*frame.title_parties, *frame.opening_parties)
    return next((names for names in acting if set(names) > set(speaking)), speaking)


def _self_identified(frame: DocumentFrame) -> PartyNames:
    identified = (self_identified_parties(frame.text, p, frame.mentions, frame.people) for p in frame.opening)
    return next((names for names in identified if names), ())


def _office_without_state(frame: DocumentFrame) -> PartyNames:
    if any(_statement_by_office().search(title.text) for title in frame.titles):
        return _most_mentioned_state_without_leader(frame.mentions, frame.people)
    if not any(office_without_holder(title.text) for title in frame.titles):
        return ()
    counterparts = unique(*frame.title_parties)
    mentions = [m for m in frame.mentions if m.name not in counterparts]
    return (*_most_mentioned_state_without_leader(mentions, frame.people), *counterparts)


def _most_mentioned_state_without_leader(mentions: Iterable[EntityMention], people: PersonIndex) -> PartyNames:
    """Return the state mentioned most of those whose leaders the text does not name."""
    mentions = list(mentions)
    led = {party_of(mention, people) for mention in mentions if mention.type is EntityType.PERSON}
    return _most_mentioned(m.name for m in mentions if m.type is EntityType.STATE and m.name not in led)


def _most_mentioned(names: Iterable[str], at_least: int = 1) -> PartyNames:
    return tuple(name for name, count in Counter(names).most_common(1) if count >= at_least)


def _administration(frame: DocumentFrame) -> PartyNames:
    return administration_in_titles(*frame.titles)


def _several_in_title(frame: DocumentFrame) -> PartyNames:
    if several := next((names for names in frame.title_parties if len(names) >= 2), ()):
        return several
    below = (parties_in_title(line, frame.people) for line in frame.lines[1:])
    return next((names for names in below if len(names) >= 2), ())


def _transcript(frame: DocumentFrame) -> PartyNames:
    if not frame.speaker_labels:
        return ()
    speaking = frame.speaker_parties or _unidentified_speakers(frame)
    if not speaking:
        return ()
    first_line, declared = frame.titles
    labels_and_titles = (*frame.speaker_labels, first_line.text, declared.text)
    of_both = _is_joint_press_conference(frame) or any(map(state_of_unnamed_official, labels_and_titles))
    in_title = frame.title_parties[0] or frame.title_parties[1]
    return unique(_joint_host(frame, speaking), speaking, in_title if of_both else ())


def _unidentified_speakers(frame: DocumentFrame) -> PartyNames:
    """Return the party of the announced speaker, of the place, the issuing state, or the guest whom a host welcomes."""
    announced = next((parties for title in frame.titles if (parties := _announced_speaker(title, frame.people))), ())
    place = "\n".join(line.text for line in frame.lines)
    return announced or seat_of_government(place) or frame.issuing_state or _welcomed_guest(frame)


def _announced_speaker(title: TitleLine, people: PersonIndex) -> PartyNames:
    """Return the party of a title's issuer: "Remarks by President Moreno", "Press Call by Senior Officials"."""
    issuer = _ISSUER.match(title.text)
    if issuer is None:
        return ()
    official = state_of_unnamed_official(issuer.group())
    return (official,) if official else _leaders_parties(issuer.group(), people)


def _leaders_parties(title: str, people: PersonIndex) -> PartyNames:
    """Return the parties whose leaders a title names."""
    parties = (represented_party(title[name.start : name.end], people) for name in find_titled_names(title))
    return unique(party for party in parties if party)


def _is_joint_press_conference(frame: DocumentFrame) -> bool:
    return any(_JOINT_PRESS_CONFERENCE.search(title.text) for title in frame.titles)


def _welcomed_guest(frame: DocumentFrame) -> PartyNames:
    return next((names for names in frame.title_parties if names), ()) if _host_state(frame.text) else ()


def _host_state(text: str) -> PartyNames:
    """Return the state to which, or to whose capital, a speaker welcomes a guest."""
    for match in _WELCOME.finditer(text):
        host = next(gazetteer().find(text, match.end(), match.end() + _STATE_LENGTH), None)
        if host is not None and host.start == match.end() and host.entry.type is EntityType.STATE:
            return (host.entry.name,)
    return ()


def _joint_host(frame: DocumentFrame, speaking: PartyNames) -> PartyNames:
    """Return the host of a joint press conference, whose leader the gazetteer may lack."""
    if not _is_joint_press_conference(frame) or len(speaking) != 1:
        return ()
    host = _host_state(frame.text) or frame.issuing_state
    if host != speaking:
        return host
    others = (m.name for m in frame.mentions if m.type is EntityType.STATE and m.name not in speaking)
    return _most_mentioned(others, at_least=2)


def _issuing_government(frame: DocumentFrame) -> PartyNames:
    """Return the parties of a text that one government's office issues; none that its title is only about.

    These are the issuing state, or that of the leader who issues it, with others that act in the opening; else the
    states of leaders in the title; else the issuing state alone.
    """
    official = (t for t in frame.titles if single_issuer_text().search(t.text) and not joint_text().search(t.text))
    title = next(official, None)
    issuing = (frame.issuing_state or _announced_speaker(title, frame.people)[:1]) if title else ()
    if title is None or not issuing:
        return ()
    if decision_text().search(title.text):
        return issuing
    matches = list(gazetteer().find(title.text))
    topics = _topics_and_adjectives(title, matches)
    acting = (tuple(name for name in names if name not in topics) for names in frame.opening_parties)
    if several := next((names for names in acting if len(names) > 1 and issuing[0] in names), ()):
        return several
    leading = {*_leaders_parties(title.text, frame.people), *_names_in_issuer(title, matches)}
    may_be_topic = topics.issuperset(issuing)
    in_title = (names for names in frame.title_parties if names and (leading.issuperset(names) or may_be_topic))
    return next(in_title, issuing)


def _topics_and_adjectives(title: TitleLine, matches: Sequence[GazetteerMatch]) -> set[str]:
    """Return the names that a title mentions as a place, as its topic or by a state's adjective."""
    return {
        match.entry.name
        for i, match in enumerate(matches)
        if is_place_or_topic(title.text, i, matches) or is_state_adjective(match)
    }


def _names_in_issuer(title: TitleLine, matches: Sequence[GazetteerMatch]) -> set[str]:
    """Return the names within a title's issuer: Kenya in "Statement by the President of Kenya"."""
    issuer = _ISSUER.match(title.text)
    return {match.entry.name for match in matches if issuer and match.end <= issuer.end()}


def _issuing_alliance(frame: DocumentFrame) -> PartyNames:
    issuer = frame.issuing_group
    return issuer if issuer and issuer[0] in load(Organisations).alliances else ()


def _several_in_opening(frame: DocumentFrame) -> PartyNames:
    """Return the parties that act in the opening; a group alone whose own title has it beside one other."""
    several = next((names for names in frame.opening_parties if len(names) >= 2), ())
    issuer = frame.issuing_group
    return issuer if len(several) == 2 and issuer and issuer[0] in several else several


def _issuing_group(frame: DocumentFrame) -> PartyNames:
    return frame.issuing_group


def _single_party(frame: DocumentFrame) -> PartyNames:
    """Return the party of the title or opening, with the issuing state where a report is of two parties."""
    single = next((names for names in (*frame.title_parties, *frame.opening_parties) if names), ())
    is_of_two = len(single) == 1 and _two_parties().search(frame.text[:_TWO_PARTIES_REACH])
    return unique(frame.issuing_state if is_of_two else (), single)


def _seat_in_title(frame: DocumentFrame) -> PartyNames:
    """Return the state of the seat of government that a title names: "Readout of the White House Round Table"."""
    matches = (match for title in frame.titles for match in gazetteer().find(title.text))
    return unique(agency_states()[m.entry.name] for m in matches if m.entry.name in agency_states())[:1]


def _group_in_title(frame: DocumentFrame) -> PartyNames:
    return first_state_group(frame.titles[0].mentions)


def _group_in_opening(frame: DocumentFrame) -> PartyNames:
    first = [m for p in frame.opening[:1] for m in frame.mentions if p.offset <= m.start < p.segment.end]
    return first_state_group(first)


def _topic(frame: DocumentFrame) -> PartyNames:
    types = {EntityType.STATE, EntityType.ORGANISATION}
    names = _most_mentioned((m.name for m in frame.mentions if m.type in types), at_least=_TOPIC_COUNT)
    return tuple(agency_states().get(name, name) for name in names)


Rule = Callable[[DocumentFrame], PartyNames]
RULES: Sequence[tuple[str, Rule]] = (
    # "The Security Council," in a line of its own above what it recalls and decides
    ("enacting body", _enacting_body),
    # ministries, else states, "hereinafter referred to as the Participants"
    ("contracting parties", contracting_parties),
    # the list behind "Agreement between" in a treaty's title, or at the head of its preamble
    ("preamble parties", preamble_parties),
    # "The States Parties to this Convention," in a line above its recitals
    ("unnamed parties", unnamed_parties),
    # "Constitution of the World Health Organization"
    ("charter", _chartered_organisation),
    # two parties or more whom speakers of a transcript represent, or those in title or opening that include them
    ("speakers", _speakers),
    # "We, the Leaders of Chile and Peru" in the opening
    ("self-identified", _self_identified),
    # "Prime Minister speaks with President of Peru": the state mentioned most without a leader, and the counterpart's
    ("office without state", _office_without_state),
    # the administration in "Fact Sheet: The Biden Administration", "Executive Order on Ports"
    ("administration", _administration),
    # two parties or more in the first line, the declared title or a line below
    ("several in title", _several_in_title),
    # a transcript's one party: of its speakers, announced or at home; with the host and guest of a joint conference
    ("transcript", _transcript),
    # "Statement by the Press Secretary": the issuing state, with others that act in the opening
    ("issuing government", _issuing_government),
    # "NATO Summit Declaration"
    ("issuing alliance", _issuing_alliance),
    # two parties or more whose leaders, offices or names act in the opening
    ("several in opening", _several_in_opening),
    # "G20 Leaders’ Declaration"
    ("issuing group", _issuing_group),
    # the one party that acts in title or opening, with the issuing state in a report of two parties
    ("single party", _single_party),
    # "Readout of the White House Round Table"
    ("seat in title", _seat_in_title),
    ("group in title", _group_in_title),
    ("group in opening", _group_in_opening),
    # the state or organisation mentioned most
    ("topic", _topic),
)
"""The rules by name, in the order in which they are tried."""
