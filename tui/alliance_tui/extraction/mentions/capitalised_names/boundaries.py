"""Boundaries of capitalised names: where a name may begin, and how far it goes past its head noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from alliance_tui.extraction.mentions.capitalised_names.tokenizer import NameToken
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, head_type, office_nouns, roles
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_NUMERAL = re.compile(r"[IVX]+|(?:19|20)\d\d|\d")
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_STATE_LIST_REACH = 40
"""The characters after a state in which another one is sought."""
_MAX_TOKENS = 200
"""The longest run of capitalised words, and the longest enumeration within a name."""
_LINKING_PREPOSITIONS = {
    "of": None,
    "for": {EntityType.ORGANISATION, EntityType.BODY, EntityType.PROGRAMME, EntityType.INSTRUMENT, EntityType.EVENT},
    "on": {EntityType.ORGANISATION, EntityType.BODY, EntityType.INSTRUMENT, EntityType.EVENT},
    "to": {EntityType.INSTRUMENT, EntityType.PROGRAMME, EntityType.ORGANISATION},
    "in": {EntityType.EVENT, EntityType.BODY, EntityType.INSTRUMENT, EntityType.PROGRAMME},
    "at": {EntityType.EVENT},
    "with": {EntityType.EVENT},
    "against": {EntityType.BODY, EntityType.PROGRAMME},
}
"""The prepositions that continue a name after its head, and the types of head after which they do (None: any)."""


@cache
def _compound_adjective() -> re.Pattern[str]:
    return re.compile(rf"-(?:{literal_alternation(capitalised_names().compound_participles)})$")


class NameExtent(NamedTuple):
    """Ends of a name and of its head, as indices of tokens (exclusive), and the type that the head noun gives."""

    head_end: int
    end: int
    head_type: EntityType | None


class NameBoundaries:
    """The boundaries of capitalised names in one document.

    Args:
        text: The document's text.
        common_words: The words, in lower case, that are no proper names.
        barriers: Mentions of persons, which no other name runs into.
        prior_mentions: Mentions from the gazetteer and the entity recogniser.
    """

    def __init__(
        self,
        text: str,
        common_words: frozenset[str],
        barriers: Sequence[EntityMention],
        prior_mentions: Sequence[EntityMention],
    ) -> None:
        self._text = text
        self._common_words = common_words
        self._barred = {offset for mention in barriers for offset in range(mention.start, mention.end)}
        self._place_starts = {m.start for m in prior_mentions if m.type in {EntityType.PLACE, EntityType.STATE}}
        self._tail_nouns = {noun for nouns in capitalised_names().lowercase_heads.values() for noun in nouns}

    def may_begin_at(self, line: Sequence[NameToken], at: int) -> bool:
        """Return whether a name may begin at a token.

        Numbers may within a sentence ("Three Principles"), and some words after "the" ("the First Movers Coalition").
        """
        token, continues = line[at], at + 1 < len(line) and self.is_name_word(line[at + 1])
        counted = token.text.lower() in roles().numbers and token.text.istitle() and token.gap == " "
        definite = (
            at > 0 and line[at - 1].text in {"the", "The"} and token.text in capitalised_names().name_words_after_the
        )
        return self.is_name_word(token) or (continues and (counted or definite))

    def is_name_word(self, token: NameToken) -> bool:
        """Return whether a token is capitalised and may be a word of a name."""
        return (
            token.is_capitalised
            and token.text not in capitalised_names().non_name_words
            and token.start not in self._barred
            and not _compound_adjective().search(token.text)
        )

    def extent(self, line: Sequence[NameToken], at: int) -> NameExtent:
        """Return the extent of the name that begins at a token."""
        head_end = self._run_end(line, at)
        entity_type = self._head_type(line[at:head_end])
        if entity_type is None and (end := self._shared_head_end(line, at, head_end)):
            head_end = end
            entity_type = self._head_type(line[at:head_end])
        part_start, end, extended = at, head_end, False
        while part_end := self._next_part_end(line, part_start, end, entity_type, extended):
            part_start, end, extended = end, part_end, True
        return NameExtent(head_end, end, entity_type)

    def is_listed(self, name: Sequence[NameToken]) -> bool:
        """Return whether the gazetteer has a name."""
        return bool(name) and gazetteer().get(self._text[name[0].start : name[-1].end]) is not None

    def is_common(self, name: Sequence[NameToken]) -> bool:
        """Return whether every word is a common word too, so that the words may only be a part of a name."""
        return all(token.text.lower() in self._common_words for token in name) and not self.is_listed(name)

    def _run_end(self, line: Sequence[NameToken], at: int, *, is_later_part: bool = False) -> int:
        """Return the end of the run of capitalised words from `at` on; a possessive ends a later part."""
        end = at + 1
        while end < min(len(line), at + _MAX_TOKENS):
            token, before = line[end], line[end - 1]
            if token.gap not in {" ", " & "} and not self._is_at_bracketed_abbreviation(line, at, end):
                break
            if before.possessive and (is_later_part or self._names_owner(line[at:end])):
                break
            if not (self.is_name_word(token) or (end - at > 1 and _NUMERAL.fullmatch(token.text))):
                break
            end += 1
        return end

    def _names_owner(self, name: Sequence[NameToken]) -> bool:
        """Return whether a possessive ends an owner's name (the Agency's, Kenya's, the President's).

        Otherwise it is within one name (Leaders' Summit, Women's Forum).
        """
        is_office = name[-1].text in office_nouns() and name[-1].possessive.endswith("s")
        return is_office or self.is_listed(name) or self._head_type(name) is not None

    def _is_at_bracketed_abbreviation(self, line: Sequence[NameToken], at: int, end: int) -> bool:
        """Return whether a bracketed abbreviation in a name begins or ends at a token: "Exchange (JET) Programme"."""
        token = line[end]
        if token.gap == " (":
            if self._has_strong_head(line[at:end]):
                return False
            after = line[end + 1] if end + 1 < len(line) else None
            return (
                after is not None and after.gap == ") " and (self.is_name_word(after) or after.text in self._tail_nouns)
            )
        return token.gap == ") " and line[end - 1].gap == " (" and end - 1 > at

    def _head_type(self, name: Sequence[NameToken]) -> EntityType | None:
        forms = [token.text for token in name]
        if not forms or forms[-1] in office_nouns():
            return None
        return head_type(forms) or (head_type(forms[:-1]) if _NUMERAL.fullmatch(forms[-1]) else None)

    def _has_strong_head(self, part: Sequence[NameToken]) -> bool:
        """Return whether words end in a head noun that makes a name of its own."""
        return self._head_type(part) is not None and part[-1].text not in capitalised_names().weak_heads

    def _shared_head_end(self, line: Sequence[NameToken], at: int, end: int) -> int | None:
        """Return the end of a coordination with one head: "Food and Drug Administration".

        Its first part ends at `end`.
        """
        first = list(line[at:end])
        entry = gazetteer().get(first[0].text)
        if "-" in first[0].text or (entry is not None and entry.type is EntityType.STATE and len(first) > 1):
            first = first[1:]
        if not self.is_common(first):
            return None
        while end < min(len(line), at + _MAX_TOKENS):
            start = self._next_member_start(line, end)
            if start is None:
                return None
            is_last = start > end
            end = self._run_end(line, start)
            if is_last:
                headed = end - start > 1 and self._head_type(line[start:end]) and self.is_common(line[start : end - 1])
                return end if headed else None
            if not self.is_common(line[start:end]) or self._head_type(line[start:end]):
                return None
        return None

    def _next_part_end(
        self, line: Sequence[NameToken], part_start: int, end: int, entity_type: EntityType | None, extended: bool
    ) -> int | None:
        """Return the end of the name's next part.

        A preposition joins a part to the head. Within such a part, which begins at `part_start`, "and" and commas join
        more words (`extended`).
        """
        if entity_type is None or end + 1 >= len(line) or line[end - 1].possessive:
            return None
        if extended and (part_end := self._coordination_end(line, part_start, end) or self._object_end(line, end)):
            return part_end
        link = _preposition_after(line, end)
        if link is None or not _may_link(entity_type, line[link].text, extended):
            return None
        return self._linked_part_end(line, link, entity_type)

    def _linked_part_end(self, line: Sequence[NameToken], link: int, entity_type: EntityType) -> int | None:
        """Return the end of the part that the preposition at `link` joins to the head."""
        preposition, start = line[link].text, link + 1
        if start >= len(line):
            return None
        if preposition == "of" and entity_type is EntityType.INSTRUMENT and _YEAR.fullmatch(line[start].text):
            return start + 1  # the Trade Act of 1974
        if start + 1 < len(line) and line[start].text in {"the", "our"}:
            start += 1
        if line[start].gap != " " or not self.is_name_word(line[start]):
            return None
        part_end = self._run_end(line, start, is_later_part=True)
        return part_end if self._belongs_to_name(preposition, entity_type, line[start:part_end]) else None

    def _belongs_to_name(self, preposition: str, entity_type: EntityType, part: Sequence[NameToken]) -> bool:
        """Return whether the words after a preposition belong to the name rather than to the sentence."""
        entry = gazetteer().get(self._text[part[0].start : part[-1].end])
        is_state = entry is not None and entry.type is EntityType.STATE
        if preposition == "of" and is_state and self._is_before_state(part[-1].end):
            return False  # "the Heads of Coast Guard of Norland, Sudland and"
        if preposition in {"in", "at"} and part[0].start in self._place_starts:
            return False
        if entry is None:
            is_plural = entity_type in {EntityType.BODY, EntityType.EVENT} and part[-1].text.endswith("s")
            return preposition != "of" or is_plural or part[-1].text not in office_nouns()
        if entry.sense is Sense.DEMONYM:
            return False
        if preposition in {"in", "at"}:
            return False
        return not (preposition in {"to", "with", "for"} and entry.type is EntityType.STATE)

    def _is_before_state(self, end: int) -> bool:
        """Return whether a comma and a state follow a word, in a list of states."""
        following = next(gazetteer().find(self._text, end, end + _STATE_LIST_REACH), None)
        if following is None or following.entry.type is not EntityType.STATE:
            return False
        return self._text[end : following.start] == ", "

    def _object_end(self, line: Sequence[NameToken], end: int) -> int | None:
        """Return the end of a verb's object within a name.

        As "the Spread of Arms" after "Declaration to Counter" or "Strategy for Countering".
        """
        if line[end].text != "the" or line[end].gap != " " or end < 2:
            return None
        if line[end - 2].text != "to" and not (line[end - 2].text == "for" and line[end - 1].text.endswith("ing")):
            return None
        return self._run_end(line, end + 1) if self.is_name_word(line[end + 1]) else None

    def _next_member_start(self, line: Sequence[NameToken], end: int) -> int | None:
        """Return where the next member of a coordination begins, past its "and"; None where none follows `end`."""
        has_conjunction = line[end].text in {"and", "&"}
        start = end + 1 if has_conjunction else end
        is_joined = line[end].gap == ", " or (has_conjunction and line[end].gap == " ")
        return start if is_joined and start < len(line) and self.is_name_word(line[start]) else None

    def _coordination_end(self, line: Sequence[NameToken], part_start: int, end: int) -> int | None:
        """Return the end of ", B and C" or " and C" after "Ministry of A".

        A must have a common word, and B and C must be no names of their own.
        """
        if not any(t.is_capitalised and t.text.lower() in self._common_words for t in line[part_start:end]):
            return None
        while end < min(len(line), part_start + _MAX_TOKENS):
            start = self._next_member_start(line, end)
            if start is None:
                return None
            is_last = start > end
            part_end = self._run_end(line, start, is_later_part=True)
            part = line[start:part_end]
            is_name = self.is_listed(part) or (len(part) > 1 and self._has_strong_head(part))
            if is_name or any(token.text.isupper() for token in part):
                return None
            linked = part_end < len(line) and line[part_end].gap == " " and line[part_end].text in {"of", "for", "on"}
            if linked and self._head_type(part) is not None:
                return None
            if is_last:
                return part_end
            end = part_end
        return None


def _preposition_after(line: Sequence[NameToken], end: int) -> int | None:
    """Return the index of the word behind a head that may be a preposition, past a bracketed abbreviation."""
    if line[end].gap == " (" and line[end + 1].gap == ") ":
        return end + 1
    return end if line[end].gap == " " else None


def _may_link(entity_type: EntityType, preposition: str, extended: bool) -> bool:
    """Return whether a word is a preposition that continues a name with this type of head.

    Some more prepositions continue a name that is already `extended` by one.
    """
    if preposition not in _LINKING_PREPOSITIONS:
        return False
    entity_types = _LINKING_PREPOSITIONS[preposition]
    return entity_types is None or entity_type in entity_types or (extended and preposition in {"on", "for", "in"})
