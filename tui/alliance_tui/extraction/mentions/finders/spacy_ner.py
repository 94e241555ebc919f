"""Mentions from spaCy's entity recogniser, filtered of what is no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, head_type, office_nouns, roles
from alliance_tui.extraction.mentions.people.offices import honorific_pattern, is_title, postnominal_pattern
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "PRODUCT": EntityType.SYSTEM,
    "EVENT": EntityType.EVENT,
    "LAW": EntityType.INSTRUMENT,
}
_FILE_OR_ADDRESS = re.compile(r"[\\@_]|https?:|\.(?:pdf|com|org|gov)\b")
_FUNCTION_WORDS = {"in", "and", "of", "for", "on", "the", "to", "with", "&"}
_EDGES = re.compile(r"^(?:(?:the|The|THE|a|A|an|An|[a-z]+)\s|[\s\"“‘'`(])+|(?:[’']s|[\s\"”’'.,;:)]){1,40}$")
"""Articles, quotes and possessives that spaCy includes at either end of an entity."""


@cache
def _final_abbreviation() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{literal_alternation(capitalised_names().final_abbreviations)})$")


def find_ner_mentions(passage: Passage) -> Iterator[EntityMention]:
    """Yield spaCy's entities in a passage without articles and possessives; offsets index the document."""
    whole = passage.text.replace("\n", " ")
    for ent in passage.doc.ents:
        entity_type = _TYPES.get(ent.label_)
        text = whole[ent.start_char : ent.end_char]
        if entity_type is None or not any(c.isupper() for c in text):
            continue
        if whole[ent.start_char - 1 : ent.start_char] == "(" and whole.startswith(".)", ent.end_char):
            continue  # a stage direction: (Laughter.)
        left_edge = _EDGES.match(text)
        start = left_edge.end() if left_edge else 0
        right_edge = _EDGES.search(text, start)
        end = right_edge.start() if right_edge else len(text)
        if _final_abbreviation().search(text[:end]) and whole.startswith(".", ent.start_char + end):
            end += 1
        if honorific := honorific_pattern().match(text, start):
            entity_type, start = EntityType.PERSON, honorific.end()
        if entity_type is EntityType.PERSON and (letters := postnominal_pattern().search(text, start, end)):
            end = letters.start()
        if end > start:
            offset = passage.offset + ent.start_char
            name = whole[ent.start_char + start : ent.start_char + end]
            yield EntityMention(offset + start, offset + end, name, entity_type)


def common_words(text: str) -> frozenset[str]:
    """Return the words that are no proper names: those that the text has in lower case, and listed ones."""
    return capitalised_names().common_words.union(re.findall(r"(?<![\w.’'-])[a-z][a-z-]+", text))


def is_plausible_name(mention: EntityMention, common: frozenset[str]) -> bool:
    """Return whether a mention from spaCy is a name: no phrase of common words, no role, label, file or address."""
    words = mention.name.split()
    if any(is_no_name(mention, words) for is_no_name in _NO_NAMES) or _is_common_phrase(words, common):
        return False
    return mention.type is not EntityType.PERSON or _is_plausible_person(words, common)


def _is_cut_from_phrase(mention: EntityMention, words: Sequence[str]) -> bool:
    """Return whether the first or last word is one that no name begins or ends with: "Launching", "Ministry of"."""
    first, last = words[0], words[-1]
    is_no_name_word = re.split("[’']", first)[0] in capitalised_names().non_name_words
    return is_no_name_word or first.endswith("ing") or last.lower() in _FUNCTION_WORDS


def _is_general_term(mention: EntityMention, words: Sequence[str]) -> bool:
    """Return whether words are a title, a head noun or another general term: "President", "Agreement", "GDP"."""
    is_head_noun = len(words) == 1 and head_type(words) is not None
    return is_head_noun or mention.name in capitalised_names().generic_abbreviations or is_title(mention.name)


def _is_label_or_address(mention: EntityMention, words: Sequence[str]) -> bool:
    return ":" in mention.name or _FILE_OR_ADDRESS.search(mention.name) is not None


def _is_role_or_group(mention: EntityMention, words: Sequence[str]) -> bool:
    """Return whether words name holders of an office, or a group of parties: "Foreign Ministers", "European Allies"."""
    is_role = mention.type is not EntityType.PERSON and words[-1] in office_nouns()
    return is_role or (mention.type is EntityType.ORGANISATION and words[-1] in capitalised_names().generic_groups)


def _is_demonym(mention: EntityMention, words: Sequence[str]) -> bool:
    entry = gazetteer().get(mention.name)
    return entry is not None and entry.sense is Sense.DEMONYM


_NO_NAMES: tuple[Callable[[EntityMention, Sequence[str]], bool], ...] = (
    _is_cut_from_phrase,
    _is_general_term,
    _is_label_or_address,
    _is_role_or_group,
    _is_demonym,
)
"""Tests of what spaCy takes for an entity and is no name, given the mention and the words of its name."""


def _is_common_phrase(words: Sequence[str], common: frozenset[str]) -> bool:
    """Return whether all words are common ones, and none of them heads a name."""
    return all(part.lower() in common for word in words for part in word.split("-")) and head_type(words) is None


def _is_plausible_person(words: Sequence[str], common: frozenset[str]) -> bool:
    """Return whether words can be a person's name: no figures or function words, no noun that heads other names."""
    lexicon = capitalised_names()
    if any(c.isdigit() or c in "’'(&" for word in words for c in word) or head_type(words):
        return False
    small = [word for word in words if word.islower() and word not in roles().person_names.particles]
    usual = [word for word in words if word.lower() in common or word in lexicon.generic_abbreviations]
    return not small and words[-1].lower() not in lexicon.common_words and len(usual) < max(1, len(words) - 1)
