"""Mentions by capitalised words whose head noun gives the type of entity."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.extraction.mentions.capitalised_names.boundaries import NameBoundaries, NameExtent
from alliance_tui.extraction.mentions.capitalised_names.lower_case_heads import find_lower_case_head
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
        end, entity_type = self._end_and_type(line, at, extent)
        at = self._name_start(line, at, extent.head_end, end)
        name = line[at:end]
        entity_type = entity_type or _type_by_first_words(name)
        if entity_type is None or not self._is_name(name, line[at : extent.head_end]):
            return None
        # A body is not called by its subject alone: "Tidal Power" is no working group.
        nested = self._nested_forms(name, name[-1].text.islower() and entity_type is not EntityType.BODY)
        return EntityMention(name[0].start, name[-1].end, self._form(name), entity_type, self._priority(name), nested)

    def _form(self, name: Sequence[NameToken]) -> str:
        return self._text[name[0].start : name[-1].end]

    def _end_and_type(self, line: Sequence[NameToken], at: int, extent: NameExtent) -> tuple[int, EntityType | None]:
        """Return the end of a name, past a head noun in lower case, and the type that its nouns give it."""
        head_end, end, entity_type = extent
        head = find_lower_case_head(self._text, line, at, end) if end == head_end else None
        if head and (entity_type is None or head.entity_type is EntityType.PROGRAMME):
            entity_type = head.entity_type
            end += head.word_count
        if head_end < end:  # a head noun with its preposition: "Mission to", "Embassy in"
            entity_type = head_noun_types().get(f"{line[head_end - 1].text} {line[head_end].text}", entity_type)
        return end, entity_type

    def _is_name(self, name: Sequence[NameToken], head: Sequence[NameToken]) -> bool:
        """Return whether words are one name that the gazetteer lacks."""
        if len(name) < 2 or self._boundaries.is_listed(name) or not self._is_distinctive(name, head):
            return False
        rest = self._form(name).partition("-")[2]
        is_two_names = "-" in name[0].text and gazetteer().get(rest) is not None  # "Japan-European Union"
        return not is_two_names

    def _priority(self, name: Sequence[NameToken]) -> int:
        if len(name) == 2 and self._boundaries.is_common(name):
            return 0
        is_ministry = name[0].text in capitalised_names().ministries
        with_state = is_ministry and re.search(rf" {official_name_prefix()} of ", self._form(name))
        return _PRIORITY + 2 if with_state else _PRIORITY  # more than the state's official name within it

    def _nested_forms(self, name: Sequence[NameToken], has_lower_case_head: bool) -> tuple[str, ...]:
        """Return the shorter names within a name: without its noun in lower case, without the "U.S." before it."""
        forms = []
        if has_lower_case_head and len(name) > 2 and "(" not in name[-2].gap:
            forms.append(self._form(name[:-1]))
        if name[0].text in {"U.S.", "US"} and len(name) > 3:
            forms.append(self._form(name[1:]))
        return tuple(forms)

    def _name_start(self, line: Sequence[NameToken], at: int, head_end: int, end: int) -> int:
        """Return where a name begins, past a state's adjective outside it: "Japanese Institute of Physics"."""
        first = gazetteer().get(line[at].text)
        if line[at].text in capitalised_names().non_name_qualifiers and end - at > 2:
            return at + 1
        if first is None or first.type is not EntityType.STATE or end - at < 2:
            return at
        rest = gazetteer().get(self._form(line[at + 1 : end]))
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

    def _is_distinctive(self, name: Sequence[NameToken], head: Sequence[NameToken]) -> bool:
        """Return whether words are a name and no phrase in capitals ("Foreign Ministers", "Joint Statement")."""
        if head and head[-1].text in office_nouns():
            return False
        if len(name) == len(head) == 2 and head[-1].text.rstrip("s") in capitalised_names().weak_heads:
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
