"""What a list tells of its members: names in one list are of one kind ("Peshawar, Multan and Sialkot")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.name_lexicon import capitalised_names
from alliance_tui.records import EntityType

_LINK = re.compile(r",? (?:and |or |& )?(?:the )?|, ")
_MEMBER = re.compile(
    r"(?P<before>, |, and | and |(?<=[a-z]) )(?P<name>[A-Z][\w&’-]+(?: [A-Z][\w&’-]+){0,2})(?=,| and )"
)
_PLACES = {EntityType.PLACE, EntityType.STATE}


def find_enumerations(text: str, namings: Sequence[EntityMention]) -> Iterator[list[EntityMention]]:
    """The lists of three names or more that stand in the text."""
    run: list[EntityMention] = list(namings[:1])
    for one, two in pairwise(namings):
        if not _LINK.fullmatch(text[one.end : two.start]):
            if len(run) > 2:
                yield run
            run = []
        run.append(two)
    if len(run) > 2:
        yield run


def propagate_types(text: str, namings: Sequence[EntityMention]) -> list[EntityMention]:
    """The namings; those of which only the model knows the type take that of the sure names in their list."""
    types: dict[int, EntityType] = {}
    for run in find_enumerations(text, namings):
        sure = {EntityType.PLACE if n.type in _PLACES else n.type for n in run if n.priority > 1}
        if len(sure) == 1 and (kind := sure.pop()) in {EntityType.PLACE, EntityType.ORGANISATION}:
            types.update({n.start: kind for n in run if n.priority == 0})
    return [replace(n, type=types[n.start]) if n.start in types else n for n in namings]


def find_enumerated_organisations(text: str, namings: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Names that nothing else finds, between two organisations of a list: "Google, Armature, and Amazon"."""
    ends = {n.end for n in namings if n.type is EntityType.ORGANISATION}
    starts = {n.start for n in namings if n.type is EntityType.ORGANISATION}
    no_names = {*capitalised_names().non_name_words, *capitalised_names().generic_abbreviations}
    for match in _MEMBER.finditer(text):
        if match["name"].split()[0] in no_names:
            continue
        after = re.match(r",? (?:and |the )*", text[match.end() :])
        if match.start() in ends or (after and match.end() + after.end() in starts):
            yield EntityMention(match.start("name"), match.end("name"), match["name"], EntityType.ORGANISATION, -1)
