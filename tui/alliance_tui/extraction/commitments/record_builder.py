"""From parsed passages to records of all three kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, LocatedCandidate
from alliance_tui.extraction.commitments.classification.classifier import Decision, classify
from alliance_tui.extraction.commitments.fields.attribution import find_attribution
from alliance_tui.extraction.commitments.fields.deadlines import find_deadline
from alliance_tui.extraction.commitments.fields.domains import carry_domains_forward, classify_domain, document_profile
from alliance_tui.extraction.commitments.fields.instruments import find_instrument
from alliance_tui.extraction.commitments.fields.parties import find_parties
from alliance_tui.extraction.commitments.fields.strength import candidate_strength, is_reaffirmation
from alliance_tui.extraction.commitments.fields.titles import make_title
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence, locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.commitments.restatements import mark_restatements
from alliance_tui.extraction.dates.deadlines import DateExpression
from alliance_tui.extraction.layout.segments import Segment
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import Agreement, Amount, Deadline, Document, Domain, Kind, Span, record_id

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANNOUNCES = re.compile(r"announc", re.IGNORECASE)
"""How the anchor of an announcement begins."""


@cache
def _signing() -> re.Pattern[str]:
    """Beginning of the trigger of a signing."""
    return re.compile(alternation(load(InstrumentRoles).signing_quotes.trigger_stems))


@cache
def _signed_object() -> re.Pattern[str]:
    """Beginning of the quote of what is signed: "a new deal [to lend]"."""
    nouns = alternation(load(InstrumentRoles).signing_quotes.objects)
    return re.compile(rf"(?:[\w.-]+ ){{0,5}}?(?:{nouns}) ", re.IGNORECASE)


def build_records(
    document: Document,
    segments: Sequence[Segment],
    passages: Sequence[Passage],
    table: EntityTable,
    date_expressions_in: Callable[[int, int], Sequence[DateExpression]],
    amounts_in: Callable[[int, int], Sequence[Amount]],
) -> list[Agreement]:
    """The records of a document in the order of their evidence.

    `passages` are its parsed segments; `date_expressions_in` and `amounts_in` answer for the text between two offsets.
    """
    from alliance_tui.extraction.commitments.classification.model_file import (
        shipped_model,  # numpy, which is slow to import
    )

    everything = locate_candidates(segments, passages, document.date)
    neighbours = group_by_sentence(everything)
    places = MentionIndex(table.entities)
    about = document_profile(document.text)
    records = []
    for found, verdict in zip(
        everything, classify(everything, neighbours, table, places, shipped_model()), strict=True
    ):
        if verdict is not None:
            here = neighbours[found.sentence_start]
            amounts = tuple(amounts_in(found.start, found.end))
            deadline = find_deadline(found, here, date_expressions_in)
            field = classify_domain(_texts(found, here), about) if verdict.kind is Kind.AGREEMENT else None
            records.append(_record(document, found, here, table, places, verdict, deadline, amounts, field))
    in_order = sorted(_distinct(records), key=lambda record: (record.evidence.start, record.trigger.start))
    return mark_restatements(carry_domains_forward(in_order), document.text)


def _distinct(records: Sequence[Agreement]) -> list[Agreement]:
    """The records without agreements that quote the same words as a likelier one ("pledged that we will lend"),
    without announcements of another that is quoted within ("the announcement that it will lend"), and without what is
    signed beside the signing of it ("signed an agreement to lend").
    """
    likeliest: dict[tuple[int, int], Agreement] = {}
    for record in sorted(records, key=lambda record: record.confidence or 0.0):
        if record.kind is Kind.AGREEMENT:
            likeliest[record.evidence.start, record.evidence.end] = record
    kept = likeliest.values()

    def stands(record: Agreement) -> bool:
        if likeliest[record.evidence.start, record.evidence.end] is not record:
            return False
        if _ANNOUNCES.match(record.trigger.quote) and any(_within(other, record) for other in kept):
            return False
        return not (_signed_object().match(record.evidence.quote) and any(_signs(other, record) for other in kept))

    return [record for record in records if record.kind is not Kind.AGREEMENT or stands(record)]


def _signs(one: Agreement, other: Agreement) -> bool:
    """Whether one record is of the signing of what the other is."""
    return bool(_signing().match(one.trigger.quote)) and _within(other, one)


def _within(one: Agreement, other: Agreement) -> bool:
    return one is not other and other.evidence.start <= one.evidence.start and one.evidence.end <= other.evidence.end


def _record(
    document: Document,
    found: LocatedCandidate,
    neighbours: Sequence[LocatedCandidate],
    table: EntityTable,
    places: MentionIndex,
    verdict: Decision,
    deadline: Deadline | None,
    amounts: tuple[Amount, ...],
    field: Domain | None,
) -> Agreement:
    candidate, passage = found.candidate, found.passage
    evidence = document.span(found.start, found.end)
    anchor = _span(document, passage, candidate.trigger)
    kind = verdict.kind
    who = find_parties(candidate, passage, table, places).names
    name, role = find_instrument(found, neighbours, who, places)
    return Agreement(
        id=record_id(document, kind, evidence, anchor),
        kind=kind,
        title=make_title(candidate.trigger, found.end_token),
        evidence=evidence,
        trigger=anchor,
        rule=_rule(candidate),
        strength=candidate_strength(candidate) if kind is Kind.AGREEMENT else None,
        parties=who,
        reaffirms=is_reaffirmation(candidate),
        deadline=deadline,
        amounts=amounts,
        instrument=name,
        instrument_role=role,
        domain=field,
        attribution=find_attribution(found, who, table, places),
        section=passage.segment.section,
        cues=_cues(document, found),
        page=document.page_of(found.start),
        confidence=verdict.confidence,
    )


def _texts(found: LocatedCandidate, neighbours: Sequence[LocatedCandidate]) -> list[tuple[str, float]]:
    """What tells the field, each with its weight: the quote, its sentence without what that says of other deeds, its
    paragraph, and what heads them.
    """
    segment = found.passage.segment
    quote = found.passage.doc[found.candidate.trigger.i : found.end_token].text
    others = {
        i
        for n in neighbours
        if not (n.start_token < found.end_token and found.start_token < n.end_token)
        for i in range(n.start_token, n.end_token)
    }
    sentence = " ".join(token.text for token in found.sentence if token.i not in others)
    texts = [(quote, 2.0), (sentence, 1.0), (found.passage.text, 0.5)]
    if segment.label:
        texts.append((segment.label, 2.0))
    if segment.section:
        texts.append((segment.section, 1.0))
    return texts


def _cues(document: Document, found: LocatedCandidate) -> tuple[Span, ...]:
    cues = (cue.token for cue in found.candidate.cues)
    spans = {_span(document, found.candidate.passage_of(word, found.passage), word) for word in cues}
    return tuple(sorted(spans, key=lambda span: span.start))


def _span(document: Document, passage: Passage, token: Token) -> Span:
    start = passage.offset + token.idx
    return document.span(start, start + len(token))


def _rule(candidate: Candidate) -> str:
    words = dict.fromkeys(cue.token for cue in candidate.cues)
    return f"{candidate.pattern}: {' + '.join(word.text for word in words)}"
