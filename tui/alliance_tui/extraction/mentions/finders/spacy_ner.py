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
_CONTEXT = 24
"""The characters before a name in which a word that decides its type is sought."""
_SHORTEST_NAME = 2
"""The least letters of a person's name: no initial ("U.")."""
_ARTICLE = re.compile(r"\b(?:[Tt]he|an?|[Ii]ts|[Tt]heir) [“‘\"]?$")
_VERSUS_BEFORE, _VERSUS_AFTER = re.compile(r"\bvs?\.? $"), re.compile(r" vs?\.? [A-Z]")
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
        if entity_type is EntityType.PERSON:
            entity_type = _type_by_context(whole, ent.start_char + start, ent.start_char + end)
        if end > start:
            offset = passage.offset + ent.start_char
            name = whole[ent.start_char + start : ent.start_char + end]
            yield EntityMention(offset + start, offset + end, name, entity_type)


def _type_by_context(text: str, start: int, end: int) -> EntityType:
    """Return the type of what the recogniser takes for a person: an exercise, a ship or a place by the words beside it.

    As in "exercise Malabar Dawn", "the frigate Heron Rising", "Port Wilson".
    """
    if text[start:end].split()[0] in capitalised_names().place_first_words:
        return EntityType.PLACE
    if _exercise_before().search(text, max(0, start - _CONTEXT), start) or _exercise_after().match(text, end):
        return EntityType.EVENT
    if _ship_before().search(text, max(0, start - _CONTEXT), start):
        return EntityType.SYSTEM
    return EntityType.PERSON


@cache
def _exercise_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{literal_alternation(capitalised_names().exercise_nouns)}) [“‘\"]?$")


@cache
def _exercise_after() -> re.Pattern[str]:
    return re.compile(rf"[”’\"]? (?:{literal_alternation(capitalised_names().exercise_nouns)})\b")


@cache
def _ship_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{literal_alternation(capitalised_names().ship_nouns)}) [“‘\"]?$")


def common_words(text: str) -> frozenset[str]:
    """Return the words that are no proper names: those that the text has in lower case, and listed ones."""
    return capitalised_names().common_words.union(re.findall(r"(?<![\w.’'-])[a-z][a-z-]+", text))


def is_plausible_name(mention: EntityMention, common: frozenset[str]) -> bool:
    """Return whether a mention from spaCy is a name: no phrase of common words, no role, label, file or address."""
    words = mention.name.split()
    if any(is_no_name(mention, words) for is_no_name in _NO_NAMES) or _is_common_phrase(words, common):
        return False
    return mention.type is not EntityType.PERSON or _is_plausible_person(words, common)


def without_things(text: str, mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """Leave out what the recogniser takes for persons and the text uses as no person is named.

    These are names that always have an article before them ("the Beatles"), and parties of a case ("Roe v. Wade").
    """
    with_article: dict[str, bool] = {}
    for mention in mentions:
        article = _ARTICLE.search(text, max(0, mention.start - _CONTEXT), mention.start)
        with_article[mention.name] = with_article.get(mention.name, True) and article is not None
    return [
        mention
        for mention in mentions
        if mention.type is not EntityType.PERSON
        or not (
            with_article[mention.name] or len(mention.name.strip(".")) < _SHORTEST_NAME or _is_case_party(text, mention)
        )
    ]


def _is_case_party(text: str, mention: EntityMention) -> bool:
    before = _VERSUS_BEFORE.search(text, max(0, mention.start - _CONTEXT), mention.start)
    return bool(before or _VERSUS_AFTER.match(text, mention.end))


def _is_cut_from_phrase(mention: EntityMention, words: Sequence[str]) -> bool:
    """Return whether the first or last word is one that no name begins or ends with: "Launching", "Ministry of"."""
    first, last = words[0], words[-1]
    is_no_name_word = re.split("[’']", first)[0] in capitalised_names().non_name_words
    return is_no_name_word or first.endswith("ing") or last.lower() in _FUNCTION_WORDS


def _is_general_term(mention: EntityMention, words: Sequence[str]) -> bool:
    """Return whether words are a title, a head noun or another general term: "President", "Agreement", "GDP"."""
    is_head_noun = len(words) == 1 and head_type(words) is not None
    return is_head_noun or mention.name in capitalised_names().generic_abbreviations or is_title(mention.name)


def _is_field_or_status(mention: EntityMention, words: Sequence[str]) -> bool:
    """Return whether words name a field, a status or a paper: "International Relations", "Budget Request"."""
    return words[-1] in capitalised_names().general_final_words


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
    _is_field_or_status,
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
