"""What the spaCy model's entity recogniser gives, cleaned of what is no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.name_lexicon import capitalised_names, head_type, office_nouns, roles
from alliance_tui.extraction.mentions.offices import honorific_pattern, is_title, postnominal_pattern
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
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
_ABBREVIATED = re.compile(r"\b(?:Inc|Co|Corp|Ltd|Jr|Sr|Bros)$")
_FILE = re.compile(r"[\\@_]|https?:|\.(?:pdf|com|org|gov)\b")
_LINKS = {"in", "and", "of", "for", "on", "the", "to", "with", "&"}
_LABELS = set(capitalised_names().non_name_words)
_EDGES = re.compile(r"^(?:(?:the|The|THE|a|A|an|An|[a-z]+)\s|[\s\"“‘'`(])+|(?:[’']s|[\s\"”’'.,;:)])+$")


def find_ner_mentions(passage: Passage) -> Iterator[EntityMention]:
    """The model's entities in a passage, without articles and possessives, as offsets of the document."""
    whole = passage.text.replace("\n", " ")
    for ent in passage.doc.ents:
        kind = _TYPES.get(ent.label_)
        text = whole[ent.start_char : ent.end_char]
        if kind is None or not any(c.isupper() for c in text):
            continue
        if whole[ent.start_char - 1 : ent.start_char] == "(" and whole.startswith(".)", ent.end_char):
            continue  # a stage direction: (Laughter.)
        head = _EDGES.match(text)
        begin = head.end() if head else 0
        tail = _EDGES.search(text, begin)
        end = tail.start() if tail else len(text)
        if _ABBREVIATED.search(text[:end]) and whole.startswith(".", ent.start_char + end):
            end += 1
        if said := honorific_pattern().match(text, begin):
            kind, begin = EntityType.PERSON, said.end()
        if kind is EntityType.PERSON and (behind := postnominal_pattern().search(text, begin, end)):
            end = behind.start()
        if end > begin:
            at = passage.offset + ent.start_char
            name = whole[ent.start_char + begin : ent.start_char + end]
            yield EntityMention(at + begin, at + end, name, kind)


def common_words(text: str) -> frozenset[str]:
    """The words that are no proper names: those that the text also writes in small letters, and listed ones."""
    return frozenset(re.findall(r"(?<![\w.’'-])[a-z][a-z-]+", text)) | frozenset(capitalised_names().common_words)


def is_plausible_name(naming: EntityMention, common: frozenset[str]) -> bool:
    """Whether what the model names is a name: no phrase of common words, no bare abbreviation of a thing in general."""
    forms = naming.name.split()
    rules = capitalised_names()
    if forms[0].endswith("ing") or forms[-1].lower() in _LINKS or naming.name in rules.generic_abbreviations:
        return False
    if re.split("[’']", forms[0])[0] in _LABELS or ":" in naming.name or is_title(naming.name):
        return False
    if (len(forms) == 1 and head_type(forms)) or _FILE.search(naming.name):
        return False
    if naming.type is not EntityType.PERSON and forms[-1] in office_nouns():
        return False
    if naming.type is EntityType.ORGANISATION and forms[-1] in rules.generic_groups:
        return False
    known = gazetteer().get(naming.name)
    if known is not None and known.sense is Sense.DEMONYM:
        return False
    if all(part.lower() in common for form in forms for part in form.split("-")) and head_type(forms) is None:
        return False
    if naming.type is EntityType.PERSON:
        return _personal(forms, common)
    return True


def _personal(forms: list[str], common: frozenset[str]) -> bool:
    """Whether the words can be a person's name: no figures or small words, no noun that heads other names."""
    rules = capitalised_names()
    if any(c.isdigit() or c in "’'(&" for form in forms for c in form) or head_type(forms):
        return False
    small = [form for form in forms if form.islower() and form not in roles().person_names.particles]
    usual = [form for form in forms if form.lower() in common or form in rules.generic_abbreviations]
    return not small and forms[-1].lower() not in rules.common_words and len(usual) < max(1, len(forms) - 1)
