"""What a search looks things up in: one vocabulary over a text and its records, and where each word stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from alliance_tui.chunked_sort import sorted_by_offset
from alliance_tui.records import Agreement, Analysis, Entity
from alliance_tui.search.entity_agreement_links import EntityAgreementLinks, link_entities_to_agreements
from alliance_tui.search.folding import fold
from alliance_tui.search.postings import Postings
from alliance_tui.search.record_fields import agreement_fields, entity_fields
from alliance_tui.search.tokenizer import folded_words
from alliance_tui.search.transliteration import group_by_transliteration
from alliance_tui.search.vocabulary import Vocabulary


class SearchIndex:
    """A document's text and the strings of its records, ready to be searched. What it answers never changes.

    The text's part, which is the large one, is built once: `with_analysis` shares it, so that an index can
    follow an analysis that streams in.
    """

    def __init__(self, text: Postings, text_words: Vocabulary, analysis: Analysis | None) -> None:
        self.text = text
        self.analysis = analysis
        self._text_words = text_words
        self.entities: Mapping[str, Entity] = {e.id: e for e in analysis.entities} if analysis else {}
        self.agreements: Mapping[str, Agreement] = {a.id: a for a in analysis.agreements} if analysis else {}
        strings: list[str] = []
        owners: list[tuple[str, str]] = []
        for entity in self.entities.values():
            for name, string in entity_fields(entity).items():
                owners.append((entity.id, name))
                strings.append(string)
        named = tuple(strings)
        for agreement in self.agreements.values():
            for name, string in agreement_fields(agreement).items():
                owners.append((agreement.id, name))
                strings.append(string)
        self.records = Postings(strings)
        self._owners = owners
        self.value_counts: dict[str, Counter[str]] = {}
        """How many records have each value of a field, as search.completion counts them when they are asked for."""
        self.names_by_folded_form = {fold(name): name for name in named}
        """The entities' names and other forms, by their folded letters."""
        self.name_words = frozenset(word for name in named for word in folded_words(name))
        """The folded words of the entities' names and other forms."""
        self._string_of = {owner: number for number, owner in enumerate(owners)}
        self.vocabulary = Vocabulary(self.records.vocabulary, base=text_words)

    @classmethod
    def build(cls, text: str, analysis: Analysis | None) -> SearchIndex:
        """The index of a text and of what was found in it so far (None while nothing is)."""
        postings = Postings([text])
        return cls(postings, Vocabulary(postings.vocabulary), analysis)

    def with_analysis(self, analysis: Analysis | None) -> SearchIndex:
        """The same text with another state of its analysis."""
        return SearchIndex(self.text, self._text_words, analysis)

    def warm_up(self) -> None:
        """Makes now what the searches that need it would make."""
        if self.analysis is not None:
            _ = self.links, self.names_by_transliteration, self.mention_ranges
        _ = self.text.sentence_by_position, self.records.string_by_position

    @cached_property
    def links(self) -> EntityAgreementLinks:
        """Which entity takes part in which agreement. Asked for only where there are records."""
        if self.analysis is None:
            raise ValueError("an index without records has none that take part")
        return link_entities_to_agreements(self.analysis)

    @cached_property
    def names_by_transliteration(self) -> Mapping[str, Sequence[str]]:
        """The words of names by what is the same in all their spellings (see search.romanising)."""
        return group_by_transliteration(self.name_words)

    @cached_property
    def mention_ranges(self) -> list[tuple[int, int]]:
        """Where the text means an entity, in reading order."""
        mentions = (mention.span for entity in self.entities.values() for mention in entity.mentions)
        return list(sorted_by_offset((span.start, span.end) for span in mentions))

    def field_string(self, record: str, field: str) -> str:
        """The string of a record's field (see search.fields)."""
        return self.records.strings[self._string_of[record, field]]

    def owner(self, string: int) -> tuple[str, str]:
        """The id of the record and the name of the field that a string of `records` is."""
        return self._owners[string]
