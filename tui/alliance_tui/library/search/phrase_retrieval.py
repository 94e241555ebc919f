"""Retrieval of the documents with a phrase, through the expansions of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.index.terms import TermKind
from alliance_tui.library.search.cooccurrence import TermSet
from alliance_tui.library.search.document_scores import (
    ELSEWHERE,
    IN_NAME,
    Scores,
    best_scores,
    scores_by_count,
    title_score,
)
from alliance_tui.library.search.query_expansion import Expansion, QueryExpander
from alliance_tui.search.lookup.fuzzy_lookup import VocabularyMatch
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import MatchMode, Phrase, Query, may_form_compound, single_plain_phrase

_MAX_NAME_TERMS = 500  # with more words of one prefix, it says little that one of them is in a name


class PhraseRetriever:
    """Retrieves the documents with the phrases of one query.

    The attributes accumulate over the phrases:
    matched_words: the words of the library that match a query word.
    confirming_words: enough of these to confirm that a query word is not misspelt.
    matched_by_variant: the documents matched by acronyms, compounds or names, in which those words may be missing.
    matched_without_units: those of them matched by compounds or names, for which no units are known.
    """

    def __init__(self, reader: IndexReader, expander: QueryExpander, title_index: Mapping[str, Sequence[int]]) -> None:
        self._reader = reader
        self._expander = expander
        self._title_index = title_index
        self._joint_scores: dict[Phrase, Scores] = {}
        self.matched_words: dict[str, VocabularyMatch] = {}
        self.confirming_words: set[str] = set()
        self.matched_by_variant: set[int] = set()
        self.matched_without_units: set[int] = set()

    def allow_joint_readings(self, query: Query) -> None:
        """Let plain words also match together, as a compound or as a misspelt name."""
        phrases = [single_plain_phrase(group) for group in query.groups]
        for first, second in pairwise(phrases):
            if first and second and may_form_compound(first) and may_form_compound(second):
                compound = self._expander.expand_compound((first.words[0], second.words[0]))
                self._add_joint_scores((first, second), compound)
        if phrases and all(phrases):
            plain_phrases = [phrase for phrase in phrases if phrase]
            self._add_joint_scores(plain_phrases, self._expander.expand_name(plain_phrases))

    def retrieve_jointly(self, phrase: Phrase) -> tuple[Scores, list[TermSet]]:
        """Return the same as `retrieve`, with the documents of the phrase's joint readings."""
        scores, term_sets = self.retrieve(phrase)
        return best_scores(scores, self._joint_scores.get(phrase, {})), term_sets

    def retrieve(self, phrase: Phrase) -> tuple[Scores, list[TermSet]]:
        """Return the documents that have all words of a phrase somewhere, and the alternatives for each word."""
        scores: Scores | None = None
        term_sets: list[TermSet] = []
        acronyms: set[str] = set()
        for number, word in enumerate(phrase.words):
            incomplete = phrase.incomplete and number == len(phrase.words) - 1
            expansions = self._expander.expand_word(word, phrase.mode, incomplete=incomplete)
            term_sets.append(_term_set(expansions))
            word_scores: Scores = {}
            for expansion in expansions:
                word_scores = best_scores(word_scores, self._retrieve_expansion(expansion))
                needed = 1 if expansion.match_type is MatchType.PREFIX else None
                self.confirming_words.update(match.word for match in expansion.matches[:needed])
                if expansion.match_type is MatchType.ACRONYM:
                    acronyms.add(word.folded)
            scores = word_scores if scores is None else _worst_scores(scores, word_scores)
            self.matched_words.update(term_sets[-1].words)
        self.confirming_words -= acronyms  # in a document without the word it stands for a phrase
        if len(phrase.words) > 1 and phrase.mode is MatchMode.FUZZY:
            for expansion in self._expander.expand_compound(phrase.words):
                scores = best_scores(scores or {}, self._retrieve_expansion(expansion))
        return scores or {}, term_sets

    def _add_joint_scores(self, phrases: Iterable[Phrase], expansions: Iterable[Expansion]) -> None:
        for expansion in expansions:
            scores = self._retrieve_expansion(expansion)
            for phrase in phrases:
                self._joint_scores[phrase] = best_scores(self._joint_scores.get(phrase, {}), scores)

    def _retrieve_expansion(self, expansion: Expansion) -> Scores:
        is_name = expansion.kind in (TermKind.NAME, TermKind.INITIALS)
        scores = self._score_terms(expansion.kind, expansion, IN_NAME if is_name else ELSEWHERE)
        if not expansion.matches:
            self.matched_by_variant.update(scores)
            if expansion.kind is not TermKind.INITIALS:
                self.matched_without_units.update(scores)
        if is_name:
            return scores
        if expansion.kind is TermKind.WORD and max(map(len, expansion.term_sets)) <= _MAX_NAME_TERMS:
            scores = best_scores(scores, self._score_terms(TermKind.NAME_WORD, expansion, IN_NAME))
        return best_scores(scores, self._score_titles(expansion))

    def _score_terms(self, kind: TermKind, expansion: Expansion, place_quality: float) -> Scores:
        counts, *further_counts = [self._reader.term_counts(kind, terms) for terms in expansion.term_sets]
        for other in further_counts:
            counts = {document: min(counts[document], other[document]) for document in counts.keys() & other.keys()}
        return scores_by_count(expansion.match_type, place_quality, counts)

    def _score_titles(self, expansion: Expansion) -> Scores:
        is_word = expansion.kind is TermKind.WORD
        word_sets = expansion.term_sets if is_word else (tuple(match.word for match in expansion.matches),)
        titles = [{document for word in words for document in self._title_index.get(word, ())} for words in word_sets]
        return dict.fromkeys(set.intersection(*titles), title_score(expansion.match_type))


def _term_set(expansions: Iterable[Expansion]) -> TermSet:
    words = {match.word: match for expansion in expansions for match in expansion.matches}
    return TermSet(words, [e for e in expansions if e.matches or e.kind is TermKind.INITIALS])


def _worst_scores(first: Scores, second: Scores) -> Scores:
    """Return the documents in both, each with its worse score."""
    return {document: min(first[document], second[document]) for document in first.keys() & second.keys()}
