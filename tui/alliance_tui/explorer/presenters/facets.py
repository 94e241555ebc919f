"""Facets: the values that the listed agreements have, with counts; each is a filter of the query language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.explorer.rendering.chips import due_year
from alliance_tui.explorer.state.explorer_state import ExplorerState
from alliance_tui.explorer.widgets.facets_pane import FacetRow
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis, Kind, Strength
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.matches import NO_MATCHES, Matches

MAX_VALUES = 12
"""The most values of one facet that are listed: those of the most agreements."""
STRENGTH_FACET = "Strength"


class Facet(Struct, frozen=True):
    """A value of a facet: its name, the filter that asks for it, and how many of the listed agreements have it."""

    facet: str
    label: str
    term: str
    count: int


@cache_by_identity
def facets(analysis: Analysis, matches: Matches) -> tuple[Facet, ...]:
    """Return the facets of the agreements that match, or of all without a query."""
    ids = {match.record_id for match in matches.agreements} if matches.active else None
    records = [
        record for record in analysis.agreements if record.kind is Kind.AGREEMENT and (ids is None or record.id in ids)
    ]
    return tuple(_facets(records))


def _facets(records: Sequence[Agreement]) -> Iterator[Facet]:
    strengths = Counter(record.strength for record in records)
    for strength in Strength:
        if strengths[strength]:
            yield Facet(STRENGTH_FACET, str(strength), f"strength:{strength}", strengths[strength])
    yield from _counted("Party", FilterField.PARTY, (party for record in records for party in record.parties))
    still_due = (record for record in records if record.deadline and record.strength is not Strength.COMPLETED)
    years = Counter(due_year(record) for record in still_due)
    for year in sorted(year for year in years if year.isdigit()):
        due = sum(count for other, count in years.items() if other.isdigit() and other <= year)
        yield Facet("Due", f"by {year}", f"by:{year}", due)
    if amounts := sum(bool(record.amounts) for record in records):
        yield Facet("Amount", "with an amount", "has:amount", amounts)
    yield from _counted("Field", FilterField.DOMAIN, (str(record.domain) for record in records if record.domain))
    yield from _counted("Section", FilterField.SECTION, (record.section for record in records if record.section))
    speakers = (record.attribution for record in records if record.attribution)
    yield from _counted("Speaker", FilterField.ATTRIBUTION, speakers)


def _counted(name: str, field: str, values: Iterable[str]) -> Iterator[Facet]:
    """Yield the commonest values of a field, with the filters that ask for them."""
    for value, count in Counter(values).most_common(MAX_VALUES):
        quoted = value if value.replace("-", "").isalnum() else f'"{value}"'
        yield Facet(name, value, f"{field}:{quoted}".lower(), count)


@cache_by_identity
def first_due(analysis: Analysis) -> Agreement | None:
    """Return the agreement that falls due first after the document's date, of those that are not completed."""
    date = analysis.document.date or ""
    due = [
        (record.deadline.latest, record.evidence.start, record)
        for record in analysis.agreements
        if record.kind is Kind.AGREEMENT
        and record.strength is not Strength.COMPLETED
        and record.deadline
        and (record.deadline.latest or "") > date
    ]
    return min(due, key=lambda each: each[:2])[2] if due else None


def facet_rows(state: ExplorerState) -> tuple[FacetRow, ...]:
    """Return the rows of the facets pane: the facets of what matches, and those that the query asks for in vain."""
    found = facets(state.analysis, state.matches)
    terms = {facet.term for facet in found}
    chosen = {term.lower() for term in split_terms(state.position.query)}
    missing = [
        replace(facet, count=0)
        for facet in facets(state.analysis, NO_MATCHES)
        if facet.term in chosen and facet.term not in terms
    ]
    order = {facet.facet: index for index, facet in reversed(list(enumerate((*found, *missing))))}
    most = {heading: max(each.count for each in found if each.facet == heading) for heading in {f.facet for f in found}}
    return tuple(
        FacetRow(
            each.facet,
            each.label,
            each.term,
            each.count,
            each.count / most.get(each.facet, 1),
            each.term in chosen,
            Strength(each.label) if each.facet == STRENGTH_FACET else None,
        )
        for each in sorted((*missing, *found), key=lambda facet: order[facet.facet])
    )


def toggled(query: str, term: str) -> str:
    """Return the query with this term added, or taken away where it has it."""
    terms = split_terms(query)
    kept = [each for each in terms if each.lower() != term]
    return " ".join(kept if len(kept) < len(terms) else [*terms, term])


def split_terms(query: str) -> list[str]:
    """Return the terms of a query; blanks within quotation marks do not part them."""
    terms, quoted = [""], False
    for character in query:
        quoted ^= character == '"'
        if character == " " and not quoted:
            terms.append("")
        else:
            terms[-1] += character
    return [term for term in terms if term]
