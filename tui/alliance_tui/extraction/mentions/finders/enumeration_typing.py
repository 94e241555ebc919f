"""Types from enumerations: the members of one list are of one type ("Peshawar, Multan and Sialkot")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names
from alliance_tui.records import EntityType

_SEPARATOR = re.compile(r",? (?:and |or |& )?(?:the )?|, ")
_MEMBER = re.compile(
    r"(?P<before>, |, and | and |(?<=[a-z]) )(?P<name>[A-Z][\w&’-]+(?: [A-Z][\w&’-]+){0,2})(?=,| and )"
)
_BEFORE_NEXT_MEMBER = re.compile(r",? (?:and |the )*")
_PLACES = {EntityType.PLACE, EntityType.STATE}


def find_enumerations(text: str, mentions: Sequence[EntityMention]) -> Iterator[list[EntityMention]]:
    """Yield the enumerations of three names or more."""
    run: list[EntityMention] = list(mentions[:1])
    for mention, following in pairwise(mentions):
        if not _SEPARATOR.fullmatch(text[mention.end : following.start]):
            if len(run) > 2:
                yield run
            run = []
        run.append(following)
    if len(run) > 2:
        yield run


def propagate_types(text: str, mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """Give the mentions whose type only the recogniser knows that of the others in their enumeration."""
    types: dict[int, EntityType] = {}
    for run in find_enumerations(text, mentions):
        certain = {EntityType.PLACE if m.type in _PLACES else m.type for m in run if m.priority > 1}
        if len(certain) == 1 and (entity_type := certain.pop()) in {EntityType.PLACE, EntityType.ORGANISATION}:
            types.update({m.start: entity_type for m in run if m.priority == 0})
    return [replace(m, type=types[m.start]) if m.start in types else m for m in mentions]


def find_enumerated_organisations(text: str, mentions: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Yield names beside an organisation in an enumeration that nothing else finds: "Google, Armature, and Amazon"."""
    ends = {m.end for m in mentions if m.type is EntityType.ORGANISATION}
    starts = {m.start for m in mentions if m.type is EntityType.ORGANISATION}
    no_names = capitalised_names().non_name_words | capitalised_names().generic_abbreviations
    for match in _MEMBER.finditer(text):
        if match["name"].split()[0] in no_names:
            continue
        after = _BEFORE_NEXT_MEMBER.match(text, match.end())
        if match.start() in ends or (after and after.end() in starts):
            yield EntityMention(match.start("name"), match.end("name"), match["name"], EntityType.ORGANISATION, -1)
