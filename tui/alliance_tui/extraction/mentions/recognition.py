"""Mention recognition: gazetteer, recogniser, patterns and capitals combined, then aliases resolved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.extraction.mentions.aliases import resolve_aliases
from alliance_tui.extraction.mentions.capitalised_names.finder import CapitalisedNameFinder
from alliance_tui.extraction.mentions.entity_mention import EntityMention, filter_overlaps
from alliance_tui.extraction.mentions.finders.abbreviation_mentions import (
    find_abbreviation_mentions,
    find_foreign_abbreviations,
    resolve_long_form,
)
from alliance_tui.extraction.mentions.finders.abbreviations import Abbreviation, find_abbreviations
from alliance_tui.extraction.mentions.finders.enumeration_typing import find_enumerated_organisations, propagate_types
from alliance_tui.extraction.mentions.finders.gazetteer_mentions import find_gazetteer_mentions
from alliance_tui.extraction.mentions.finders.name_patterns import find_pattern_mentions
from alliance_tui.extraction.mentions.finders.nominal_mentions import find_nominal_mentions
from alliance_tui.extraction.mentions.finders.spacy_ner import (
    common_words,
    find_ner_mentions,
    is_plausible_name,
    without_things,
)
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.mentions.people.person_mentions import find_people
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.records import EntityType

ResolvedAbbreviation = tuple[Abbreviation, EntityMention | None]
"""An abbreviation and the mention at its long form, None where that is a common noun."""
_SENTENCE_OPENING = re.compile(r"(?:^|[.!?][”\"]? )(?P<word>[A-Z][a-z]+(?:ing|ed|ly)\b)")
_OPENING_PARTS_OF_SPEECH = {"VERB", "AUX", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "INTJ", "PART"}


def recognise_mentions(text: str, passages: Sequence[Passage]) -> tuple[list[EntityMention], PersonIndex]:
    """Return the mentions in the unwrapped text, disjoint and by offset, with canonical names; and its persons."""
    common = common_words(text)
    matches = list(gazetteer().find(text))
    gazetteer_mentions = list(find_gazetteer_mentions(text, matches))
    recognised = [m for passage in passages for m in find_ner_mentions(passage) if is_plausible_name(m, common)]
    recognised = without_things(text, recognised)
    people, persons = find_people(text, matches, recognised)
    finder = CapitalisedNameFinder(text, common, [m for m in persons if m.priority], [*gazetteer_mentions, *recognised])
    capitalised = [mention for passage in passages for mention in _capitalised_mentions(finder, passage)]
    headings = [m for start, end in _lines_outside(text, passages) if (m := finder.match_heading(start, end))]
    mentions = filter_overlaps(
        [*gazetteer_mentions, *persons, *capitalised, *headings, *find_pattern_mentions(text), *recognised]
    )
    mentions, abbreviations = _with_abbreviations(text, mentions)
    mentions = filter_overlaps([*mentions, *find_nominal_mentions(text, mentions)])
    mentions = filter_overlaps([*propagate_types(text, mentions), *find_enumerated_organisations(text, mentions)])
    mentions = [mention for mention in mentions if mention.name.lower() not in roles().group_nouns.heads]
    mentions = [replace(mention, name=" ".join(mention.name.split())) for mention in mentions]
    return resolve_aliases(_with_nested_abbreviations(mentions, abbreviations, text)), people


def _with_abbreviations(
    text: str, mentions: Sequence[EntityMention]
) -> tuple[list[EntityMention], list[ResolvedAbbreviation]]:
    """Add the mentions by abbreviations that the text defines; return the mentions and the abbreviations."""
    abbreviations: list[ResolvedAbbreviation] = [
        (abbreviation, resolve_long_form(abbreviation, mentions, text)) for abbreviation in find_abbreviations(text)
    ]
    consistent = _consistent_mentions(text, mentions, abbreviations)
    resolved = [(abbreviation, mention) for abbreviation, mention in abbreviations if mention]
    defined = {abbreviation.short for abbreviation, _ in abbreviations}
    foreign = find_foreign_abbreviations(text, consistent)
    resolved += [(abbreviation, mention) for abbreviation, mention in foreign if abbreviation.short not in defined]
    long_forms = (mention for _, mention in resolved)
    return filter_overlaps([*consistent, *long_forms, *find_abbreviation_mentions(text, resolved)]), abbreviations


def _consistent_mentions(
    text: str, mentions: Sequence[EntityMention], abbreviations: Sequence[ResolvedAbbreviation]
) -> list[EntityMention]:
    """Return the mentions that agree with what the text defines its abbreviations to mean."""
    names = {abbreviation.short: mention.name if mention else None for abbreviation, mention in abbreviations}
    common_nouns = {
        offset
        for abbreviation, mention in abbreviations
        if mention is None
        for offset in range(*abbreviation.long_span)
    }
    return [
        m
        for m in mentions
        if names.get(form := text[m.start : m.end], m.name) == m.name
        and (_is_certain(m) or (form not in names and m.start not in common_nouns))
    ]


def _is_certain(mention: EntityMention) -> bool:
    """Return whether a mention rests on more than the recogniser: a lexicon, capitals, a title."""
    return mention.priority > (2 if mention.type is EntityType.PERSON else 1)


def _with_nested_abbreviations(
    mentions: Sequence[EntityMention], abbreviations: Sequence[ResolvedAbbreviation], text: str
) -> list[EntityMention]:
    """Return each mention with the long forms and the abbreviations that its own span defines."""
    resolved = [abbreviation for abbreviation, mention in abbreviations if mention]
    resolved.sort(key=lambda abbreviation: abbreviation.short_end)
    ends = [abbreviation.short_end for abbreviation in resolved]
    extended = []
    for mention in mentions:
        forms = [
            form
            for abbreviation in resolved[bisect_left(ends, mention.start) : bisect_left(ends, mention.end)]
            if mention.start <= abbreviation.long_start
            for form in (text[mention.start : abbreviation.long_end], abbreviation.short)
        ]
        extended.append(replace(mention, nested_forms=(*mention.nested_forms, *forms)) if forms else mention)
    return extended


def unwrap_lines(text: str, passages: Sequence[Passage]) -> str:
    """Replace the line breaks inside paragraphs by spaces, so that names run on over them; offsets stay."""
    parts: list[str] = []
    last = 0
    for passage in passages:
        start, end = passage.offset, passage.segment.end
        parts += text[last:start], text[start:end].replace("\n", " ")
        last = end
    return "".join([*parts, text[last:]])


def _capitalised_mentions(finder: CapitalisedNameFinder, passage: Passage) -> Iterator[EntityMention]:
    yield from finder.find(passage.offset, passage.segment.end, frozenset(_sentence_starts(passage)))


def _sentence_starts(passage: Passage) -> Iterator[int]:
    """Yield the offsets of words that are capitalised only because they open a sentence."""
    if passage.parsed:
        first = (sentence[0] for sentence in passage.doc.sents)
        yield from (passage.offset + token.idx for token in first if token.pos_ in _OPENING_PARTS_OF_SPEECH)
    else:  # without parts of speech, the ending decides
        yield from (passage.offset + match.start("word") for match in _SENTENCE_OPENING.finditer(passage.text))


def _lines_outside(text: str, passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines, or parts of lines, outside all passages: titles, headings and run-in headings."""
    last = 0
    for start, end in [*((p.offset, p.segment.end) for p in passages), (len(text), len(text))]:
        for match in re.finditer(r"[^\n]+", text[last:start]):
            line = match.group().strip(" \t:•-–")
            if line:
                line_start = last + match.start() + match.group().index(line)
                yield line_start, line_start + len(line)
        last = max(last, end)
