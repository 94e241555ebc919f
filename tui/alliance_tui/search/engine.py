"""A query's way to its matches: the same answer for the screen and for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from alliance_tui.search.filters import ENTITY_FIELDS, NAMED, VALUES, agreement_test, entity_test
from alliance_tui.search.finding import Finder, Place, Places
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Hit, Matches, Range, RecordMatch
from alliance_tui.search.participation import takes_part
from alliance_tui.search.query import Filter, Mode, Query, Term, Words, parse
from alliance_tui.search.ranking import how_of, in_field, of_record
from alliance_tui.search.spelling import CancelledError
from alliance_tui.search.words import FUNCTION_WORDS


def search(index: SearchIndex, query: str, *, cancelled: Callable[[], bool] = lambda: False) -> Matches:
    """All that `query` matches.

    `cancelled` is asked every few milliseconds; once it says so, the search is given up and what comes back is
    empty, for the caller to throw away.
    """
    parsed = parse(query)
    try:
        return _Search(index, parsed, cancelled).matches(query)
    except CancelledError:
        return Matches(query)


class _Clause(Struct):
    """A term with all that it finds: places of words, or the ids of the records that pass its field."""

    term: Term
    places: Places
    records: set[str] | None = None

    @property
    def minor(self) -> bool:
        """Whether it is a function word, which need not be found beside weightier words."""
        what = self.term.what
        return (
            isinstance(what, Words)
            and not self.term.negated
            and what.mode is Mode.FUZZY
            and not what.typing
            and all(word.folded in FUNCTION_WORDS for word in what.words)
        )


class _Search:
    """One search: the terms looked up once, then put together for the records and for the text."""

    def __init__(self, index: SearchIndex, query: Query, cancelled: Callable[[], bool]) -> None:
        self._index = index
        self._finder = Finder(index, cancelled)
        self._problems = list(query.problems)
        self._owner = [record for record, _ in index.owners]
        groups = [[c for term in group if (c := self._clause(term))] for group in query.groups]
        self._groups = [group for group in groups if group]
        self._major = [group for group in self._groups if not all(c.minor for c in group)] or self._groups

    def matches(self, query: str) -> Matches:
        if not self._groups:
            return Matches(query, problems=tuple(self._problems))
        entities, agreements = self._entities(), self._agreements()
        fields = {c.term.what.field for group in self._groups for c in group if isinstance(c.term.what, Filter)}
        if not fields:
            text = self._text()
        elif fields <= ENTITY_FIELDS:
            text = self._mentions(entities)
        else:
            text = self._evidence(agreements)
        return Matches(query, True, text, entities, agreements, tuple(self._problems))

    # The terms.

    def _clause(self, term: Term) -> _Clause | None:
        if isinstance(term.what, Words):
            return _Clause(term, self._finder.places(term.what))
        if term.what.field in NAMED:
            return self._named(term, term.what)
        return self._listed(term, term.what)

    def _named(self, term: Term, asked: Filter) -> _Clause:
        """A field that takes names: met by the agreements' own field, or by another form of the entity named there."""
        where = NAMED[asked.field]
        places, passing, names = [], set(), set()
        for place in self._finder.places(asked.words).records:
            record, field = self._index.owners[self._index.records.string_of(place.first)]
            if field == where:
                places.append(place)
                passing.add(record)
            elif record in self._index.entities:
                names.add(self._index.entities[record].name)
        for agreement in self._index.agreements.values():
            held = {"party": agreement.parties, "instrument": (agreement.instrument,), "said": (agreement.attribution,)}
            if names.intersection(held[asked.field]):
                passing.add(agreement.id)
        return _Clause(term, Places([], places), passing)

    def _listed(self, term: Term, asked: Filter) -> _Clause | None:
        """A field with a closed list of values, or a date."""
        passing: set[str] | None = None
        if asked.field in ENTITY_FIELDS:
            entity_passes = entity_test(asked.value)
            if entity_passes:
                passing = {e.id for e in self._index.entities.values() if entity_passes(e)}
        else:
            passes = agreement_test(asked.field, asked.comparison, asked.value)
            if passes:
                passing = {a.id for a in self._index.agreements.values() if passes(a)}
        if passing is None:
            wanted = ", ".join(VALUES[asked.field]) if asked.field in VALUES else "a date such as 2027 or 2027-03"
            self._problems.append(f"{asked.field}: takes {wanted}")
            return None
        return _Clause(term, Places([], []), passing)

    # The records.

    def _entities(self) -> tuple[RecordMatch, ...]:
        agreements = [
            self._index.agreements[i] for i in self._passing(self._index.agreements, words=False, of_entities=False)
        ]
        asked = self._asks(of_entities=False)
        found = self._passing(self._index.entities, of_agreements=False)
        if asked:
            found = {i for i in found if any(takes_part(self._index.entities[i], a) for a in agreements)}
        return self._ranked(found, self._index.entities)

    def _agreements(self) -> tuple[RecordMatch, ...]:
        found = self._passing(self._index.agreements, of_entities=False)
        if self._asks(of_entities=True):
            entities = [
                self._index.entities[i] for i in self._passing(self._index.entities, words=False, of_agreements=False)
            ]
            found = {i for i in found if any(takes_part(e, self._index.agreements[i]) for e in entities)}
        return self._ranked(found, self._index.agreements)

    def _asks(self, *, of_entities: bool) -> bool:
        return any(
            isinstance(c.term.what, Filter) and (c.term.what.field in ENTITY_FIELDS) is of_entities
            for group in self._groups
            for c in group
        )

    def _passing(
        self, records: Mapping[str, object], *, words: bool = True, of_entities: bool = True, of_agreements: bool = True
    ) -> set[str]:
        """The records that pass each group, the kinds of terms that are left out counting as passed."""
        everything = set(records)
        left = set(everything)
        for group in self._major:
            passed: set[str] = set()
            for clause in group:
                what = clause.term.what
                if isinstance(what, Words):
                    counts = words
                else:
                    counts = of_entities if what.field in ENTITY_FIELDS else of_agreements
                if not counts:
                    passed = everything
                    break
                found = self._records_of(clause) & everything
                passed |= everything - found if clause.term.negated else found
            left &= passed
        return left

    def _records_of(self, clause: _Clause) -> set[str]:
        if clause.records is not None:
            return clause.records
        string_of = self._index.records.string_of
        return {self._owner[string_of(place.first)] for place in clause.places.records}

    def _ranked(self, found: set[str], order: Mapping[str, object]) -> tuple[RecordMatch, ...]:
        by_record: dict[str, list[tuple[int, str, Place]]] = {}
        string_of = self._index.records.string_of
        for number, group in enumerate(self._groups):
            for clause in group:
                for place in () if clause.term.negated else clause.places.records:
                    record, field = self._index.owners[string_of(place.first)]
                    if record in found:
                        by_record.setdefault(record, []).append((number, field, place))
        matches = [self._record(record, by_record.get(record, [])) for record in order if record in found]
        return tuple(sorted(matches, key=lambda match: -match.score))

    def _record(self, record: str, places: list[tuple[int, str, Place]]) -> RecordMatch:
        minor = [number for number, group in enumerate(self._groups) if group not in self._major]
        kept = {place for _, _, place in _beside([(n in minor, n, p) for n, _, p in places])}
        covered: dict[str, set[int]] = {}
        for _, field, place in places:
            if place in kept:
                covered.setdefault(field, set()).update(range(place.first, place.last + 1))
        best: dict[int, float] = {}
        lit: dict[str, list[Range]] = {}
        for number, field, place in places:
            if place not in kept:
                continue
            lit.setdefault(field, []).append((place.start, place.end))
            share = len(covered[field]) / self._index.records.length_of(place.first)
            best[number] = max(best.get(number, 0.0), in_field(place.score, field, share))
        total = of_record(list(best.values()))
        return RecordMatch(record, how_of(total), total, {field: merged(ranges) for field, ranges in lit.items()})

    # The text.

    def _text(self) -> tuple[Hit, ...]:
        places = [
            (all(c.minor for c in group) and group not in self._major, number, place)
            for number, group in enumerate(self._groups)
            for clause in group
            if not clause.term.negated
            for place in clause.places.text
        ]
        if len(self._groups) > 1 or any(c.term.negated for group in self._groups for c in group):
            postings = self._index.text
            units = self._units(postings.sentence_of)
            unit_of = postings.sentence_of
            if not units:
                unit_of = postings.paragraph_of
                units = self._units(unit_of)
            places = [entry for entry in places if unit_of(entry[2].first) in units]
            places = _beside(places)
        return _hits((place.start, place.end, place.score) for _, _, place in places)

    def _units(self, unit_of: Callable[[int], int]) -> set[int]:
        """The sentences or paragraphs that pass each group; those without any word of the query do not count."""
        found = [
            [(c.term.negated, {unit_of(place.first) for place in c.places.text}) for c in group]
            for group in self._major
        ]
        left = {unit for group in found for negated, units in group if not negated for unit in units}
        for group in found:
            without = [units for negated, units in group if negated]
            within = set().union(*(units for negated, units in group if not negated))
            left = {unit for unit in left if unit in within or any(unit not in units for units in without)}
        return left

    def _evidence(self, agreements: Iterable[RecordMatch]) -> tuple[Hit, ...]:
        places = []
        for match in agreements:
            evidence = self._index.agreements[match.record].evidence
            words = match.lit.get("quote") or ((0, evidence.end - evidence.start),)
            places += [(evidence.start + start, evidence.start + end, match.score) for start, end in words]
        return _hits(places)

    def _mentions(self, entities: Iterable[RecordMatch]) -> tuple[Hit, ...]:
        return _hits(
            (mention.span.start, mention.span.end, match.score)
            for match in entities
            for mention in self._index.entities[match.record].mentions
        )


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order, those that overlap made one."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


def _beside(places: list[tuple[bool, int, Place]]) -> list[tuple[bool, int, Place]]:
    """The places without those of minor words that touch no other lit word."""
    lit = {number for minor, _, place in places if not minor for number in range(place.first, place.last + 1)}
    kept = [entry for entry in places if not entry[0]]
    waiting = [entry for entry in places if entry[0]]
    while True:
        near = [e for e in waiting if e[2].first - 1 in lit or e[2].last + 1 in lit]
        if not near:
            return kept
        kept += near
        lit.update(number for _, _, place in near for number in range(place.first, place.last + 1))
        waiting = [entry for entry in waiting if entry not in near]


def _hits(places: Iterable[tuple[int, int, float]]) -> tuple[Hit, ...]:
    """Hits in reading order and disjoint: of places that overlap, the better stands, or the longer."""
    hits: list[Hit] = []
    for start, end, score in sorted(places, key=lambda place: (place[0], -place[2], -place[1])):
        if hits and start < hits[-1].end:
            if end <= hits[-1].end or score <= hits[-1].score:
                continue
            hits.pop()
        hits.append(Hit(start, end, how_of(score), score))
    return tuple(hits)
