"""Names of speakers: who speaks each turn of a transcript, or the whole of a text with one speaker in its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from alliance_tui.extraction.layout.speaker_turns import is_questioner
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents
from alliance_tui.extraction.mentions.people.affiliations import leaders_by_surname
from alliance_tui.extraction.mentions.people.offices import honorific_pattern
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.mentions.people.titled_names import find_titled_names
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.speakers.speaker_parties import person_of_label, speaker_labels
from alliance_tui.extraction.regex import alternation

_SEVERAL = re.compile(r"\band\b|&|;")
_OPENING_PASSAGES = 3
"""The passages in which a statement is introduced."""

_NUMBERED = re.compile(r" (?:#?\d|[\[(]|one\b|two\b|three\b|four\b).*", re.IGNORECASE)
"""The number of an unnamed speaker, or the role in brackets: "SENIOR OFFICIAL TWO"."""


@cache
def _spoken_text() -> re.Pattern[str]:
    """The beginning of the title of a text that one person speaks or issues: "Remarks by", "Statement from"."""
    texts = alternation(load(Documents).spoken_texts)
    return re.compile(rf"^(?:[A-Z][\w’.-]+ ){{0,3}}(?:{texts})(?: [\w-]+){{0,4}}? (?:by|from|of) (?P<speaker>.+)")


@cache
def _topic() -> re.Pattern[str]:
    """The end of a title, from what the text is about: " on Ports", " Announcing a Fund"."""
    prepositions = r"on|at|in|to|before|during|following|after|for|about|regarding"
    participles = alternation(load(Documents).title_participles)
    return re.compile(rf"\s(?:{prepositions}|{participles})\s.*|\s[-–—]\s.*")


@cache
def _introduction() -> re.Pattern[str]:
    """Words that introduce a statement or a readout: "issued the following statement", "is attributable to"."""
    texts = alternation(load(Documents).spoken_texts)
    issued = rf"\b(?:gave|issued|made|provided|released) (?:the following|this) (?:\w+ )?(?:{texts}|readout)\b"
    return re.compile(rf"{issued}|\b(?:{texts}|readout) is attribut(?:able|ed) to\b")


def name_speakers(passages: Sequence[Passage], people: PersonIndex, titles: Sequence[str]) -> dict[str | None, str]:
    """Return the name of the speaker of each label; that of the one speaker of what has no label at None."""
    labels = speaker_labels(passages)
    names: dict[str | None, str] = {label: _name(label, people, titles) for label in labels if not is_questioner(label)}
    introduced = _introduced_speaker(passages, people)
    announced = (name for title in titles if not labels and (name := _speaker_in_title(title, people)))
    if speaker := introduced or next(announced, None):
        names[None] = speaker
    return names


def _introduced_speaker(passages: Sequence[Passage], people: PersonIndex) -> str | None:
    """Return who issues the words that follow: "Spokesperson Ana Ruiz provided the following readout:"."""
    for passage in passages[:_OPENING_PASSAGES]:
        introduction = _introduction().search(passage.text)
        if introduction is not None:
            words = passage.text[: introduction.start()] + passage.text[introduction.end() :]
            return _one_person(words, people)
    return None


def _speaker_in_title(title: str, people: PersonIndex) -> str | None:
    """Return the one person who speaks by a title: "Remarks by President Otieno on Ports"."""
    match = _spoken_text().match(title)
    words = _topic().sub("", match["speaker"]) if match else ""
    return None if _SEVERAL.search(words) else _one_person(words, people)


def _one_person(words: str, people: PersonIndex) -> str | None:
    """Return the first person whom words name with a title."""
    name = next((words[name.start : name.end] for name in find_titled_names(words)), None)
    return _full_name(name, people) if name else None


def _name(label: str, people: PersonIndex, titles: Sequence[str]) -> str:
    """Return the person of a label, else the words of the label: "senior administration official"."""
    person = person_of_label(label, people)
    if person is not None:
        return _name_in_titles(person.name, titles) or person.name
    office = re.sub(r"^THE ", "", label).title()
    if holder := _holder_in_titles(office, people, titles) or _only_holder(office, people):
        return holder
    words = _NUMBERED.sub("", label) or label
    addressed = honorific_pattern().match(words.title())
    surname_alone = words[addressed.end() :].title() if addressed else None
    return surname_alone or words.removeprefix("THE ").lower()


def _full_name(name: str, people: PersonIndex) -> str:
    """Return the name of a person of the text, that of the one listed leader of a surname, else the name itself."""
    person = people.find(name)
    leaders = leaders_by_surname(name)
    if person is not None and " " in person.name:
        return person.name
    return leaders[0] if len(leaders) == 1 else name


def _name_in_titles(name: str, titles: Iterable[str]) -> str | None:
    """Return the full name that a title gives for a surname, or the surname without its capitals."""
    if " " in name:
        return None
    in_titles = (title[found.start : found.end] for title in titles for found in find_titled_names(title))
    full = next((full for full in in_titles if full.lower().endswith(f" {name.lower()}")), None)
    return full or (name.title() if name.isupper() else None)


def _holder_in_titles(office: str, people: PersonIndex, titles: Iterable[str]) -> str | None:
    """Return the holder of an office by a title: "Remarks by President Otieno"."""
    for title in titles:
        names = (title[name.start : name.end] for name in find_titled_names(title) if name.title == office)
        if (name := next(names, None)) is not None:
            return _full_name(name, people)
    return None


def _only_holder(office: str, people: PersonIndex) -> str | None:
    holders = [person.name for person in people.by_name.values() if office in person.titles]
    return holders[0] if len(holders) == 1 else None
