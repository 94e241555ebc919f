"""Mentions by fixed patterns: numbered conferences (COP31), resolutions, orders (E.O. 14017), units (Task Force 59),
elections, ministries of several fields, coordinated ministries, ministries and forces of a state, firms that begin like
a title, letterheads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.weapon_designations import find_system_mentions
from alliance_tui.extraction.mentions.names.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, head_type, month_names, roles
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_PRIORITY = 2
_ORGANISATION = EntityType.ORGANISATION
_EXERCISE = re.compile(r"(?<=[a-z,;)] )[A-Z]{4,}(?: [A-Z]{4,})+(?: \d{1,4})?(?![\w:])")
"""An exercise, whose name is in capitals in military texts: "at COPE NORTH"."""
_RESOLUTIONS = re.compile(
    r"(?<!\w)(?:UNSCRs?|(?P<issuer>(?:(?:U\.?N\.?|United Nations) )?Security Council) [Rr]esolutions?)"
    r"(?: (?P<number>\d{3,4})(?: \(\d{4}\))?)?(?!\w)"
)
_COUNCIL = "United Nations Security Council"
_POSSESSIVE = re.compile(r"[’']s? ")
_STATE_REACH = 40
"""The greatest distance from the start of a state's name to its ministry or force, in characters."""
_CONFERENCE = re.compile(r"(?<![\w-])COP ?-?\d\d(?!\w)")
_EXECUTIVE_ORDER = re.compile(
    r"(?<!\w)(?:(?:Presidential )?Executive Order|E\.?O\.?)(?: No\.?)?\s(?P<number>\d{4,5})(?!\w|,\d)"
)
"""Executive orders of the United States have run to four and five digits since 1903."""
_LETTERHEAD_OFFICE = re.compile(
    r"(?<!\w)Office of the [A-Z][\w’'-]+(?: (?:(?:of|for) (?:the )?|and )?[A-Z][\w’'-]+)*(?: \([A-Z][A-Za-z ]+\))?"
)
"""An office by its holder, as on letterheads: "Office of the Spokesperson"."""


@cache
def _place_of_issue() -> re.Pattern[str]:
    """The place where a text was issued, in a line with the day or the state: "Port Vila, 3 May 2019"."""
    return re.compile(
        r"^(?P<place>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?), "
        rf"(?:(?:\d\d? )?(?:{literal_alternation(month_names())})\b|(?P<state>[A-Z][\w ]+)$)",
        re.MULTILINE,
    )


@cache
def _numbered_unit() -> re.Pattern[str]:
    units = literal_alternation(capitalised_names().numbered_units)
    return re.compile(
        r"(?<![\w-])(?:(?:(?:Combined|Joint|Combined Joint) )?Task Force \d{1,3}"
        rf"|\d{{1,3}}(?:st|nd|rd|th) (?:[A-Z][a-z]+ )?(?:{units}))(?!\w)"
    )


def find_pattern_mentions(text: str) -> Iterator[EntityMention]:
    """Yield the mentions in the text that match a pattern."""
    for pattern, entity_type, priority in _whole_match_patterns():
        for match in pattern.finditer(text):
            yield EntityMention(match.start(), match.end(), match.group(), entity_type, priority)
    yield from find_system_mentions(text)
    for match in _RESOLUTIONS.finditer(text):
        name = f"{_COUNCIL} Resolution {match['number']}" if match["number"] else f"{_COUNCIL} resolutions"
        yield EntityMention(match.start(), match.end(), name, EntityType.INSTRUMENT, _PRIORITY + 1)
    for match in _EXECUTIVE_ORDER.finditer(text):
        name = f"Executive Order {match['number']}"
        yield EntityMention(match.start(), match.end(), name, EntityType.INSTRUMENT, _PRIORITY + 1)
    yield from _find_state_arms(text)
    yield from _find_places_of_issue(text)
    for match in _ministry_list_pattern().finditer(text):
        yield from _split_ministries(match)
    yield from _find_ministries_of_fields(text)


def find_issuing_bodies(text: str, mentions: Iterable[EntityMention]) -> Iterator[EntityMention]:
    """Yield the bodies named within the name of what they issued: the Council in "UN Security Council resolutions"."""
    for mention in mentions:
        match = _RESOLUTIONS.fullmatch(text, mention.start, mention.end)
        if match and match["issuer"]:
            yield EntityMention(mention.start, match.end("issuer"), _COUNCIL, EntityType.BODY, mention.priority)


@cache
def _whole_match_patterns() -> tuple[tuple[re.Pattern[str], EntityType, int], ...]:
    """Return the patterns whose whole match is the name, with the entity type and the priority."""
    return (
        (_EXERCISE, EntityType.EVENT, 0),
        (_CONFERENCE, EntityType.EVENT, _PRIORITY),
        (_numbered_unit(), EntityType.UNIT, _PRIORITY + 1),
        (_LETTERHEAD_OFFICE, _ORGANISATION, _PRIORITY - 1),
        (_election_pattern(), EntityType.EVENT, _PRIORITY + 1),
        (_titled_firm_pattern(), _ORGANISATION, _PRIORITY + 2),
    )


def _find_places_of_issue(text: str) -> Iterator[EntityMention]:
    no_names = capitalised_names().non_name_words
    for match in _place_of_issue().finditer(text):
        words = match["place"].split()
        state = gazetteer().get(match["state"]) if match["state"] and len(words) == 1 else None
        in_state = state is not None and state.type is EntityType.STATE
        is_place = no_names.isdisjoint(words) and head_type(words) in (None, EntityType.PLACE)
        if is_place and (in_state or not match["state"]):
            yield EntityMention(match.start(), match.end("place"), match["place"], EntityType.PLACE, _PRIORITY - 1)


def _find_state_arms(text: str) -> Iterator[EntityMention]:
    """Yield ministries and forces with their states: "Kenya’s Foreign Ministry", "Norwegian navy"."""
    for match in _state_arm_pattern().finditer(text):
        state = gazetteer().find_last(text, max(0, match.start() - _STATE_REACH), match.start())
        if state is None or state.entry.type is not EntityType.STATE or state.entry.sense is Sense.CAPITAL:
            continue
        gap = text[state.end : match.start()]
        if gap == " " if state.entry.sense is Sense.DEMONYM else _POSSESSIVE.fullmatch(gap):
            form, field = text[state.start : state.end], match["field"]
            name = (
                _ministry_name(state.entry.name, field) if field else _force_name(form, state.entry.name, match.group())
            )
            yield EntityMention(
                state.start, match.end(), name, _ORGANISATION if field else EntityType.UNIT, _PRIORITY + 1
            )


def _ministry_name(state: str, field: str) -> str:
    return f"{state} Ministry of {'Foreign Affairs' if field.title() == 'Foreign' else field.title()}"


def _force_name(form: str, state: str, force: str) -> str:
    """Return the gazetteer's name of a state's force, else the one that the text gives it: "Kenyan Navy"."""
    names = [f"{state_form} {force.title()}" for state_form in (form, state)]
    entry = next((entry for name in names if (entry := gazetteer().get(name))), None)
    return entry.name if entry else names[0]


@cache
def _state_arm_pattern() -> re.Pattern[str]:
    field = literal_alternation((*roles().offices.portfolios, *roles().offices.ministry_fields))
    forces = literal_alternation(capitalised_names().armed_forces)
    return re.compile(rf"(?<![\w-])(?:(?P<field>(?i:{field})) [Mm]inistry|(?:{forces}))(?!\w)")


@cache
def _ministry_list_pattern() -> re.Pattern[str]:
    """Pattern of coordinated ministries: "the Departments of Commerce (DOC), Energy and Health and Human Services"."""
    field = rf"(?:(?:the )?(?:{_portfolio_pattern()}))(?!\w)(?: \([A-Z]\w{{1,9}}\))?"
    return re.compile(
        rf"(?<!\w)(?P<of>(?:[A-Z][\w.]{{1,60}} )?(?P<singular>Department|Ministr)(?:s|ies) of) "
        rf"(?P<fields>{field}(?:, {field})*,? and {field})"
    )


@cache
def _ministry_of_fields_pattern() -> re.Pattern[str]:
    """Pattern of one ministry of three fields or more: "Department of Agriculture, Water and the Environment"."""
    field = rf"(?:the )?(?>{_portfolio_pattern()})"  # atomic: a field may be read in two ways
    ministry = r"(?:Department|Ministry) (?:of|for)"
    return re.compile(rf"(?<!\w){ministry} (?P<fields>{field}(?:, {field})+,? and {field})(?!\w)")


def _find_ministries_of_fields(text: str) -> Iterator[EntityMention]:
    """Yield the ministries of several fields; not "the Ministry of Health, Kenya and Norway"."""
    for match in _ministry_of_fields_pattern().finditer(text):
        fields = re.split(r",? and (?:the )?|, (?:the )?", match["fields"])
        if all(_is_ministry_field(field) for field in fields):
            yield EntityMention(match.start(), match.end(), match.group(), _ORGANISATION, _PRIORITY)


def _is_ministry_field(field: str) -> bool:
    """Return whether words in capitals are a portfolio or made of the common nouns of policy."""
    common = capitalised_names().common_words
    words = re.sub(r"\band\b", "", field).lower().split()
    return field in roles().offices.portfolios or all(word in common for word in words)


@cache
def _titled_firm_pattern() -> re.Pattern[str]:
    """Pattern of a firm that begins like a title: "Admiral Shipping"."""
    lexicon = capitalised_names()
    ranks, trades = literal_alternation(lexicon.ranks_in_firms), literal_alternation(lexicon.trades)
    forms = literal_alternation(lexicon.legal_forms)
    return re.compile(rf"(?<!\w)(?:{ranks}) (?:{trades})(?: (?:{forms}))?(?! [A-Z]|\w)")


@cache
def _portfolio_pattern() -> str:
    return rf"{literal_alternation(roles().offices.portfolios)}|[A-Z]\w+(?: [A-Z]\w+)*"


def _split_ministries(match: re.Match[str]) -> Iterator[EntityMention]:
    """Yield each of coordinated ministries by its full name."""
    state = match["of"].rpartition(match["singular"])[0]
    word = "Department" if match["singular"] == "Department" else "Ministry"
    fields_start = match.start("fields")
    for field in re.finditer(rf"(?<![(\w])(?:the )?(?:{_portfolio_pattern()})(?!\w)", match["fields"]):
        name = f"{state}{word} of {field.group()}"
        entry = gazetteer().get(name)
        start = fields_start + field.start() if field.start() else match.start()
        yield EntityMention(
            start, fields_start + field.end(), entry.name if entry else name, _ORGANISATION, _PRIORITY + 1
        )


@cache
def _election_pattern() -> re.Pattern[str]:
    """Pattern of an election with its year or country: "2011 Irish general election"."""
    lexicon = capitalised_names()
    kinds, votes = literal_alternation(lexicon.election_kinds), literal_alternation(lexicon.votes)
    year = rf"(?:(?:{literal_alternation(month_names())}) )?(?:1[89]|20)\d\d "
    names = r"(?:(?!The |In |At |On |A |An )[A-ZÀ-Þ][\w.’'-]{0,60} ){1,4}"  # bounded: one may begin after each hyphen
    place = r"(?: in (?:the )?[A-ZÀ-Þ][\w-]*(?: [A-ZÀ-Þ][\w-]*)*)?"
    return re.compile(
        rf"(?<!\w)(?:{year}(?:{names})?(?:(?:{kinds}) )*(?:{votes}){place}|{names}(?:(?:{kinds}) )+(?:{votes}))(?!\w)"
    )
