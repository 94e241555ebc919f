"""Mentions of persons: full names, names after a title, bylines, surnames and given names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerMatch, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.names.person_names import surname
from alliance_tui.extraction.mentions.people.affiliations import agency_states, surname_parties
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.mentions.people.titled_names import (
    TitledName,
    find_titled_names,
    names_behind_fields,
    represented_states,
    state_beside,
)
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_WORD = re.compile(r"\w+")
_AUTHOR = re.compile(r"[A-ZÀ-Þ][\w’'.-]{1,60}(?: [A-ZÀ-Þ][\w’'.-]{1,60}){1,3}")  # bounded: one may begin at any letter
_BYLINE = re.compile(
    rf"^By {_AUTHOR.pattern}(?:(?:, | and ){_AUTHOR.pattern}){{0,3}}(?=,? |$)[^\n]{{0,40}}$", re.MULTILINE
)
_BEFORE_TITLE = re.compile(
    r"(?: \([A-Z][\w&-]{1,12}\))?(?:[’']s)? (?:(?:Executive|Managing|Deputy|Vice|Acting) ){0,2}$"
)
"""The text between an organisation and the title of one of its officers."""
_OFFICER_REACH = 120
"""The greatest distance from an officer's name to the organisation, in characters."""
_TITLE_REACH = 50
_TITLED_PRIORITY, _FULL_NAME_PRIORITY = 3, 2


def find_people(
    text: str, matches: Sequence[GazetteerMatch], ner_mentions: Sequence[EntityMention]
) -> tuple[PersonIndex, list[EntityMention]]:
    """Find the persons of a text and their mentions, from titles, the gazetteer and spaCy's entity recogniser.

    A surname that also begins the name of an organisation ("Ford", the Ford Motor Company) means the organisation.
    """
    people = PersonIndex(Counter(match.entry.name for match in matches if match.entry.type is EntityType.STATE))
    titled_names = _titled_persons(text, ner_mentions)
    untitled_spans = [*_untitled_names(text, matches, ner_mentions), *_authors(text)]
    mentions = list(_add_named_persons(text, people, titled_names, untitled_spans))
    firms = {m.name.split()[0] for m in ner_mentions if m.type is EntityType.ORGANISATION and " " in m.name}
    by_one_name = [*_surname_mentions(text, people), *_given_name_mentions(text, ner_mentions, people)]
    mentions += [mention for mention in by_one_name if text[mention.start : mention.end] not in firms]
    for holder, state in represented_states(text, titled_names, mentions).items():
        people.by_name[holder].represents = state
    _set_represented_organisations(text, people, titled_names, matches)
    organisations = {m.start: m.name for m in ner_mentions if m.type is EntityType.ORGANISATION}
    organisations |= {m.start: m.entry.name for m in matches if m.entry.type is EntityType.ORGANISATION}
    _set_organisations_behind_names(text, people, mentions, organisations)
    return people, mentions


def _titled_persons(text: str, ner_mentions: Sequence[EntityMention]) -> list[TitledName]:
    """Return the names with a title, without firms whose names begin like one: "General Atomics"."""
    organisations = {(m.start, m.end) for m in ner_mentions if m.type is EntityType.ORGANISATION}
    persons = ((m.start, m.end) for m in ner_mentions if m.type is EntityType.PERSON and " " in text[m.start : m.end])
    names = (*find_titled_names(text), *names_behind_fields(text, persons))
    return [name for name in names if (name.title_start, name.end) not in organisations]


def _add_named_persons(
    text: str, people: PersonIndex, titled_names: Sequence[TitledName], untitled_spans: Sequence[tuple[int, int]]
) -> Iterator[EntityMention]:
    """Add the persons named with a title or in full to the index; yield their mentions, full names first."""
    states = {name.start: state_beside(text, name) for name in titled_names}
    spans: list[tuple[int, int, str | None]] = [(name.start, name.end, name.title) for name in titled_names]
    spans += [(start, end, None) for start, end in untitled_spans]
    for start, end, title in sorted(spans, key=lambda s: (" " not in text[s[0] : s[1]], s[2] is None)):
        person = people.add(text[start:end], title, states.get(start))
        priority = _TITLED_PRIORITY if title else _FULL_NAME_PRIORITY
        yield EntityMention(start, end, person.name, EntityType.PERSON, priority)


def _surname_mentions(text: str, people: PersonIndex) -> Iterator[EntityMention]:
    """Yield the surnames that a person of the index bears."""
    for start, end in _form_spans(text, _surname_forms(people)):
        if person := people.find(text[start:end]):
            yield EntityMention(start, end, person.name, EntityType.PERSON)


def _set_represented_organisations(
    text: str, people: PersonIndex, titled_names: Sequence[TitledName], matches: Sequence[GazetteerMatch]
) -> None:
    """Set the organisation of each officer who represents no state and whose title follows its name."""
    types = {EntityType.ORGANISATION, EntityType.UNIT}
    organisations = {m.end: m.entry.name for m in matches if m.entry.type in types}
    for name in titled_names:
        officer = people.find(text[name.start : name.end])
        if officer is not None and officer.represents is None:
            officer.represents = _organisation_before(text, name.title_start, organisations)


@cache
def _officer_of() -> re.Pattern[str]:
    """Pattern of an office behind a name, before its organisation: ", the chief executive of "."""
    titles = (title.lower() for title in roles().titles.other if title.isalpha())
    offices = literal_alternation((*roles().offices.descriptions, *titles))
    return re.compile(
        rf", (?:(?:the|a|an|who is) )?(?:[a-z-]+ ){{0,3}}(?:{offices})(?: officer)? (?:of|at|for) (?:the )?"
    )


def _set_organisations_behind_names(
    text: str, people: PersonIndex, mentions: Sequence[EntityMention], organisations: Mapping[int, str]
) -> None:
    """Set the organisation of each officer whose office follows the name: "Ana Ruiz, chief executive of Acme Metals".

    `organisations` holds the names of organisations by the offset at which they begin.
    """
    for mention in mentions:
        office = _officer_of().match(text, mention.end, mention.end + _OFFICER_REACH)
        name = organisations.get(office.end()) if office else None
        officer = people.find(mention.name)
        if name is not None and officer is not None and officer.represents is None:
            officer.represents = agency_states().get(name, name)


def _organisation_before(text: str, title_start: int, organisations: Mapping[int, str]) -> str | None:
    """Return the party of the organisation right before a title: "World Bank President Ana Ruiz".

    `organisations` holds the names of organisations by the offset at which they end.
    """
    gap = _BEFORE_TITLE.search(text, max(0, title_start - _TITLE_REACH), title_start)
    name = organisations.get(gap.start()) if gap else None
    return None if name is None else agency_states().get(name, name)


def _untitled_names(
    text: str, matches: Sequence[GazetteerMatch], ner_mentions: Sequence[EntityMention]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of full names, and of surnames of leaders whose state the text names."""
    states = {match.entry.name for match in matches if match.entry.type is EntityType.STATE}
    yield from ((match.start, match.end) for match in matches if match.entry.type is EntityType.PERSON)
    for mention in ner_mentions:
        form = text[mention.start : mention.end]
        if mention.type is EntityType.PERSON and (" " in form or _is_leader_surname(form, states)):
            yield mention.start, mention.end


def _is_leader_surname(form: str, states: set[str]) -> bool:
    """Return whether a surname is that of listed leaders of just one of these states."""
    return " " not in form and len(surname_parties(form) & states) == 1


def _authors(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names in a byline: "By ANA RUIZ and Per Lund"."""
    for line in _BYLINE.finditer(text):
        for name in _AUTHOR.finditer(text, line.start() + 3, line.end()):
            if roles().person_names.non_author_words.isdisjoint(name.group().title().split()):
                yield name.start(), name.end()


def _given_name_mentions(
    text: str, ner_mentions: Sequence[EntityMention], people: PersonIndex
) -> Iterator[EntityMention]:
    """Yield given names alone that just one person bears, whatever type the recogniser gives them."""
    bearers: dict[str, list[str]] = {}
    for name in people.by_name:
        if " " in name and surname(name) != name.split()[0]:
            bearers.setdefault(name.split()[0], []).append(name)
    surnames = {surname(name) for name in people.by_name}
    for mention in ner_mentions:
        form = text[mention.start : mention.end]
        if len(bearers.get(form, ())) == 1 and form not in surnames and gazetteer().get(form) is None:
            yield EntityMention(mention.start, mention.end, bearers[form][0], EntityType.PERSON, _FULL_NAME_PRIORITY)


def _surname_forms(people: PersonIndex) -> set[str]:
    forms = {form for family in people.surnames() for form in (family.title(), family.upper(), family.capitalize())}
    return forms | {surname(name) for name in people.by_name}


def _form_spans(text: str, forms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of whole words that are one of the forms ("Sisi", "al-Sisi"), the longest of several.

    Forms are looked up by their first word: a pattern of all would try each of them at each word of the text.
    """
    by_first_word: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)  # and where in the form that word is
    for form in sorted(forms, key=len, reverse=True):
        if first_word := _WORD.search(form):
            by_first_word[first_word.group()].append((form, first_word.start()))
    reached = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < reached:
            continue
        for form, before in by_first_word.get(word.group(), ()):
            begin = start - before
            if begin >= reached and text.startswith(form, begin) and not _WORD.match(text, begin + len(form)):
                reached = begin + len(form)
                yield begin, reached
                break
