"""The search index of a document: postings of its text and of its records, over one vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from functools import cached_property

from msgspec import Struct

from alliance_tui.chunked_sort import sorted_by_offset
from alliance_tui.records import Agreement, Analysis, Entity, Mention, Span
from alliance_tui.search.cancellation import NEVER_CANCELLED, CancellationToken
from alliance_tui.search.indexing.entity_agreement_links import EntityAgreementLinks, link_entities_to_agreements
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.record_fields import IndexedName, agreement_fields, entity_fields
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary


class LabelledPassage(Struct, frozen=True):
    """A passage that the reader marked, with its labels; `id` is no record's."""

    id: str
    span: Span
    labels: Collection[str]


class ReaderLabels(Struct, frozen=True):
    """What the reader did, as labels (see `search.plan.conditions.LabelCondition`).

    `records` has those of agreements and entities by their ids; an agreement has those of the document, too.
    """

    records: Mapping[str, Collection[str]] = {}
    passages: tuple[LabelledPassage, ...] = ()
    document: Collection[str] = ()


NO_LABELS = ReaderLabels()
PASSAGE_FIELD = "passage"
"""The field of the string of a labelled passage."""


class SearchIndex:
    """An immutable index of a document's text and the strings of its records, or of names without a document.

    `with_analysis` shares the postings of the text, the larger part, so that an index can follow an analysis while it
    streams in.
    """

    def __init__(
        self,
        text: Postings,
        text_words: Vocabulary,
        analysis: Analysis | None,
        names: Iterable[IndexedName] = (),
        labels: ReaderLabels = NO_LABELS,
        cancellation: CancellationToken = NEVER_CANCELLED,
    ) -> None:
        self.text = text
        self.analysis = analysis
        self._text_words = text_words
        self.labels = labels
        self.passages: Mapping[str, LabelledPassage] = {passage.id: passage for passage in labels.passages}
        self.entities: Mapping[str, Entity] = {e.id: e for e in analysis.entities} if analysis else {}
        self.names: Mapping[str, Entity | IndexedName] = self.entities or {name.id: name for name in names}
        """The names that are searched: the entities, or the names of `of_names`."""
        self.agreements: Mapping[str, Agreement] = {a.id: a for a in analysis.agreements} if analysis else {}
        strings: list[str] = []
        owners: list[tuple[str, str]] = []
        for entity in self.names.values():
            for name, string in entity_fields(entity).items():
                owners.append((entity.id, name))
                strings.append(string)
        forms = tuple(strings)
        for agreement in self.agreements.values():
            for name, string in agreement_fields(agreement).items():
                owners.append((agreement.id, name))
                strings.append(string)
        for passage in self.passages.values():
            owners.append((passage.id, PASSAGE_FIELD))
            strings.append(passage.span.quote)
        self.records = Postings(strings, cancellation)
        self._owners = owners
        self.value_counts: dict[str, Counter[str]] = {}
        """How many records have each value of a field: a cache that search.completion fills."""
        self.name_words = frozenset(word for form in forms for word in folded_words(form))
        """The folded words of the entities' surface forms."""
        self._string_numbers = {owner: number for number, owner in enumerate(owners)}
        self.vocabulary = Vocabulary(self.records.vocabulary, base=text_words)

    @classmethod
    def build(
        cls,
        text: str,
        analysis: Analysis | None,
        labels: ReaderLabels = NO_LABELS,
        cancellation: CancellationToken = NEVER_CANCELLED,
    ) -> SearchIndex:
        """Build the index of a text and its analysis so far, if any. Raises CancelledError."""
        postings = Postings([text], cancellation)
        return cls(postings, Vocabulary(postings.vocabulary), analysis, labels=labels, cancellation=cancellation)

    @classmethod
    def of_names(cls, names: Iterable[IndexedName]) -> SearchIndex:
        """Build an index of names alone, which `search` matches as it does entities."""
        text = Postings([""])
        return cls(text, Vocabulary(text.vocabulary), None, names)

    def with_analysis(
        self,
        analysis: Analysis | None,
        labels: ReaderLabels = NO_LABELS,
        cancellation: CancellationToken = NEVER_CANCELLED,
    ) -> SearchIndex:
        """Return the index of the same text with another state of its analysis. Raises CancelledError."""
        return SearchIndex(self.text, self._text_words, analysis, labels=labels, cancellation=cancellation)

    def with_labels(self, labels: ReaderLabels) -> SearchIndex:
        """Return the index with other labels; what was computed is kept unless other passages have labels."""
        if labels.passages != self.labels.passages:
            return self.with_analysis(self.analysis, labels)
        relabelled = copy(self)
        relabelled.labels, relabelled.value_counts = labels, {}
        return relabelled

    def warm_up(self) -> None:
        """Compute all cached properties now, so that no search has to wait for them."""
        if self.analysis is not None:
            _ = self.links, self.mention_table
        _ = self.text.by_sentence.unit_by_position, self.records.by_string.unit_by_position

    @cached_property
    def links(self) -> EntityAgreementLinks:
        """The links between entities and agreements. Raises ValueError for an index without an analysis."""
        if self.analysis is None:
            raise ValueError("an index without an analysis has no links")
        return link_entities_to_agreements(self.analysis)

    @cached_property
    def mention_table(self) -> list[tuple[int, int, str]]:
        """Start, end and entity of all mentions by name, in reading order."""
        mentions = ((m.span.start, m.span.end, e.id) for e in self.entities.values() for m in e.mentions if m.by_name)
        return list(sorted_by_offset(mentions))

    def mentions_of(self, entity_id: str) -> tuple[Mention, ...]:
        """Return the mentions of an entity; a name of `of_names` has none."""
        entity = self.entities.get(entity_id)
        return entity.mentions if entity else ()

    def field_string(self, record: str, field: str) -> str:
        """Return the string of a record's field (see `record_fields`)."""
        return self.records.strings[self._string_numbers[record, field]]

    def owner(self, string: int) -> tuple[str, str]:
        """Return the record id and the field name of a string of `records`."""
        return self._owners[string]
