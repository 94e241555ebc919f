"""All the names of a document: from the lists, the model, the shapes and the definitions, joined by alias."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.extraction.mentions.abbreviations import Abbreviation, find_abbreviations
from alliance_tui.extraction.mentions.aliases import (
    find_abbreviation_mentions,
    find_foreign_abbreviations,
    find_nominal_mentions,
    resolve_aliases,
    resolve_long_form,
)
from alliance_tui.extraction.mentions.capitalised_names import CapitalisedNameFinder
from alliance_tui.extraction.mentions.entity_mention import EntityMention, filter_overlaps
from alliance_tui.extraction.mentions.enumeration_typing import find_enumerated_organisations, propagate_types
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.gazetteer_mentions import find_gazetteer_mentions
from alliance_tui.extraction.mentions.name_lexicon import roles
from alliance_tui.extraction.mentions.name_patterns import find_pattern_mentions
from alliance_tui.extraction.mentions.people import PersonIndex, find_people
from alliance_tui.extraction.mentions.spacy_ner import common_words, find_ner_mentions, is_plausible_name
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.records import EntityType

Defined = tuple[Abbreviation, EntityMention | None]
"""A definition and what its long form names, None where that is a thing in general."""
_OPENING = re.compile(r"(?:^|[.!?][”\"]? )(?P<word>[A-Z][a-z]+(?:ing|ed|ly)\b)")
_STARTERS = {"VERB", "AUX", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "INTJ", "PART"}


def recognise_mentions(text: str, passages: Sequence[Passage]) -> tuple[list[EntityMention], PersonIndex]:
    """The names in the (unwrapped) text: disjoint, in order, by their canonical names; and the persons among them."""
    common = common_words(text)
    in_lists = list(gazetteer().find(text))
    listed = list(find_gazetteer_mentions(text, in_lists))
    from_model = [n for passage in passages for n in find_ner_mentions(passage) if is_plausible_name(n, common)]
    people, personal = find_people(text, in_lists, from_model)
    shapes = CapitalisedNameFinder(text, common, [n for n in personal if n.priority], [*listed, *from_model])
    shaped = [naming for passage in passages for naming in _in_passage(shapes, passage)]
    headings = [n for start, end in _outside(text, passages) if (n := shapes.whole(start, end))]
    found = filter_overlaps([*listed, *personal, *shaped, *headings, *find_pattern_mentions(text), *from_model])
    found, defined = _with_definitions(text, found)
    found = filter_overlaps([*found, *find_nominal_mentions(text, found)])
    found = filter_overlaps([*propagate_types(text, found), *find_enumerated_organisations(text, found)])
    found = [naming for naming in found if naming.name.lower() not in roles().group_nouns.heads]
    return resolve_aliases(
        [_with_parts(replace(n, name=" ".join(n.name.split())), defined, text) for n in found]
    ), people


def _with_definitions(text: str, namings: Sequence[EntityMention]) -> tuple[list[EntityMention], list[Defined]]:
    """The namings with those of the acronyms that the text defines, wherever they stand; and the definitions."""
    defined: list[Defined] = [
        (definition, resolve_long_form(definition, namings, text)) for definition in find_abbreviations(text)
    ]
    found = _as_defined(text, namings, defined)
    meant = [(definition, naming) for definition, naming in defined if naming]
    known = {definition.short for definition, _ in defined}
    meant += [(d, naming) for d, naming in find_foreign_abbreviations(text, found) if d.short not in known]
    return filter_overlaps(
        [*found, *(naming for _, naming in meant), *find_abbreviation_mentions(text, meant)]
    ), defined


def _as_defined(text: str, namings: Sequence[EntityMention], defined: Sequence[Defined]) -> list[EntityMention]:
    """The namings that agree with what the text itself defines its acronyms to mean."""
    means = {definition.short: naming.name if naming else None for definition, naming in defined}
    vague = {offset for definition, naming in defined if naming is None for offset in range(*definition.long_span)}
    return [
        n
        for n in namings
        if means.get(form := text[n.start : n.end], n.name) == n.name
        and (_sure(n) or (form not in means and n.start not in vague))
    ]


def _sure(naming: EntityMention) -> bool:
    """Whether more than the model's word stands for it: a list, a shape, a title."""
    return naming.priority > (2 if naming.type is EntityType.PERSON else 1)


def _with_parts(naming: EntityMention, defined: Sequence[Defined], text: str) -> EntityMention:
    """The naming with the long form and the acronym that its own words define."""
    parts = [
        form
        for definition, meant in defined
        if meant and naming.start <= definition.long_start and definition.short_end < naming.end
        for form in (text[naming.start : definition.long_end], definition.short)
    ]
    return replace(naming, nested_forms=(*naming.nested_forms, *parts)) if parts else naming


def unwrap_lines(text: str, passages: Sequence[Passage]) -> str:
    """The text with the line breaks inside paragraphs as spaces: offsets stay, and names run on over them."""
    parts: list[str] = []
    last = 0
    for passage in passages:
        start, end = passage.offset, passage.segment.end
        parts += text[last:start], text[start:end].replace("\n", " ")
        last = end
    return "".join([*parts, text[last:]])


def _in_passage(shapes: CapitalisedNameFinder, passage: Passage) -> Iterator[EntityMention]:
    yield from shapes.find(passage.offset, passage.segment.end, frozenset(_starters(passage)))


def _starters(passage: Passage) -> Iterator[int]:
    """Where a sentence begins with a word that has its capital only from standing there."""
    if passage.parsed:
        first = (sentence[0] for sentence in passage.doc.sents)
        yield from (passage.offset + token.idx for token in first if token.pos_ in _STARTERS)
    else:  # no parts of speech are known: go by the ending
        yield from (passage.offset + match.start("word") for match in _OPENING.finditer(passage.text))


def _outside(text: str, passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """The lines, or parts of lines, that no passage covers: titles, headings and run-in headings."""
    last = 0
    for start, end in [*((p.offset, p.segment.end) for p in passages), (len(text), len(text))]:
        for match in re.finditer(r"[^\n]+", text[last:start]):
            line = match.group().strip(" \t:•-–")
            if line:
                begin = last + match.start() + match.group().index(line)
                yield begin, begin + len(line)
        last = max(last, end)
