"""For whom a document speaks: the parties that its "we", "both sides" and "the two leaders" mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Organisations
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.name_lexicon import agency_states, roles
from alliance_tui.extraction.mentions.offices import find_titled_names, state_office_pattern, state_titles
from alliance_tui.extraction.mentions.people import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.document_title import (
    BEFORE_PLACE,
    JOINT_TEXT,
    SINGLE_ISSUER,
    TitleLine,
    administration_in_titles,
    is_adjective,
    is_place_or_topic,
    issuing_group,
    office_without_holder,
    parties_in_title,
    title_lines,
)
from alliance_tui.extraction.parties.party_mapping import (
    PartyNames,
    enumerated_after,
    first_state_group,
    party_of,
    represented_party,
    state_groups,
    states_represented,
)
from alliance_tui.extraction.parties.speaker_parties import (
    co_actors,
    find_speaker_parties,
    issuing_state,
    seat_of_government,
    speaker_labels,
    state_of_unnamed_official,
)
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span

_UNION, _INSTITUTIONS = "European Union", ("European Council", "European Commission")
_OPENING = 3
"""How many paragraphs may tell who speaks."""
_SEVERAL = 3
_MANY = 4
"""So many states in a list before the verb act, whatever the parse says: "The members – A, B, C and D – met"."""
_WE = re.compile(r"(?:We|WE),? (?:the|THE) \w|(?:We|WE), ")
"""How those who speak name themselves: "We, the Leaders of"."""
_OF_OFFICE = re.compile(
    r"^(?:[A-Z]\w+ )?(?:Statement|Remarks|Message|Letter|Address|Memorandum)(?: \w+)? (?:of|by|from) [Tt]he (?:Vice )?"
    r"(?:President|Prime Minister|Chancellor)\b(?! of| [A-Z])"
)
"""The title of what is said by an office whose state it need not name."""
_ENACTING = re.compile(
    r"^(?:The|THE) (?P<name>[A-Z][^\n,;:.]{0,60}\b"
    r"(?i:Council|Assembly|Committee|Commission|Conference|Board|Parliament)),[ \t]*$",
    re.MULTILINE,
)
"""Who decides, in a line of its own above what it recalls and decides: "The Security Council,"."""
_JOINT = re.compile(r"\bjoint (?:press|news)\b|\b(?:press|news) conference with\b", re.IGNORECASE)
_WELCOME = re.compile(r"\b[Ww]elcom(?:e|ed|ing)\b[^.?!\n]{0,90}? (?:to|here in) (?:the )?(?=[A-Z])")
"""How a host greets a guest before the name of the own state or capital: "It is a pleasure to welcome her to Oslo"."""
_LONGEST_NAME = 40
"""How many characters the name of a state or its capital may have."""
_CALLED = re.compile(
    r"\bhere(?:in)?after (?:[a-z]+ ){0,4}?[“\"'‘(]*(?:the )?[“\"'‘]?"
    r"(?:Participants|(?:Contracting )?Parties|Sides|Signatories|Governments)\b"
)
"""What a treaty calls those who conclude it, after their names: "hereinafter referred to as the Participants"."""
_OF_TWO = re.compile(
    r"\b(?:the two (?:leaders|sides|countries|ministers|nations|governments|presidents|allies)"
    r"|both (?:sides|leaders))\b"
)
_BEGINNING = 2_000
"""In how many characters it is told of how many a report tells."""
_ISSUER = re.compile(
    r"(?:(?!(?:on|about|previewing|following|visit|attacks?)\b)\w+ ){1,4}?(?:by|from) (?:(?! on | previewing ).)*",
    re.IGNORECASE,
)
"""Who issues a text, in its title: "Statement by the President of Kenya [on the Ports]"."""


def find_document_parties(
    title: str, text: str, passages: Sequence[Passage], namings: Sequence[EntityMention], people: PersonIndex
) -> PartyNames:
    """The states or groups of states that speak in the document, by the first of these that tells:

    who stands alone in a line above what it recalls and decides, or is called a party "hereinafter"; two or more for
    whom the speakers of a transcript act; those who call themselves "We, the Leaders of …" in the opening paragraphs;
    in what "the President" says or does, the state named most that is no other leader’s, with whom the title names of
    what is done; the state whose administration issues a text by its title; two or more states, or leaders of them, in
    the title, be it the text's first line, known from elsewhere (`title`), or a line below the first; in a transcript
    the one that speaks, whose remarks the title says that they are, in whose seat of government it is spoken, or whose
    unnamed officials speak (with whom its title names), with the host of a joint press conference; of what one
    government’s office issues that government; the organisation whose communiqué the title is of; two or more whose
    leaders, offices or names act in the opening paragraphs, which are the group alone where its own title has it
    beside one other; the group or alliance whose communiqué, statement or summit the title is of; the one that acts in
    the opening or stands in the title, with the one at home where a report tells of two; the group or alliance of the
    title or the opening; the state or organisation named most.
    """
    if parties := _enacting(text, namings) or _contracting(text, passages, namings):
        return parties
    spoken = _spoken(text, passages, people)
    lines = title_lines(text, passages)
    titles = [TitleLine(text[a:b], [n for n in namings if a <= n.start < b], a) for a, b in lines]
    first_line, known = titles[0], TitleLine(title)
    opening = [p for p in passages if p.segment.end - p.offset > 80][:_OPENING]
    in_opening = [_acting(text, p, namings, people, first=first) for first in (True, False) for p in opening]
    speaking = [parties_in_title(first_line, people), parties_in_title(known, people), *in_opening]
    if len(spoken) >= 2:
        return next((names for names in speaking if set(names) > set(spoken)), spoken)
    if named := next((names for p in opening if (names := _self_named(text, p, namings, people))), ()):
        return named
    if own := _of_nameless_office((first_line, known), speaking[:2], namings, people):
        return own
    if state := administration_in_titles(first_line, known):
        return state
    further = [parties_in_title(line, people) for line in titles[1:]]
    if several := next((names for names in (*speaking[:2], *further) if len(names) >= 2), ()):
        return several
    if speaker_labels(passages) and (voice := spoken or _voice(titles, known, speaking[:2], text, namings, people)):
        told = (*speaker_labels(passages), first_line.text, known.text)
        of_both = _is_joint(first_line, known) or any(map(state_of_unnamed_official, told))
        others = speaking[0] or speaking[1] if of_both else ()
        return tuple(dict.fromkeys((*_with_host(voice, first_line, known, text, namings, people), *others)))
    if own := _issuing_government((first_line, known), speaking[:2], in_opening, namings, people):
        return own
    issuer = (
        ()
        if any(speaking[:2])
        else issuing_group(first_line) or issuing_group(known) or issuing_group(_whole(text, lines, namings))
    )
    if issuer and issuer[0] in load(Organisations).alliances:
        return issuer
    if several := next((names for names in in_opening if len(names) >= 2), ()):
        return issuer if len(several) == 2 and issuer and issuer[0] in several else several
    above = [n for p in opening[:1] for n in namings if p.offset <= n.start < p.segment.end]
    alone = next((names for names in speaking if names), ())
    if issuer or alone:
        return issuer or _with_home(alone, text, namings, people)
    return first_state_group(first_line.namings) or first_state_group(above) or _topic(namings)


def _voice(
    titles: Sequence[TitleLine],
    known: TitleLine,
    named: Sequence[PartyNames],
    text: str,
    namings: Sequence[EntityMention],
    people: PersonIndex,
) -> PartyNames:
    """For whom those speak of whom no leader is known: whose words the title announces, in whose seat it is, who is at
    home, or whom a host welcomes.
    """
    said = next((who for line in (titles[0], known) if (who := _speaking(line, people))), ())
    place = "\n".join(title.text for title in titles)
    return said or seat_of_government(place) or issuing_state(namings, people) or _guest(text, named)


def _with_host(
    voice: PartyNames,
    first: TitleLine,
    known: TitleLine,
    text: str,
    namings: Sequence[EntityMention],
    people: PersonIndex,
) -> PartyNames:
    """Who speaks, and before it the host of a joint press conference whose leader's name no list holds."""
    own: PartyNames = ()
    if _is_joint(first, known) and len(voice) == 1:
        at_home = _welcoming(text) or issuing_state(namings, people)
        own = at_home if at_home != voice else _other_state(voice, namings)
    return tuple(dict.fromkeys((*own, *voice)))


def _other_state(voice: PartyNames, namings: Sequence[EntityMention]) -> PartyNames:
    """The state named most, more than once, besides the one that speaks."""
    counts = Counter(n.name for n in namings if n.type is EntityType.STATE and n.name not in voice)
    return tuple(name for name, count in counts.most_common(1) if count > 1)


def _is_joint(*titles: TitleLine) -> bool:
    """Whether a press conference is a joint one."""
    return any(_JOINT.search(title.text) for title in titles)


def _guest(text: str, named: Sequence[PartyNames]) -> PartyNames:
    """Whom the title of a press conference names, where its host welcomes them."""
    return next((names for names in named if names), ()) if _welcoming(text) else ()


def _welcoming(text: str) -> PartyNames:
    """The state to which, or to whose capital, a speaker welcomes a guest."""
    for match in _WELCOME.finditer(text):
        host = next(gazetteer().find(text, match.end(), match.end() + _LONGEST_NAME), None)
        if host is not None and host.start == match.end() and host.entry.type is EntityType.STATE:
            return (host.entry.name,)
    return ()


def _with_home(alone: PartyNames, text: str, namings: Sequence[EntityMention], people: PersonIndex) -> PartyNames:
    """Whom a title names, and the one at home where a report tells of two: "the two ministers"."""
    own = issuing_state(namings, people) if len(alone) == 1 and _OF_TWO.search(text[:_BEGINNING]) else ()
    return tuple(dict.fromkeys((*own, *alone)))


def _whole(text: str, lines: Sequence[tuple[int, int]], namings: Sequence[EntityMention]) -> TitleLine:
    """The lines of a title as one: "PACIFIC ISLANDS FORUM", "COMMUNIQUÉ"."""
    start, end = lines[0][0], lines[-1][1]
    return TitleLine(text[start:end], [n for n in namings if start <= n.start < end], start)


def _enacting(text: str, namings: Sequence[EntityMention]) -> PartyNames:
    """The body of a resolution: "The Security Council," in a line of its own."""
    line = _ENACTING.search(text)
    held = (n for n in namings if line and line.start("name") == n.start and n.end == line.end("name"))
    return next(((naming.name,) for naming in held), ())


def _contracting(text: str, passages: Sequence[Passage], namings: Sequence[EntityMention]) -> PartyNames:
    """Who concludes a treaty, by its first sentence: "The Government of Norland and …, hereinafter the Parties"."""
    called = _CALLED.search(text)
    passage = next((p for p in passages if called and p.offset <= called.start() < p.segment.end), None)
    if called is None or passage is None:
        return ()
    here = [n for n in namings if passage.offset <= n.start < called.start()]
    ministries = tuple(dict.fromkeys(n.name for n in here if n.type is EntityType.ORGANISATION and n.priority > 0))
    states = tuple(dict.fromkeys(n.name for n in here if n.type is EntityType.STATE or n.name in state_groups()))
    return next((names for names in (ministries, states) if len(names) > 1), ())


def _issuing_government(
    titles: Sequence[TitleLine],
    named: Sequence[PartyNames],
    opening: Sequence[PartyNames],
    namings: Sequence[EntityMention],
    people: PersonIndex,
) -> PartyNames:
    """Who acts in what one government’s office issues: its state with others that act in the opening; that of a leader
    in the title; else that whose agencies are named most. What the title is about acts in none of these.
    """
    solo = next(
        (title for title in titles if SINGLE_ISSUER.search(title.text) and not JOINT_TEXT.search(title.text)), None
    )
    own = issuing_state(namings, people)
    if solo is None or not own:
        return ()
    known = list(gazetteer().find(solo.text))
    about = {f.entry.name for i, f in enumerate(known) if is_place_or_topic(solo.text, i, known) or is_adjective(f)}
    acting = (tuple(name for name in names if name not in about) for names in opening)
    if several := next((names for names in acting if len(names) > 1 and own[0] in names), ()):
        return several
    leading = set(_leading(solo.text, people))
    issuer = _ISSUER.match(solo.text)
    leading |= {found.entry.name for found in known if issuer and found.end <= issuer.end()}
    return next((n for n in named if n and (set(n) <= leading or about.issuperset(own))), own)


def _leading(title: str, people: PersonIndex) -> PartyNames:
    """The states whose leaders a title names."""
    found = (represented_party(title[t.start : t.end], people) for t in find_titled_names(title))
    return tuple(dict.fromkeys(state for state in found if state))


def _speaking(title: TitleLine, people: PersonIndex) -> PartyNames:
    """For whom those act whose words the title announces: "Remarks by President Moreno on the Ports", "Press Call by
    Senior Administration Officials".
    """
    issuer = _ISSUER.match(title.text)
    if issuer is None:
        return ()
    officials = state_of_unnamed_official(issuer.group())
    return (officials,) if officials else _leading(issuer.group(), people)


def _of_nameless_office(
    titles: Sequence[TitleLine], named: Sequence[PartyNames], namings: Sequence[EntityMention], people: PersonIndex
) -> PartyNames:
    """For whom an office without its state speaks, or acts with those whom the title names."""
    if any(_OF_OFFICE.search(title.text) for title in titles):
        return _state_of_nameless_office(namings, people)
    if not any(office_without_holder(title.text) for title in titles):
        return ()
    others = tuple(dict.fromkeys(name for names in named for name in names))
    return (*_state_of_nameless_office([n for n in namings if n.name not in others], people), *others)


def _state_of_nameless_office(namings: Sequence[EntityMention], people: PersonIndex) -> PartyNames:
    """For whom "the President" of a title speaks: the state named most, but those whose leaders are named."""
    others = {party_of(naming, people) for naming in namings if naming.type is EntityType.PERSON}
    counts = Counter(n.name for n in namings if n.type is EntityType.STATE and n.name not in others)
    return tuple(name for name, _ in counts.most_common(1))


def _spoken(text: str, passages: Sequence[Passage], people: PersonIndex) -> PartyNames:
    """The parties for whom the speakers of a transcript act, and those of whom they say "X and I"."""
    spoken = dict.fromkeys(find_speaker_parties(passages, people).values())
    return tuple(dict.fromkeys((*spoken, *co_actors(text, people)))) if spoken else ()


def _topic(namings: Iterable[EntityMention]) -> PartyNames:
    """The state or organisation named most, if it is named several times."""
    counts = Counter(n.name for n in namings if n.type in {EntityType.STATE, EntityType.ORGANISATION})
    return tuple(agency_states().get(name, name) for name, count in counts.most_common(1) if count >= _SEVERAL)


def assign_officials(title: str, principals: PartyNames, namings: Sequence[EntityMention], people: PersonIndex) -> None:
    """The officials of whom the text does not tell for whom they act, act for the single state that speaks; where
    several parties do, for the one at home in what one government issues, else for the one that is left, for whom no
    official acts.
    """
    officials = [person for person in people.by_name.values() if person.titles & state_titles()]
    left = [person for person in officials if person.represents is None]
    others = set(principals) - {person.represents for person in officials}
    own = (
        tuple(name for name in issuing_state(namings, people) if name in principals)
        if SINGLE_ISSUER.match(title)
        else ()
    )
    if len(principals) == 1 and principals[0] not in state_groups():
        acts_for = principals[0]
    elif len(principals) > 1 and (own or len(others) == 1):
        acts_for = next(iter(own or others))
    else:
        return
    for person in left:
        person.represents = acts_for


@cache
def _office_of() -> re.Pattern[str]:
    groups = (
        "leaders|governments|presidents|ministers|secretaries|heads of (?:state|government)(?: (?:and|or) government)?"
    )
    sent = "(?:defen[cs]e |government )?(?:officials|delegations|representatives)|counterparts|ministers"
    return re.compile(rf"\b(?:(?:{state_office_pattern()}|(?i:{groups})) of|(?:{sent}) (?:from|of)) (?:the )?$")


def _self_named(text: str, passage: Passage, namings: Sequence[EntityMention], people: PersonIndex) -> PartyNames:
    """Who speaks where a sentence of the passage says so: "We, the Leaders of the Group of Seven (G7), …"."""
    for sentence in passage.doc.sents:
        begin = passage.offset + sentence.start_char
        verb = passage.offset + sentence.root.idx
        if _WE.match(text, begin):
            here = [n for n in namings if begin <= n.start < verb and not BEFORE_PLACE.search(text[begin : n.start])]
            if sentence.root.pos_ == "PRON":  # the parse found no verb to the long list
                rest = [n for n in namings if begin <= n.start < begin + len(sentence.text)]
                here = [*rest[:1], *enumerated_after(text, rest[0], rest[1:])] if rest else []
            found = (
                name
                for n in here
                for name in states_represented([n], people) or first_state_group([n]) or _institution(n)
            )
            if named := _as_union(tuple(dict.fromkeys(found))):
                return named
    return ()


def _as_union(names: PartyNames) -> PartyNames:
    """The European Union for the presidents of both its institutions beside others."""
    if not set(_INSTITUTIONS) <= set(names):
        return names
    return tuple(dict.fromkeys(_UNION if name in _INSTITUTIONS else name for name in names))


def _institution(naming: EntityMention) -> PartyNames:
    """An organisation among those who call themselves "we": "We, the leaders of the European Commission, France, …"."""
    return (naming.name,) if naming.type is EntityType.ORGANISATION and naming.priority else ()


def _acting(
    text: str, passage: Passage, namings: Sequence[EntityMention], people: PersonIndex, *, first: bool
) -> PartyNames:
    """The states that act in the passage's first sentence, or in the first of the others where two or more do: by
    leaders' names, by offices, as subjects, or in a list of many before the verb.
    """
    sentences = list(passage.doc.sents)
    if first:
        return _acting_in(text, passage, sentences[0], namings, people) if sentences else ()
    acting = (_acting_in(text, passage, sentence, namings, people) for sentence in sentences[1:])
    return next((names for names in acting if len(names) >= 2), ())


def _acting_in(
    text: str, passage: Passage, sentence: Span, namings: Sequence[EntityMention], people: PersonIndex
) -> PartyNames:
    begin, end = passage.offset + sentence.start_char, passage.offset + sentence.end_char
    here = [n for n in namings if begin <= n.start < end and not BEFORE_PLACE.search(text[begin : n.start])]
    leaders = [n for n in here if n.type is EntityType.PERSON]
    if len(of_leaders := states_represented(leaders, people)) >= 2:
        return of_leaders
    subjects = {
        passage.offset + t.idx
        for t in sentence
        if t.dep_ in {"nsubj", "nsubjpass"} and t.head.dep_ not in {"acl", "relcl", "amod", "pcomp"}
    }
    verb = passage.offset + sentence.root.idx
    found: dict[str, None] = dict.fromkeys(_of_officers(passage, sentence))
    for i, naming in enumerate(here):
        office = _office_of().search(text[max(begin, naming.start - 60) : naming.start])
        subject = any(naming.start <= start < naming.end for start in subjects)
        if subject and naming.type is EntityType.PERSON:
            found.update(dict.fromkeys(states_represented([naming], people)))
        speaks = naming.type is EntityType.STATE or naming.name in state_groups()
        chain = (naming, *enumerated_after(text, naming, here[i + 1 :])) if speaks and naming.name not in found else ()
        if chain and (office or subject or (len(chain) >= _MANY and naming.start < verb)):
            found.update(dict.fromkeys(n.name for n in chain))
    return tuple(found)


def _of_officers(passage: Passage, sentence: Span) -> PartyNames:
    """The states whose officers act without a name in a sentence: "Norland’s president", "the Turkish leader"."""
    known = roles().government.nouns
    officers = (t for t in sentence if t.dep_ in {"nsubj", "nsubjpass"} and t.lower_ in known and t.head.dep_ == "ROOT")
    before = (passage.text[officer.left_edge.idx : officer.idx] for officer in officers)
    found = (found.entry for words in before for found in gazetteer().find(words))
    return tuple(dict.fromkeys(one.name for one in found if one.type is EntityType.STATE))
