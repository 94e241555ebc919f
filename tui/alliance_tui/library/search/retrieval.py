"""Which documents of the library may match a query, and how well, as far as keys and records tell.

A document's score is a rung and a quality, as a record's is (search.ranking): the rung is that of the query word that
met it worst (whole word 3, prefix 2, acronym 1, typo 0); the quality is the mean over the words of where they stand (in
the title .6, in a name .3, else 0) and how often (up to .3). Documents of equal score come by the number of their
agreements, then the latest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain, pairwise

from msgspec import Struct

from alliance_tui.library.index.reader import IndexReader, UnitsByDocument
from alliance_tui.library.index.terms import TermKind
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.search.cooccurrence import (
    CooccurrenceUnits,
    TermSet,
    cooccurrence_units,
    is_record,
    with_field,
)
from alliance_tui.library.search.query_expansion import Expansion, QueryExpander
from alliance_tui.library.search.sql_filters import SqlFilters, is_entity_group
from alliance_tui.search.fuzzy_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import (
    Filter,
    MatchMode,
    Phrase,
    Query,
    Term,
    has_only_function_words,
    may_form_compound,
    single_plain_phrase,
)
from alliance_tui.search.ranking import combined_score, match_type_of

Scores = dict[int, float]
"""Numbers of documents with their scores."""

Met = dict[str, VocabularyMatch]
"""Words of the library, each with what is met of it."""

_IN_TITLE, _IN_NAME = 0.6, 0.3
_OFTEN = 0.3
_HALF_OFTEN = 4  # so many times count half of `_OFTEN`
_FEW = 500  # of more words that begin so, it says little that one of them names something
_COUNTED = 256  # times; a word that is there more often scores no better


class Candidates(Struct, frozen=True):
    """The documents that may match, each with its score.

    Those that are `sure` do match; whether others do only their text and records can tell. `met` are the words by which
    they were found; `witnesses` are enough of them to tell that a query's word is no typing error.
    Of each of the sets of words `looked_for` one must be there, where a match is, and those of `phrases` side by side,
    save in the documents that have the query `otherwise`: in other words. The phrases `banned` must not be there.
    `shared` are the units (see library.keys) that may have something of all words, where that is known; `field_units`
    those that are agreements with what fields ask.
    """

    scores: Scores
    index_matches: Set[int]
    matched_words: Mapping[str, VocabularyMatch] = {}
    confirming_words: frozenset[str] = frozenset()
    required_words: tuple[Mapping[str, VocabularyMatch], ...] = ()
    phrases: tuple[tuple[Mapping[str, VocabularyMatch], ...], ...] = ()
    matched_by_variant: frozenset[int] = frozenset()
    excluded_phrases: tuple[str, ...] = ()
    cooccurrences: CooccurrenceUnits = {}
    has_filters: bool = False
    filtered_agreements: UnitsByDocument = {}

    @property
    def verified(self) -> Set[int]:
        """Those that match without a look into their texts."""
        return frozenset() if self.excluded_phrases else self.index_matches

    def may_be_in_text(self, document: int) -> bool:
        """Whether the title or the text may have a match."""
        units = self.cooccurrences.get(document)
        return units is None or not all(map(is_record, units))

    def may_be_in_records(self, document: int) -> bool:
        """Whether a record may match."""
        units = self.cooccurrences.get(document)
        return units is None or any(map(is_record, units))


class _Fields(Struct):
    """What the fields of a query find: scores of documents for each kind of record; the units that are agreements with
    what is asked, if only agreements are asked for; and those of them that are so whatever is misspelt."""

    scores: list[Scores]
    units: UnitsByDocument | None
    sure: UnitsByDocument


class CandidateRetriever:
    """Finds the candidates of one query among `documents`, by number."""

    def __init__(
        self,
        lookups: IndexReader,
        senses: QueryExpander,
        documents: Mapping[int, LibraryDocument],
        titles: Mapping[str, Sequence[int]],
        conditions: SqlFilters,
    ) -> None:
        self._lookups = lookups
        self._senses = senses
        self._documents = documents
        self._titles = titles
        self._conditions = conditions
        self._also: dict[Phrase, Scores] = {}
        self._met: Met = {}
        self._witnesses: set[str] = set()
        self._phrases: list[tuple[Mapping[str, VocabularyMatch], ...]] = []
        self._otherwise: set[int] = set()
        self._anywhere: set[int] = set()

    def retrieve(self, query: Query, everything: Iterable[int]) -> Candidates | None:
        """The candidates among `everything`; None where the query asks nothing."""
        groups = list(dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups))
        weighty = [group for group in groups if not all(map(_minor, group))] or groups
        self._read_together(query)
        of_words = [group for group in weighty if any(isinstance(term.operand, Phrase) for term in group)]
        of_fields = [group for group in weighty if group not in of_words]
        fields = self._of_fields(of_fields) if of_fields else None
        if not weighty or (of_fields and not fields and not of_words):
            return None
        return self._of_words(of_words, set(everything), fields)

    def _of_words(self, groups: list[tuple[Term, ...]], everything: set[int], fields: _Fields | None) -> Candidates:
        """The candidates of groups of words, among those of the fields."""
        found = list(fields.scores) if fields else []
        looked_for: list[TermSet] = []
        banned: list[str] = []
        excluded: set[int] = set()
        asking = [group for group in groups if not all(term.negated for term in group)]
        for group in groups:
            if group in asking:
                scores, words = self._of_group(group, everything)
                found.append(scores)
                looked_for += words
            else:
                excluded |= set.intersection(*(self._hidden(term, banned) for term in group))
        if not found:
            found = [dict.fromkeys(everything, combined_score(MatchType.WORD, 0.0))]
        together = set.intersection(everything, *map(set, found)) - excluded
        shared, surely = self._shared(together, looked_for, fields)
        if shared is not None:
            together = shared.keys() | (self._anywhere & together)
        scores = _means(found, together)
        return Candidates(
            scores,
            self._sure(asking, looked_for, scores, surely, fields) & scores.keys(),
            self._met,
            frozenset(self._witnesses),
            tuple(one.words for one in looked_for),
            tuple(self._phrases),
            frozenset(self._otherwise & together),
            tuple(banned),
            shared or {},
            bool(fields),
            (fields and fields.units) or {},
        )

    def _shared(
        self, documents: set[int], looked_for: Sequence[TermSet], fields: _Fields | None
    ) -> tuple[CooccurrenceUnits | None, CooccurrenceUnits | None]:
        """The units that may have all that is asked, and those that have all words whatever stands for a phrase."""
        if len(looked_for) == 1 and not fields:
            return None, None
        surely = shared = cooccurrence_units(documents, looked_for, self._lookups, sure=True)
        if surely is None or any(sense.kind is TermKind.INITIALS for one in looked_for for sense in one.expansions):
            shared = cooccurrence_units(documents, looked_for, self._lookups)
        if shared is not None and fields and fields.units is not None:
            shared = with_field(shared, fields.units, {number: self._documents[number].entities for number in shared})
        return shared, surely

    def _sure(
        self,
        asking: Sequence[Sequence[Term]],
        looked_for: Sequence[TermSet],
        scores: Scores,
        surely: CooccurrenceUnits | None,
        fields: _Fields | None,
    ) -> Set[int]:
        """The documents that match without a look into them."""
        if not asking:
            return fields.sure.keys() if fields else scores.keys()
        if len(looked_for) < len(asking) or not all(map(_of_single_words, asking)):
            return set()
        likely = all(sense.likely for one in looked_for for sense in one.expansions)
        if len(asking) == 1 and not fields:
            met = {
                document for document, points in scores.items() if match_type_of(points).rank <= MatchType.PREFIX.rank
            }
            return met | (scores.keys() - self._otherwise) if likely else met
        if not likely or not surely or any(map(_has_capitals, asking)):
            return set()
        if fields is None:
            return surely.keys()
        return {document for document, units in surely.items() if not units.isdisjoint(fields.sure.get(document, ""))}

    def _of_group(self, group: Sequence[Term], everything: set[int]) -> tuple[Scores, list[TermSet]]:
        """The documents that meet one of the terms; of each of the sets of words one is there, where words are met."""
        scores: Scores = {}
        sets: list[list[TermSet]] = []
        for term in group:
            if isinstance(term.operand, Filter) or term.negated:
                scores = _best(scores, self._of_term(term, everything))
                sets.append([])
            else:
                there, words = self._of_phrase(term.operand)
                scores = _best(scores, _best(there, self._also.get(term.operand, {})))
                sets.append(words)
        if len(sets) == 1:
            if len(sets[0]) > 1:
                self._phrases.append(tuple(one.words for one in sets[0]))
            return scores, sets[0]
        if all(len(words) == 1 for words in sets):
            met = dict(chain.from_iterable(one.words.items() for (one,) in sets))
            return scores, [TermSet(met, [sense for (one,) in sets for sense in one.expansions])]
        return scores, []

    def _of_term(self, term: Term, everything: set[int]) -> Scores:
        """A field among words, or words not to be found."""
        if isinstance(term.operand, Phrase):
            return dict.fromkeys(everything - self._hidden(term, []), combined_score(MatchType.WORD, 0.0))
        fields = self._of_fields([(term,)])
        return fields.scores[0] if fields else {}

    def _hidden(self, term: Term, banned: list[str]) -> set[int]:
        """The documents that have what must not be found; of a phrase they cannot be told, and it is `banned`."""
        if not isinstance(term.operand, Phrase):
            return set()
        if len(term.operand.words) > 1:
            banned.append(" ".join(word.typed for word in term.operand.words))
            return set()
        return set(self._of_phrase(term.operand)[0])

    def _of_phrase(self, words: Phrase) -> tuple[Scores, list[TermSet]]:
        """The documents that have all the words, and for each word what it meets."""
        found: Scores | None = None
        looked_for: list[TermSet] = []
        acronyms: set[str] = set()
        for number, wanted in enumerate(words.words):
            typing = words.incomplete and number == len(words.words) - 1
            there: Scores = {}
            senses = self._senses.expand_word(wanted, words.mode, typing=typing)
            met = {meeting.word: meeting for sense in senses for meeting in sense.matches}
            looked_for.append(TermSet(met, [s for s in senses if s.matches or s.kind is TermKind.INITIALS]))
            for sense in senses:
                there = _best(there, self._of_sense(sense))
                self._witnesses.update(
                    m.word for m in sense.matches[: 1 if sense.match_type is MatchType.PREFIX else None]
                )
                if sense.match_type is MatchType.ACRONYM:
                    acronyms.add(wanted.folded)
            found = there if found is None else {d: min(found[d], there[d]) for d in found.keys() & there.keys()}
            self._met.update(met)
        self._witnesses -= acronyms  # for a document without the word takes it for a phrase
        if len(words.words) > 1 and words.mode is MatchMode.FUZZY:
            for sense in self._senses.expand_compound(words.words):
                found = _best(found or {}, self._of_sense(sense))
        return found or {}, looked_for

    def _of_sense(self, sense: Expansion) -> Scores:
        in_name = sense.kind in (TermKind.NAME, TermKind.INITIALS)
        scores = self._looked_up(sense.kind, sense.terms, sense.match_type, _IN_NAME if in_name else 0.0)
        if not sense.matches:
            self._otherwise.update(scores)
            if sense.kind is not TermKind.INITIALS:
                self._anywhere.update(scores)
        if in_name:
            return scores
        if sense.kind is TermKind.WORD and max(map(len, sense.terms)) <= _FEW:
            scores = _best(scores, self._looked_up(TermKind.NAME_WORD, sense.terms, sense.match_type, _IN_NAME))
        words = sense.terms if sense.kind is TermKind.WORD else [[meeting.word for meeting in sense.matches]]
        titles = [{d for word in some for d in self._titles.get(word, ())} for some in words]
        in_title = combined_score(sense.match_type, _IN_TITLE + _OFTEN / _HALF_OFTEN)
        return _best(scores, dict.fromkeys(set.intersection(*titles), in_title))

    def _looked_up(self, role: TermKind, keys: Iterable[tuple[str, ...]], how: MatchType, place: float) -> Scores:
        counts, *others = [self._lookups.term_counts(role, some) for some in keys]
        for other in others:
            counts = {document: min(counts[document], other[document]) for document in counts.keys() & other.keys()}
        points = [combined_score(how, place + _often(times)) for times in range(_COUNTED)]
        return {document: points[min(times, _COUNTED - 1)] for document, times in counts.items()}

    def _of_fields(self, groups: Sequence[Sequence[Term]]) -> _Fields | None:
        """What the fields find, by the records that they ask for; None where no field makes sense."""
        of_entities = [group for group in groups if is_entity_group(group)]
        of_agreements = [group for group in groups if group not in of_entities]
        conditions = self._conditions
        types, asked = conditions.entity_types(of_entities), conditions.agreement_conditions(of_agreements)
        counts = [self._lookups.entity_counts(some) for some in types]
        sure: UnitsByDocument = dict.fromkeys(counts[0], "") if len(counts) == 1 and not asked else {}
        units = None
        if asked:
            units = self._lookups.agreement_units(asked)
            counts.append({document: len(some) for document, some in units.items()})
            if not types:
                sure = self._surely(of_agreements) if conditions.is_approximate else units
        if not counts:
            return None
        scores = [
            {d: combined_score(MatchType.WORD, _IN_NAME + _often(n)) for d, n in count.items()} for count in counts
        ]
        return _Fields(scores, None if types else units, sure)

    def _surely(self, groups: Sequence[Sequence[Term]]) -> UnitsByDocument:
        """The agreements that have what is asked though no name be taken for a misspelling or an abbreviation."""
        if any(term.negated for group in groups for term in group):
            return {}
        return self._lookups.agreement_units(self._conditions.exact_agreement_conditions(groups))

    def _read_together(self, query: Query) -> None:
        """Lets plain words mean, also, one word or one misspelt name."""
        plain = [single_plain_phrase(group) for group in query.groups]
        for first, second in pairwise(plain):
            if first and second and may_form_compound(first) and may_form_compound(second):
                senses = self._senses.expand_compound((first.words[0], second.words[0]))
                self._mean((first, second), senses)
        if plain and all(plain):
            typed = [words for words in plain if words]
            self._mean(typed, self._senses.expand_name(typed))

    def _mean(self, typed: Iterable[Phrase], senses: Iterable[Expansion]) -> None:
        for sense in senses:
            scores = self._of_sense(sense)
            for words in typed:
                self._also[words] = _best(self._also.get(words, {}), scores)


def _of_single_words(group: Sequence[Term]) -> bool:
    """Whether each of the group's terms is one word that is asked for."""
    return all(isinstance(term.operand, Phrase) and len(term.operand.words) == 1 and not term.negated for term in group)


def _has_capitals(group: Sequence[Term]) -> bool:
    words = (word.typed for term in group if isinstance(term.operand, Phrase) for word in term.operand.words)
    return any(word != word.lower() for word in words)


def _minor(term: Term) -> bool:
    """Whether the term is of function words, which need not be found beside weightier ones."""
    return isinstance(term.operand, Phrase) and not term.negated and has_only_function_words(term.operand)


def _best(one: Scores, other: Scores) -> Scores:
    """The documents of both, each with its better score."""
    if not one or not other:
        return one or other
    both = one | other
    for document in one.keys() & other.keys():
        both[document] = max(one[document], other[document])
    return both


def _often(times: int) -> float:
    return _OFTEN * times / (times + _HALF_OFTEN)


def _means(found: Sequence[Scores], documents: Iterable[int]) -> Scores:
    """For each document the worst rung and the mean quality."""
    if len(found) == 1:
        return {document: found[0][document] for document in documents}
    means: Scores = {}
    for document in documents:
        scores = [one[document] for one in found]
        rungs = [*map(int, scores)]
        means[document] = min(rungs) + (sum(scores) - sum(rungs)) / len(rungs)
    return means
