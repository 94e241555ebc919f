"""Fields of the query as conditions on the library's tables of records, as `search.filters` are tests of records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from alliance_tui.library.index.reader import IndexReader, SqlCondition
from alliance_tui.records import EntityType, Strength
from alliance_tui.search.engine import search
from alliance_tui.search.filters import CLOSED_VALUES, ENTITY_FIELDS, NAME_FIELDS, matching_values
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import MatchType
from alliance_tui.search.query import ComparisonOperator, Filter, FilterField, Phrase, Term
from alliance_tui.search.record_fields import IndexedName

_MEANT = "SELECT value FROM json_each(?)"
_BY_FORM = f"SELECT document, name FROM forms WHERE form IN ({_MEANT})"
_CONDITIONS = {
    "party": f"""(agreement.document, agreement.position) IN (
        SELECT document, position FROM parties WHERE name IN ({_MEANT})
        UNION SELECT parties.document, position FROM forms JOIN parties USING (name, document)
            WHERE form IN ({_MEANT}))""",
    "instrument": f"agreement.instrument IN ({_MEANT}) OR (agreement.document, agreement.instrument) IN ({_BY_FORM})",
    "said": f"agreement.attribution IN ({_MEANT}) OR (agreement.document, agreement.attribution) IN ({_BY_FORM})",
}
"""The fields that take names, with the numbers of the names that are meant twice."""
HAS_CONDITIONS = {
    "deadline": "agreement.deadline IS NOT NULL",
    "amount": "agreement.amounts > 0",
    "instrument": "agreement.instrument IS NOT NULL",
    "attribution": "agreement.attribution IS NOT NULL",
    "party": "agreement.parties <> ''",
}
"""The conditions that `has:` can ask for."""
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class SqlFilters:
    """Makes the conditions of one query. `problems` gathers gentle words on what makes no sense.

    `doubtful` becomes true where a name was taken for a misspelling or an abbreviation, or records of both kinds are
    asked for: then a document that has what is asked need not have it in one record.
    """

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._sure = False
        self.is_approximate = False
        self.problems: list[str] = []

    def agreement_conditions(self, groups: Iterable[Sequence[Term]]) -> list[SqlCondition]:
        """What an agreement must meet: one of each group's fields."""
        found = ([one for term in group if (one := self._of_agreement(term))] for group in groups)
        return [
            (" OR ".join(f"({sql})" for sql, _ in some), [value for _, values in some for value in values])
            for some in found
            if some
        ]

    def exact_agreement_conditions(self, groups: Iterable[Sequence[Term]]) -> list[SqlCondition]:
        """What an agreement must meet where no name is taken for a misspelling or an abbreviation."""
        self._sure = True
        try:
            return self.agreement_conditions(groups)
        finally:
            self._sure = False

    def entity_types(self, groups: Iterable[Sequence[Term]]) -> list[set[str]]:
        """The types of which an entity must be, a set for each group."""
        found = ([types for term in group if (types := self._types(term))] for group in groups)
        return [set[str]().union(*some) for some in found if some]

    def _types(self, term: Term) -> set[str]:
        assert isinstance(term.operand, Filter)
        chosen: set[str] = {*self._chosen(term.operand)}
        return {*EntityType} - chosen if term.negated and chosen else chosen

    def _of_agreement(self, term: Term) -> SqlCondition | None:
        assert isinstance(term.operand, Filter)
        found = self._beside(term.operand) if term.operand.field in ENTITY_FIELDS else self._asked(term.operand)
        if found and term.negated:
            return f"NOT coalesce({found[0]}, 0)", found[1]
        return found

    def _beside(self, asked: Filter) -> SqlCondition:
        """A field of entities among those of agreements: which of these take part only the document can tell."""
        self.is_approximate = True
        with_type = f"SELECT document FROM entities WHERE type IN ({_MEANT})"
        return f"agreement.document IN ({with_type})", [json.dumps(self._chosen(asked))]

    def _asked(self, asked: Filter) -> SqlCondition | None:
        if asked.field in NAME_FIELDS:
            sure, others = self._names.matching_numbers(asked.phrase)
            self.is_approximate |= bool(others)
            return _CONDITIONS[asked.field], [json.dumps(sure if self._sure else sure + others)] * 2
        if asked.field is FilterField.DEADLINE:
            return self._due(asked)
        chosen = self._chosen(asked)
        if not chosen:
            return None
        if asked.field is FilterField.HAS:
            return " OR ".join(HAS_CONDITIONS[one] for one in chosen), []
        if asked.field is FilterField.STRENGTH:
            rungs = [Strength(one).rank for one in chosen]
            if asked.comparison is not ComparisonOperator.EQUAL:
                return f"agreement.strength {asked.comparison} ?", rungs[:1]
            return f"agreement.strength IN ({_MEANT})", [json.dumps(rungs)]
        return f"agreement.{asked.field} IN ({_MEANT})", [json.dumps(chosen)]

    def _chosen(self, asked: Filter) -> tuple[str, ...]:
        chosen = matching_values(asked.field, asked.value)
        if not chosen:
            self.problems.append(f"{asked.field}: takes {', '.join(CLOSED_VALUES[asked.field])}")
        return chosen

    def _due(self, asked: Filter) -> SqlCondition | None:
        if not _DATE.fullmatch(asked.value):
            self.problems.append("by: takes a date such as 2027 or 2027-03")
            return None
        equal = asked.comparison is ComparisonOperator.EQUAL
        compare = ComparisonOperator.AT_MOST if equal else asked.comparison
        return f"substr(agreement.latest, 1, {len(asked.value)}) {compare} ?", [asked.value]


def is_entity_group(group: Sequence[Term]) -> bool:
    """Whether all fields of the group are entities'."""
    return all(isinstance(term.operand, Filter) and term.operand.field in ENTITY_FIELDS for term in group)


class NameIndex:
    """The names in the library's agreements, searched by any surface form, with typos, as entities are."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @cached_property
    def index(self) -> SearchIndex:
        """The search index of the names, by their numbers."""
        return SearchIndex.of_names(IndexedName(str(number), name) for number, name in self._reader.names())

    def matching_numbers(self, phrase: Phrase) -> tuple[list[int], list[int]]:
        """Return the numbers of the names that a filter's value matches: exactly, and as a typo or an acronym."""
        query = "-".join(word.typed for word in phrase.words)
        matches = search(self.index, query if phrase.incomplete else f"{query} ").entities
        exact = [int(match.record_id) for match in matches if match.match_type.rank <= MatchType.PREFIX.rank]
        return exact, [int(match.record_id) for match in matches if match.match_type.rank > MatchType.PREFIX.rank]
