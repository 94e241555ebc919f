"""Mentions by capitalised words whose head noun gives the type of entity."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.extraction.mentions.capitalised_names.boundaries import NameBoundaries, NameExtent
from alliance_tui.extraction.mentions.capitalised_names.tokenizer import NameToken, tokenize
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import (
    capitalised_names,
    head_noun_types,
    month_names,
    office_nouns,
    official_name_prefix,
)
from alliance_tui.records import EntityType

_PRIORITY = 2
_YEAR_OR_ORDINAL = re.compile(r"(?:19|20)\d\d|\d+(?:st|nd|rd|th)")
_DAY_BEFORE_YEAR = re.compile(r"\d,\s$")
"""The day of the month, whose year is no part of a name: "the May 7-8, 2031 Lake Summit"."""
_ARTICLES = {"The", "A", "An", "the", "a", "an"}
_NUMBERED_TYPES = {EntityType.INSTRUMENT, EntityType.EVENT, EntityType.BODY, EntityType.PROGRAMME}


class CapitalisedNameFinder:
    """Finds names by their capitals and head nouns in one document.

    Args:
        text: The document's text.
        common_words: The words, in lower case, that are no proper names.
        barriers: Mentions of persons, which no other name runs into.
        prior_mentions: Mentions from the gazetteer and the entity recogniser; no name begins within one.
    """

    def __init__(
        self,
        text: str,
        common_words: frozenset[str],
        barriers: Sequence[EntityMention],
        prior_mentions: Sequence[EntityMention],
    ) -> None:
        self._text = text
        self._boundaries = NameBoundaries(text, common_words, barriers, prior_mentions)
        self._within_prior_mentions = {
            offset for m in prior_mentions if m.priority for offset in range(m.start + 1, m.end)
        }
        self._generic = set(capitalised_names().generic_abbreviations)
        self._never_qualifiers = set(capitalised_names().non_name_qualifiers)
        self._weak_heads = set(capitalised_names().weak_heads)

    def find(self, start: int, end: int, sentence_starts: frozenset[int] = frozenset()) -> Iterator[EntityMention]:
        """Yield the names in `start` to `end`.

        `sentence_starts` are the offsets of words that are capitalised only because they open a sentence.
        """
        line = tokenize(self._text, start, end)
        at = 0
        while at < len(line):
            excluded = line[at].start in sentence_starts or line[at].start in self._within_prior_mentions
            if excluded or not self._boundaries.may_begin_at(line, at):
                at += 1
                continue
            extent = self._boundaries.extent(line, at)
            if mention := self._mention(line, at, extent):
                yield self._with_year_or_ordinal(line, at, mention)
            at = extent.end

    def match_heading(self, start: int, end: int) -> EntityMention | None:
        """Return the name that a heading is, if all of it is one."""
        line = _without_heading_verb(tokenize(self._text, start, end))
        line = list(itertools.dropwhile(lambda token: token.text in _ARTICLES, line))
        if not line or line[0].text.endswith("ing") or not self._boundaries.is_name_word(line[0]):
            return None
        mention = self._mention(line, 0, self._boundaries.extent(line, 0))
        return mention if mention and mention.end == line[-1].end and mention.start == line[0].start else None

    def _mention(self, line: Sequence[NameToken], at: int, extent: NameExtent) -> EntityMention | None:
        """Return the mention from token `at` on; None where the words are no name."""
        head_end, end, entity_type = extent
        tail = self._lower_case_head(line, at, end) if end == head_end else None
        if tail and (entity_type is None or tail[0] is EntityType.PROGRAMME):
            entity_type = tail[0]
            end += tail[1]
        at = self._name_start(line, at, head_end, end)
        name = line[at:end]
        if head_end < end and (linked := head_noun_types().get(f"{line[head_end - 1].text} {line[head_end].text}")):
            entity_type = linked
        if entity_type is None:
            entity_type = _type_by_first_words(name)
        if entity_type is None or len(name) < 2 or self._boundaries.is_listed(name):
            return None
        if not self._is_distinctive(name, line[at:head_end]):
            return None
        form = self._text[name[0].start : name[-1].end]
        if "-" in name[0].text and gazetteer().get(form.split("-", 1)[1]) is not None:
            return None  # "Japan-European Union" is two names
        doubtful = len(name) == 2 and self._boundaries.is_common(name)
        is_ministry = name[0].text in capitalised_names().ministries
        with_state = is_ministry and re.search(rf" {official_name_prefix()} of ", form)
        priority = _PRIORITY + 2 if with_state else _PRIORITY  # more than the state's official name within it
        # A body is not called by its subject alone: "Tidal Power" is no working group.
        nested = self._nested_forms(name, line[end - 1].text.islower() and entity_type is not EntityType.BODY)
        return EntityMention(name[0].start, name[-1].end, form, entity_type, 0 if doubtful else priority, nested)

    def _nested_forms(self, name: Sequence[NameToken], has_lower_case_head: bool) -> tuple[str, ...]:
        """Return the shorter names within a name: without its noun in lower case, without the "U.S." before it."""
        forms = []
        if has_lower_case_head and len(name) > 2 and "(" not in name[-2].gap:
            forms.append(self._text[name[0].start : name[-2].end])
        if name[0].text in {"U.S.", "US"} and len(name) > 3:
            forms.append(self._text[name[1].start : name[-1].end])
        return tuple(forms)

    def _name_start(self, line: Sequence[NameToken], at: int, head_end: int, end: int) -> int:
        """Return where a name begins, past a state's adjective outside it: "Japanese Institute of Physics"."""
        first = gazetteer().get(line[at].text)
        if line[at].text in self._never_qualifiers and end - at > 2:
            return at + 1
        if first is None or first.type is not EntityType.STATE or end - at < 2:
            return at
        rest = gazetteer().get(self._text[line[at + 1].start : line[end - 1].end])
        if rest is not None and rest.type in {EntityType.SYSTEM, EntityType.PROGRAMME, EntityType.INSTRUMENT}:
            return at + 1
        is_ministry = line[at + 1].text in capitalised_names().ministries
        is_whole_without = first.sense is Sense.DEMONYM and head_end - at == 2 and end > head_end and not is_ministry
        return at + 1 if is_whole_without else at

    def _with_year_or_ordinal(self, line: Sequence[NameToken], at: int, mention: EntityMention) -> EntityMention:
        """Return a name with the year or ordinal before it: "2023 Framework Agreement"."""
        if at == 0 or mention.type not in _NUMBERED_TYPES or line[at].gap != " " or mention.start != line[at].start:
            return mention
        before = line[at - 1]
        if not _YEAR_OR_ORDINAL.fullmatch(before.text):
            return mention
        if at > 1 and line[at - 2].text in {"in", "In", "by", "By", "since"}:
            return mention
        if _DAY_BEFORE_YEAR.search(self._text, max(0, before.start - 4), before.start):
            return mention
        start = before.start
        if at > 1 and before.gap == " " and line[at - 2].text in month_names():
            start = line[at - 2].start
        bare = self._text[mention.start : mention.end]
        return replace(
            mention, start=start, name=self._text[start : mention.end], nested_forms=(*mention.nested_forms, bare)
        )

    def _lower_case_head(self, line: Sequence[NameToken], at: int, end: int) -> tuple[EntityType, int] | None:
        """Return the type that a head noun in lower case after the name gives it, and the noun's number of words.

        As in "Global Entry program", "Tidal Power working group".
        """
        if (
            end >= len(line)
            or line[end].gap not in {" ", ") "}
            or (line[end].gap == ") ") != (line[end - 1].gap == " (" and end - at > 1)
        ):
            return None
        if line[end - 1].possessive:
            return None
        name = line[at:end]
        entry = gazetteer().get(self._text[name[0].start : name[-1].end])
        if entry is not None and entry.type is EntityType.STATE and entry.sense is not Sense.NAME:
            return None
        if len(name) == 1 and (entry is not None or name[0].text in self._generic):
            return None
        if any(character.isdigit() for token in name for character in token.text):
            return None  # a designation is the name: "F-16 aircraft"
        noun, mixed = line[end].text, f"{line[end - 1].text.lower()} {line[end].text}"  # "Working group"
        for entity_type, nouns in capitalised_names().lowercase_heads.items():
            if end + 1 < len(line) and line[end + 1].gap == " " and f"{noun} {line[end + 1].text}" in nouns:
                return entity_type, 2
            if noun in nouns or mixed in nouns:
                return entity_type, 1
        return None

    def _is_distinctive(self, name: Sequence[NameToken], head: Sequence[NameToken]) -> bool:
        """Return whether words are a name and no phrase in capitals ("Foreign Ministers", "Joint Statement")."""
        if head and head[-1].text in office_nouns():
            return False
        if len(name) == len(head) == 2 and head[-1].text.rstrip("s") in self._weak_heads:
            return not self._boundaries.is_common(head[:1])
        return True


def _type_by_first_words(name: Sequence[NameToken]) -> EntityType | None:
    """Return the entity type that the first words of a name give it: "Project Apollo", "Camp Smith"."""
    form = " ".join(token.text for token in name)
    for entity_type, prefixes in capitalised_names().first_words.items():
        if any(form.startswith(prefix + " ") for prefix in prefixes):
            return entity_type
    return None


def _without_heading_verb(line: list[NameToken]) -> list[NameToken]:
    """Return a heading's words without the verb that creates what the others name: "Stand Up a Harbour Council"."""
    lexicon = capitalised_names()
    for length in (2, 1):
        verb, rest = " ".join(token.text.title() for token in line[:length]), line[length:]
        if verb in lexicon.founding_verbs and rest:
            return line if verb in lexicon.founding_verbs_in_names and rest[0].text not in _ARTICLES else rest
    return line
