"""Links between the records of several documents, and the groups of records that are the same undertaking."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from msgspec import Struct

from alliance_tui.linking.link_model import LinkModel, link_model
from alliance_tui.linking.linkable import linkable_records
from alliance_tui.linking.pair_features import PreparedRecord, candidate_pairs, prepare
from alliance_tui.linking.reasons import reasons_for
from alliance_tui.linking.setting import Setting, holds_in, setting_of_dates
from alliance_tui.records import Analysis


class RecordRef(NamedTuple):
    """A record by the number of its document and its position among the document's agreements."""

    document: int
    position: int


class Link(Struct, frozen=True, gc=False):
    """Two records of the same undertaking, at whatever strength, with a probability and reasons in words."""

    first: RecordRef
    second: RecordRef
    confidence: float
    reasons: tuple[str, ...]


class Group(Struct, frozen=True):
    """The records that are one undertaking, in reading order.

    Confidence and reasons are those of the least sure of the links that join them.
    """

    members: tuple[RecordRef, ...]
    confidence: float
    reasons: tuple[str, ...]


def link_analyses(analyses: Sequence[Analysis], model: LinkModel | None = None) -> list[Link]:
    """Return the links between the records of each two of the documents, the surest first."""
    records = [prepare(linkable_records(analysis)) for analysis in analyses]
    links: list[Link] = []
    for i, j in combinations(range(len(records)), 2):
        setting = setting_of_dates(analyses[i].document.date, analyses[j].document.date)
        links += link_records((i, records[i]), (j, records[j]), model, setting=setting)
    return sorted(links, key=_surest_first)


def link_records(
    first: tuple[int, Sequence[PreparedRecord]],
    second: tuple[int, Sequence[PreparedRecord]],
    model: LinkModel | None = None,
    *,
    setting: Setting = Setting.SIDE_BY_SIDE,
) -> list[Link]:
    """Return the links between the records of two documents, each given with its document's number.

    The model has learnt from documents of one occasion that a reader puts side by side; in other settings more is asked
    of a link.
    """
    model = model or link_model()
    links = []
    for i, j, features in candidate_pairs(first[1], second[1]):
        confidence = model.probability(features)
        if confidence >= model.threshold and holds_in(setting, confidence, features):
            one, other = first[1][i].record, second[1][j].record
            links.append(
                Link(
                    RecordRef(first[0], one.position),
                    RecordRef(second[0], other.position),
                    round(confidence, 3),
                    reasons_for(one, other, features),
                )
            )
    return links


_MAX_DOCUMENTS_OF_RECORD = 5


def without_formulas(links: Iterable[Link]) -> list[Link]:
    """Return the links without those of formulas: records that are linked to many documents say what is said
    everywhere ("announced his intent to nominate")."""
    links = list(links)
    counts = Counter(chain((link.first for link in links), (link.second for link in links)))
    many = {record for record, count in counts.items() if count > _MAX_DOCUMENTS_OF_RECORD}
    documents: dict[RecordRef, set[int]] = defaultdict(set)
    for link in links:
        if link.first in many:
            documents[link.first].add(link.second.document)
        if link.second in many:
            documents[link.second].add(link.first.document)
    formulas = {record for record, linked in documents.items() if len(linked) > _MAX_DOCUMENTS_OF_RECORD}
    return [link for link in links if link.first not in formulas and link.second not in formulas]


def _surest_first(link: Link) -> tuple[float, RecordRef, RecordRef]:
    return -link.confidence, link.first, link.second


def same_groups(links: Iterable[Link], apart: Iterable[tuple[RecordRef, RecordRef]] = ()) -> list[Group]:
    """Return the groups of records that links join.

    Links are taken in order of confidence. One that would put a further record of a document into a group that has one
    already is left out unless it is nearly as sure as the link that came first (see _MAY_DOUBLE). The two of a pair of
    `apart` are in no group together.
    """
    counterparts: dict[RecordRef, set[RecordRef]] = defaultdict(set)
    for first, second in apart:
        counterparts[first].add(second)
        counterparts[second].add(first)
    groups: dict[RecordRef, _Growing] = {}
    for link in sorted(links, key=_surest_first):
        first, second = link.first, link.second
        one = groups.get(first) or groups.setdefault(first, _Growing(first, link))
        other = groups.get(second) or groups.setdefault(second, _Growing(second, link))
        if one is other or (link.confidence < _MAY_DOUBLE and not one.documents.isdisjoint(other.documents)):
            continue
        if any(not counterparts[member].isdisjoint(other.members) for member in one.members if member in counterparts):
            continue
        one.members += other.members
        one.documents |= other.documents
        one.weakest = link  # links come in order of confidence
        for ref in other.members:
            groups[ref] = one
    distinct = {id(group): group for group in groups.values() if len(group.members) > 1}
    finished = [
        Group(tuple(sorted(group.members)), group.weakest.confidence, group.weakest.reasons)
        for group in distinct.values()
    ]
    return sorted(finished, key=lambda group: group.members)


_MAY_DOUBLE = 0.9
"""The confidence from which a link may give a group a second record of the same document."""


class _Growing:
    """A group while links are added; at first of one record."""

    def __init__(self, member: RecordRef, weakest: Link) -> None:
        self.members = [member]
        self.documents = {member.document}
        self.weakest = weakest
