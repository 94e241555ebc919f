"""Which documents of the library may match a query, and how well, as far as keys and records tell.

A document's score is a rung and a quality, as a record's is (search.ranking): the rung is that of the query word that
met it worst (whole word 3, prefix 2, acronym 1, typo 0); the quality is the mean over the words of where they stand (in
the title .6, in a name .3, else 0) and how often (up to .3). Documents of equal score come by the number of their
agreements, then the latest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from alliance_tui.library.filtering import Conditions, asks_of_entities
from alliance_tui.library.keys import Role
from alliance_tui.library.lookups import Lookups
from alliance_tui.library.senses import Sense, Senses
from alliance_tui.search.matches import How
from alliance_tui.search.query import Filter, Mode, Query, Term, Words
from alliance_tui.search.ranking import how_of, score
from alliance_tui.search.spelling import Meeting
from alliance_tui.search.words import FUNCTION_WORDS

Scores = dict[int, float]
"""Numbers of documents with their scores."""

Met = dict[str, Meeting]
"""Words of the library, each with what is met of it."""

_IN_TITLE, _IN_NAME = 0.6, 0.3
_OFTEN = 0.3
_HALF_OFTEN = 4  # so many times count half of `_OFTEN`
_FEW = 500  # of more words that begin so, it says little that one of them names something


class Candidates(Struct, frozen=True):
    """The documents that may match, each with its score.

    Those whose rung is `sure` or better do match; whether others do only their text and records can tell. `met` are
    the words by which they were found; `witnesses` are enough of them to tell that a query's word is no typing error.
    Of each of the sets of words `looked_for` one must be there, where a match is, and those of `phrases` side by side,
    save in the documents that have the query `otherwise`: in other words. The phrases `banned` must not be there.
    """

    scores: Scores
    sure: How | None
    met: Mapping[str, Meeting] = {}
    witnesses: frozenset[str] = frozenset()
    looked_for: tuple[Mapping[str, Meeting], ...] = ()
    phrases: tuple[tuple[Mapping[str, Meeting], ...], ...] = ()
    otherwise: frozenset[int] = frozenset()
    banned: tuple[str, ...] = ()
    with_fields: bool = False

    def is_sure(self, document: int) -> bool:
        """Whether the document matches without a look into it."""
        return self.sure is not None and how_of(self.scores[document]).rank <= self.sure.rank


class CandidateFinder:
    """Finds the candidates of one query."""

    def __init__(
        self, lookups: Lookups, senses: Senses, titles: Mapping[str, Sequence[int]], conditions: Conditions
    ) -> None:
        self._lookups = lookups
        self._senses = senses
        self._titles = titles
        self._conditions = conditions
        self._also: dict[Words, Scores] = {}
        self._met: Met = {}
        self._witnesses: set[str] = set()
        self._phrases: list[tuple[Met, ...]] = []
        self._otherwise: set[int] = set()

    def candidates(self, query: Query, everything: Iterable[int]) -> Candidates | None:
        """The candidates among `everything`; None where the query asks nothing."""
        groups = list(dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups))
        weighty = [group for group in groups if not all(map(_minor, group))] or groups
        self._read_together(query)
        of_words = [group for group in weighty if any(isinstance(term.what, Words) for term in group)]
        of_fields = [group for group in weighty if group not in of_words]
        found: list[Scores] = []
        if of_fields:
            fields = self._of_fields(of_fields)
            if fields is None:
                return None if not of_words else self._of_words(of_words, set(everything), [], with_fields=False)
            found = fields
        if not weighty:
            return None
        return self._of_words(of_words, set(everything), found, with_fields=bool(of_fields))

    def _of_words(
        self, groups: list[tuple[Term, ...]], everything: set[int], found: list[Scores], *, with_fields: bool
    ) -> Candidates:
        """The candidates of groups of words, those among `found` that there are already."""
        looked_for: list[Met] = []
        banned: list[str] = []
        excluded: set[int] = set()
        for group in groups:
            if all(term.negated for term in group):
                hidden = [self._hidden(term, banned) for term in group]
                excluded |= set.intersection(*hidden)
                continue
            scores, words = self._of_group(group, everything)
            found.append(scores)
            looked_for += words
        if not found:
            found = [dict.fromkeys(everything, score(How.WORD, 0.0))]
        together = set.intersection(everything, *map(set, found)) - excluded
        scores = {document: _mean([one[document] for one in found]) for document in together}
        sure = self._surety(groups, with_fields)
        return Candidates(
            scores,
            sure,
            self._met,
            frozenset(self._witnesses),
            tuple(looked_for),
            tuple(self._phrases),
            frozenset(self._otherwise & together),
            tuple(banned),
            with_fields,
        )

    def _surety(self, groups: Sequence[tuple[Term, ...]], with_fields: bool) -> How | None:
        """From which rung on a candidate is sure to match."""
        asking = [group for group in groups if not all(term.negated for term in group)]
        if with_fields:
            return How.PREFIX if not asking and not self._conditions.doubtful else None
        if not asking:
            return How.TYPO
        single = len(asking) == 1 and all(
            isinstance(term.what, Words) and len(term.what.words) == 1 and not term.negated for term in asking[0]
        )
        return How.PREFIX if single else None

    def _of_group(self, group: Sequence[Term], everything: set[int]) -> tuple[Scores, list[Met]]:
        """The documents that meet one of the terms; of each of the sets of words one is there, where words are met."""
        scores: Scores = {}
        sets: list[list[Met]] = []
        for term in group:
            if isinstance(term.what, Filter) or term.negated:
                scores = _best(scores, self._of_term(term, everything))
                sets.append([])
            else:
                there, met = self._of_phrase(term.what)
                scores = _best(scores, _best(there, self._also.get(term.what, {})))
                sets.append(met)
        if len(sets) == 1:
            if len(sets[0]) > 1:
                self._phrases.append(tuple(sets[0]))
            return scores, sets[0]
        if all(len(met) == 1 for met in sets):
            return scores, [dict(chain.from_iterable(met[0].items() for met in sets))]
        return scores, []

    def _of_term(self, term: Term, everything: set[int]) -> Scores:
        """A field among words, or words not to be found."""
        if isinstance(term.what, Words):
            return dict.fromkeys(everything - self._hidden(term, []), score(How.WORD, 0.0))
        fields = self._of_fields([(term,)]) or []
        return fields[0] if fields else {}

    def _hidden(self, term: Term, banned: list[str]) -> set[int]:
        """The documents that have what must not be found; of a phrase they cannot be told, and it is `banned`."""
        if not isinstance(term.what, Words):
            return set()
        if len(term.what.words) > 1:
            banned.append(" ".join(word.typed for word in term.what.words))
            return set()
        return set(self._of_phrase(term.what)[0])

    def _of_phrase(self, words: Words) -> tuple[Scores, list[Met]]:
        """The documents that have all the words, and for each word what it meets."""
        found: Scores | None = None
        met: list[Met] = []
        acronyms: set[str] = set()
        for number, wanted in enumerate(words.words):
            typing = words.typing and number == len(words.words) - 1
            there: Scores = {}
            met.append({})
            for sense in self._senses.of_word(wanted, words.mode, typing=typing):
                there = _best(there, self._of_sense(sense))
                met[-1].update((meeting.word, meeting) for meeting in sense.words)
                self._witnesses.update(m.word for m in sense.words[: 1 if sense.how is How.PREFIX else None])
                if sense.how is How.ACRONYM:
                    acronyms.add(wanted.folded)
            found = there if found is None else {d: min(found[d], there[d]) for d in found.keys() & there.keys()}
            self._met.update(met[-1])
        self._witnesses -= acronyms  # for a document without the word takes it for a phrase
        if len(words.words) > 1 and words.mode is Mode.FUZZY:
            for sense in self._senses.of_joined(words.words):
                found = _best(found or {}, self._of_sense(sense))
        return found or {}, met

    def _of_sense(self, sense: Sense) -> Scores:
        scores = self._looked_up(sense.role, sense.keys, sense.how, _IN_NAME if sense.role is not Role.WORD else 0.0)
        if not sense.words:
            self._otherwise.update(scores)
        if sense.role is Role.WORD:
            if max(map(len, sense.keys)) <= _FEW:
                scores = _best(scores, self._looked_up(Role.NAME_WORD, sense.keys, sense.how, _IN_NAME))
            titles = [{d for key in keys for d in self._titles.get(key, ())} for keys in sense.keys]
            in_title = score(sense.how, _IN_TITLE + _OFTEN / _HALF_OFTEN)
            scores = _best(scores, dict.fromkeys(set.intersection(*titles), in_title))
        return scores

    def _looked_up(self, role: Role, keys: Iterable[Sequence[str]], how: How, place: float) -> Scores:
        counts = [self._lookups.with_any(role, some) for some in keys]
        there = set.intersection(*map(set, counts))
        return {d: score(how, place + _often(min(count[d] for count in counts))) for d in there}

    def _of_fields(self, groups: Sequence[Sequence[Term]]) -> list[Scores] | None:
        """The documents that meet the fields, by the records that ask for them; None where no field makes sense."""
        of_entities = [group for group in groups if asks_of_entities(group)]
        of_agreements = [group for group in groups if group not in of_entities]
        conditions = self._conditions
        types, asked = conditions.of_entities(of_entities), conditions.of_agreements(of_agreements)
        conditions.doubtful |= len(types) + bool(asked) > 1
        counts = [self._lookups.entities(some) for some in types]
        if asked:
            counts.append(self._lookups.agreements(asked))
        if not counts:
            return None
        return [{d: score(How.WORD, _IN_NAME + _often(n)) for d, n in count.items()} for count in counts]

    def _read_together(self, query: Query) -> None:
        """Lets plain words mean, also, one word or one misspelt name."""
        plain = [_plain_words(group) for group in query.groups]
        for first, second in pairwise(plain):
            if first and second and _joins(first) and _joins(second):
                senses = self._senses.of_joined((first.words[0], second.words[0]))
                self._mean((first, second), senses)
        if plain and all(plain):
            typed = [words for words in plain if words]
            self._mean(typed, self._senses.of_name(typed))

    def _mean(self, typed: Iterable[Words], senses: Iterable[Sense]) -> None:
        for sense in senses:
            scores = self._of_sense(sense)
            for words in typed:
                self._also[words] = _best(self._also.get(words, {}), scores)


def _plain_words(group: Sequence[Term]) -> Words | None:
    """The group's one term, if that is all it has and it has no operator."""
    match tuple(group):
        case (Term(what=Words() as words, negated=False),) if words.mode is Mode.FUZZY:
            return words
    return None


def _joins(words: Words) -> bool:
    return len(words.words) == 1 and words.words[0].folded not in FUNCTION_WORDS


def _minor(term: Term) -> bool:
    """Whether the term is of function words, which need not be found beside weightier ones."""
    return (
        isinstance(term.what, Words)
        and not term.negated
        and term.what.mode is Mode.FUZZY
        and all(word.folded in FUNCTION_WORDS for word in term.what.words)
    )


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


def _mean(scores: Sequence[float]) -> float:
    """The worst rung and the mean quality."""
    return int(min(scores)) + sum(one - int(one) for one in scores) / len(scores)
