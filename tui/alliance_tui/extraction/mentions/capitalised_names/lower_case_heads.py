"""Head nouns in lower case behind a capitalised name: "Global Entry program", "Tidal Power working group"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alliance_tui.extraction.mentions.capitalised_names.tokenizer import NameToken
from alliance_tui.extraction.mentions.names.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names
from alliance_tui.records import EntityType


class LowerCaseHead(NamedTuple):
    """The type that a head noun in lower case gives the name before it, and the noun's number of words."""

    entity_type: EntityType
    word_count: int


def find_lower_case_head(text: str, line: Sequence[NameToken], at: int, end: int) -> LowerCaseHead | None:
    """Return the head noun in lower case behind the name `line[at:end]`; offsets of tokens index `text`."""
    if not _may_follow(line, at, end) or not _may_have_head(text, line[at:end]):
        return None
    noun = line[end].text
    capitalised_noun = f"{line[end - 1].text.lower()} {noun}"  # "Working group"
    has_next = end + 1 < len(line) and line[end + 1].gap == " "
    longer_noun = f"{noun} {line[end + 1].text}" if has_next else None
    for entity_type, nouns in capitalised_names().lowercase_heads.items():
        if longer_noun in nouns:
            return LowerCaseHead(entity_type, 2)
        if noun in nouns or capitalised_noun in nouns:
            return LowerCaseHead(entity_type, 1)
    return None


def _may_follow(line: Sequence[NameToken], at: int, end: int) -> bool:
    """Return whether the token at `end` may be the head of the name before it: behind it, or behind its brackets."""
    if end >= len(line) or line[end - 1].possessive:
        return False
    is_bracketed = line[end - 1].gap == " (" and end - at > 1
    return line[end].gap == (") " if is_bracketed else " ")


def _may_have_head(text: str, name: Sequence[NameToken]) -> bool:
    """Return whether a name may have a head noun in lower case: it is no state's adjective, acronym or designation."""
    if any(character.isdigit() for token in name for character in token.text):
        return False  # a designation is the name: "F-16 aircraft"
    entry = gazetteer().get(text[name[0].start : name[-1].end])
    if entry is not None and (len(name) == 1 or (entry.type is EntityType.STATE and entry.sense is not Sense.NAME)):
        return False
    return len(name) > 1 or name[0].text not in capitalised_names().generic_abbreviations
