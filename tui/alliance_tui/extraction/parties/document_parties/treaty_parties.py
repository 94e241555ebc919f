"""Parties of a treaty, by its title and preamble: those it defines or names, else its own term for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Documents
from alliance_tui.extraction.mentions.names.gazetteer import GazetteerMatch, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.parties.document_parties.frame import DocumentFrame
from alliance_tui.extraction.parties.document_parties.title import is_state_adjective
from alliance_tui.extraction.parties.party_mapping import (
    UNNAMED_PARTIES,
    PartyNames,
    self_governing_territories,
    state_groups,
    unique,
)
from alliance_tui.extraction.regex import alternation, literal_alternation
from alliance_tui.records import EntityType

_TITLE_REACH = 400
"""In how many characters of a text its title names the parties, after "between"."""
_PREAMBLE_REACH = 6_000
"""In how many characters of a text the enacting formula follows."""
_LIST_LENGTH = 600
"""The most characters in the list of a treaty's parties."""
_ORGANISED = frozenset({EntityType.ORGANISATION, EntityType.BODY})
_LINE_START = re.compile(r"^[ \t]*(?=\S)", re.MULTILINE)


@cache
def _treaty_title() -> re.Pattern[str]:
    """The beginning of a treaty's title, up to "between": "Agreement on Fisheries between"."""
    texts = alternation(load(Documents).treaty_texts)
    words = r"(?:[A-Z][\w-]*\s+){0,3}"
    return re.compile(rf"\s*{words}(?=[A-Z])(?i:{texts})\b[^.;]{{0,200}}?\b(?i:between|among|amongst)\b")


@cache
def _charter_title() -> re.Pattern[str]:
    """The title of a charter: "Charter of the United Nations", "The ASEAN Charter"."""
    charters = alternation(load(Documents).charters)
    name_after = rf"(?:revised )?(?:{charters}) (?:of|establishing) (?P<after>.+)"
    return re.compile(rf"(?:the )?(?:{name_after}|(?P<before>[\w -]{{1,60}}) (?:{charters})$)", re.IGNORECASE)


@cache
def _enacting_formula() -> re.Pattern[str]:
    """The words between the preamble and the articles: "Have agreed as follows:"."""
    return re.compile(rf"\b(?i:{alternation(load(Documents).enacting_formulas)})\b")


@cache
def _hereinafter() -> re.Pattern[str]:
    """The definition of a treaty's contracting parties: "hereinafter referred to as the Participants"."""
    parties = alternation(load(Documents).contracting_parties)
    words = r"(?:[a-z]+,? ){0,6}?[“\"'‘(]*(?:(?:the|an?) )?[“\"'‘]?"
    return re.compile(rf"\b(?i:here(?:in)?after {words})(?=[A-Z])(?P<term>(?i:{parties}))\b")


@cache
def _unnamed_parties_line() -> re.Pattern[str]:
    """The opening of a treaty without named parties: "The States Parties to this Convention,", "The High Parties,"."""
    terms = literal_alternation(UNNAMED_PARTIES)
    to_treaty = r" (?:to|signatory to|of) (?:this|the present) [A-Z]"
    return re.compile(rf"^[ \t]*(?i:the (?P<term>{terms}))(?:{to_treaty}|,[ \t]*$)", re.MULTILINE)


@cache
def _between_members() -> re.Pattern[str]:
    """The text between two parties of a list: ", the Government of the Kingdom of ", " (“Norland”) and "."""
    government = roles().government
    nouns = literal_alternation((*government.official_nouns, *government.official_adjectives, "governments"))
    words = rf"(?:and|as well as|of|the|his|her|majesty|states?|on behalf|one part|other part|{nouns})"
    aside = r"\([^()]{0,90}\)"
    return re.compile(rf"(?:(?:[’']s)?[\s,;/&-]|\b{words}\b|{aside})*", re.IGNORECASE)


def contracting_parties(frame: DocumentFrame) -> PartyNames:
    """Return the ministries, else the states, that are named before "hereinafter referred to as the Participants"."""
    hereinafter = _hereinafter().search(frame.text)
    if hereinafter is None:
        return ()
    passage = next((p for p in frame.passages if p.offset <= hereinafter.start() < p.segment.end), None)
    if passage is None:
        return ()
    before = [m for m in frame.mentions if passage.offset <= m.start < hereinafter.start()]
    ministries = unique(m.name for m in before if m.type is EntityType.ORGANISATION and m.priority > 0)
    states = unique(m.name for m in before if m.type is EntityType.STATE or m.name in state_groups())
    return next((names for names in (ministries, states) if len(names) > 1), ())


def preamble_parties(frame: DocumentFrame) -> PartyNames:
    """Return the parties that a treaty lists after "between" in its title, or at the head of its preamble."""
    text = frame.text
    titles = (title for title in (text[:_TITLE_REACH], frame.declared_title))
    for title in titles:
        if (match := _treaty_title().match(title)) and len(names := _listed_parties(title, match.end())) > 1:
            return names
    formula = _enacting_formula().search(text, 0, _PREAMBLE_REACH)
    lines = _LINE_START.finditer(text, 0, formula.start()) if formula else iter(())
    return next((names for line in lines if len(names := _listed_parties(text, line.end())) > 1), ())


def unnamed_parties(frame: DocumentFrame) -> PartyNames:
    """Return the term by which a treaty calls its parties where it names none: "States Parties"."""
    opening = _unnamed_parties_line().search(frame.text, 0, _PREAMBLE_REACH)
    terms = (
        match["term"].title() for match in (opening, _hereinafter().search(frame.text, 0, _PREAMBLE_REACH)) if match
    )
    return next(((term,) for term in terms if term in UNNAMED_PARTIES), ())


def chartered_organisation(frame: DocumentFrame) -> str | None:
    """Return the organisation whose charter the document is by a title: "Charter of the United Nations"."""
    for title in frame.titles:
        if match := _charter_title().match(title.text):
            words = match["after"] or match["before"]
            names = unique(m.entry.name for m in gazetteer().find(words) if m.entry.type in _ORGANISED)
            return names[0] if len(names) == 1 else None
    return None


def _listed_parties(text: str, start: int) -> PartyNames:
    """Return the states and organisations of the list that begins at an offset."""
    return unique(match.entry.name for match in _list_members(text, start))


def _list_members(text: str, start: int) -> Iterator[GazetteerMatch]:
    last = start
    for match in gazetteer().find(text, start, start + _LIST_LENGTH):
        if not _between_members().fullmatch(text, last, match.start) or not _may_be_party(match):
            return
        yield match
        last = match.end


def _may_be_party(match: GazetteerMatch) -> bool:
    entry = match.entry
    is_state = entry.type is EntityType.STATE and not is_state_adjective(match)
    return is_state or entry.type is EntityType.ORGANISATION or entry.name in self_governing_territories()
