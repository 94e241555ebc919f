"""Planning of a query: from the terms of the query language to clauses over what its words may mean.

Adjacent plain words are read together first: as a name, a value or a compound, the longest first. What they mean
together takes the place of their own readings. Readings of all words together as a misspelt name, or as the long form
of an acronym, are added to those of each word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS
from alliance_tui.search.plan.conditions import (
    NAME_FIELDS,
    Condition,
    DeadlineCondition,
    NameCondition,
    PropertyCondition,
    condition_of,
    expected_value,
)
from alliance_tui.search.plan.lexicon import Lexicon
from alliance_tui.search.plan.query_plan import Clause, Literal, QueryPlan
from alliance_tui.search.plan.readings import Meaning, Reading
from alliance_tui.search.plan.word_readings import WordReader
from alliance_tui.search.query import (
    Filter,
    Phrase,
    Query,
    Term,
    has_only_function_words,
    parse_query,
    single_plain_phrase,
)

_MAX_JOINT_PHRASES = 8
_MAX_COMPOUND_PHRASES = 4
_MAX_VALUE_PHRASES = 6


def plan_query(query: str, lexicon: Lexicon, cancellation: CancellationToken, *, typing: bool = True) -> QueryPlan:
    """Return the plan of a query, made with the words and names of what is searched. Never raises for any query.

    `typing`: the last word may still be being typed, unless a space or a closing mark follows it.
    """
    return Planner(lexicon, cancellation).plan(parse_query(query, typing=typing))


class Planner:
    """Plans queries with one lexicon."""

    def __init__(self, lexicon: Lexicon, cancellation: CancellationToken) -> None:
        self._reader = WordReader(lexicon, cancellation)
        self._lexicon = lexicon

    def plan(self, query: Query) -> QueryPlan:
        """Return the plan of a parsed query."""
        problems = dict.fromkeys(query.problems)
        clauses: list[Clause] = []
        run: list[Phrase] = []
        for group in (*query.groups, ()):
            phrase = single_plain_phrase(group)
            if phrase:
                run.append(phrase)
                continue
            is_whole_query = len(run) == len(query.groups)
            clauses += self._plan_run(run, is_whole_query=is_whole_query)
            run = []
            literals = [literal for term in group if (literal := self._plan_term(term, problems))]
            clauses += [Clause(tuple(dict.fromkeys(literals)))] if literals else []
        distinct = _with_completed_deadlines(list(dict.fromkeys(clauses)))
        affirmed = [clause for clause in distinct if not all(literal.negated for literal in clause.literals)]
        only_function_words = all(map(_is_function_words, affirmed))
        return QueryPlan(
            tuple(
                replace(clause, is_optional=not only_function_words and _is_function_words(clause))
                for clause in distinct
            ),
            tuple(problems),
        )

    def plan_phrase(self, phrase: Phrase) -> Meaning:
        """Return what a phrase may mean by itself."""
        return Meaning(phrase, tuple(self._reader.read_phrase(phrase)))

    def _plan_term(self, term: Term, problems: dict[str, None]) -> Literal | None:
        if isinstance(term.operand, Phrase):
            return Literal(self.plan_phrase(term.operand), term.negated)
        condition = self._condition(term.operand)
        if condition is None:
            problems[expected_value(term.operand.field)] = None
            return None
        return Literal(condition, term.negated)

    def _condition(self, filter_: Filter) -> Condition | None:
        if filter_.field in NAME_FIELDS:
            return NameCondition(filter_.field, self.plan_phrase(filter_.phrase))
        return condition_of(filter_)

    def _plan_run(self, run: Sequence[Phrase], *, is_whole_query: bool) -> list[Clause]:
        """Return the clauses of adjacent plain phrases."""
        meanings = [self.plan_phrase(phrase) for phrase in self._cut(run)]
        meanings = self._with_compounds(meanings)
        if is_whole_query and meanings and len(meanings) == len(run):
            misspelt = self._reader.read_misspelt_name([word for phrase in run for word in phrase.words])
            meanings = [_with_readings(meaning, misspelt) for meaning in meanings]
        if len(meanings) > 1:
            words = [word for meaning in meanings for word in meaning.phrase.words]
            meanings = [_with_readings(meaning, self._reader.read_acronym_of(words)) for meaning in meanings]
        return [Clause((Literal(meaning),)) for meaning in meanings]

    def _cut(self, run: Sequence[Phrase]) -> Iterator[Phrase]:
        """Yield the phrases, with those that mean something together joined, the longest first."""
        at = 0
        while at < len(run):
            for length in range(min(len(run) - at, _MAX_JOINT_PHRASES), 1, -1):
                joined = _join(run[at : at + length])
                if self._is_meant_together(joined, length):
                    yield joined
                    at += length
                    break
            else:
                yield run[at]
                at += 1

    def _is_meant_together(self, joined: Phrase, length: int) -> bool:
        if length <= _MAX_VALUE_PHRASES and self._reader.is_value(joined):
            return True
        if joined.words[0].folded in FUNCTION_WORDS or joined.words[-1].folded in FUNCTION_WORDS:
            return False
        return bool(self._reader.read_name(joined.words)) or (
            length <= _MAX_COMPOUND_PHRASES
            and bool(self._lexicon.is_adjacent([word.folded for word in joined.words], hyphenated=True))
        )

    def _with_compounds(self, meanings: Sequence[Meaning]) -> list[Meaning]:
        """Let two adjacent words of the query mean their compound, if it occurs ("air craft" means "aircraft").

        In a document they do not mean the words apart as well. In a library the compound may be in other documents.
        """
        result = list(meanings[:1])
        for second in meanings[1:]:
            first = result[-1]
            may_be_one = _may_form_compound(first.phrase) and _may_form_compound(second.phrase)
            compound = self._reader.read_compound((*first.phrase.words, *second.phrase.words)) if may_be_one else []
            if compound and self._lexicon.is_of_one_document:
                result[-1] = self.plan_phrase(_join([first.phrase, second.phrase]))
            else:
                result[-1:] = [_with_readings(first, compound), _with_readings(second, compound)]
        return result


def _join(phrases: Sequence[Phrase]) -> Phrase:
    words = tuple(word for phrase in phrases for word in phrase.words)
    return Phrase(words, incomplete=phrases[-1].incomplete, typed=" ".join(phrase.typed for phrase in phrases))


def _with_readings(meaning: Meaning, readings: Sequence[Reading]) -> Meaning:
    return replace(meaning, readings=(*meaning.readings, *readings)) if readings else meaning


def _may_form_compound(phrase: Phrase) -> bool:
    return len(phrase.words) == 1 and phrase.words[0].folded not in FUNCTION_WORDS


def _is_function_words(clause: Clause) -> bool:
    """Whether the clause is function words, which need not match beside content words."""
    return all(
        isinstance(literal.operand, Meaning) and not literal.negated and has_only_function_words(literal.operand.phrase)
        for literal in clause.literals
    )


def _with_completed_deadlines(clauses: Iterable[Clause]) -> list[Clause]:
    """Let deadlines count for what is completed too, where the query asks for it."""
    clauses = list(clauses)
    asks_for_completed = any(
        isinstance(literal.operand, PropertyCondition)
        and literal.operand.field is FilterField.STATUS
        and "completed" in literal.operand.names
        for clause in clauses
        for literal in clause.literals
    )
    if not asks_for_completed:
        return clauses
    return [Clause(tuple(map(_of_any_status, clause.literals)), clause.is_optional) for clause in clauses]


def _of_any_status(literal: Literal) -> Literal:
    if isinstance(literal.operand, DeadlineCondition):
        return replace(literal, operand=replace(literal.operand, is_open=False))
    return literal
