"""Records of a document from its parsed passages: agreements, declaratory statements and packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, LocatedCandidate
from alliance_tui.extraction.commitments.classification.classifier import Decision
from alliance_tui.extraction.commitments.classification.ensemble import choose_domain
from alliance_tui.extraction.commitments.fields.antecedents import Antecedents
from alliance_tui.extraction.commitments.fields.attribution import find_attribution
from alliance_tui.extraction.commitments.fields.deadlines import find_deadline
from alliance_tui.extraction.commitments.fields.domains import carry_domains_forward, classify_domain, document_profile
from alliance_tui.extraction.commitments.fields.instruments import find_instrument
from alliance_tui.extraction.commitments.fields.parties import find_parties
from alliance_tui.extraction.commitments.fields.party_roles import find_roles
from alliance_tui.extraction.commitments.fields.party_sources import PartyContext, PartySource
from alliance_tui.extraction.commitments.fields.strength import candidate_strength, is_reaffirmation
from alliance_tui.extraction.commitments.fields.titles import make_title
from alliance_tui.extraction.commitments.generation.located_candidates import group_by_sentence
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.commitments.quoted_span import find_quoted_span
from alliance_tui.extraction.commitments.redundant_records import drop_redundant_records
from alliance_tui.extraction.commitments.restatements import mark_restatements
from alliance_tui.extraction.dates.deadlines import DateExpression
from alliance_tui.extraction.limits import begin_stage, in_steps
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.records import Agreement, Amount, Document, Domain, Kind, PartyRoles, Span, record_id

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUOTE_WEIGHT, _SENTENCE_WEIGHT, _PARAGRAPH_WEIGHT = 2.0, 1.0, 0.5
_LABEL_WEIGHT, _SECTION_WEIGHT = 2.0, 1.0
"""Weights of the texts by which a domain is classified."""


@dataclass(frozen=True, slots=True)
class _DocumentContext:
    """The document's data from which the fields of its records are read."""

    document: Document
    table: EntityTable
    mentions: MentionIndex
    antecedents: Antecedents
    domain_profile: Mapping[Domain, float]
    date_expressions_in: Callable[[int, int], Sequence[DateExpression]]
    amounts_in: Callable[[int, int], Sequence[Amount]]


def build_records(
    document: Document,
    candidates: Sequence[LocatedCandidate],
    decisions: Sequence[Decision | None],
    table: EntityTable,
    mentions: MentionIndex,
    passages: Sequence[Passage],
    date_expressions_in: Callable[[int, int], Sequence[DateExpression]],
    amounts_in: Callable[[int, int], Sequence[Amount]],
) -> tuple[tuple[Agreement, ...], tuple[Agreement, ...]]:
    """Return the records of a document in the order of their evidence, and its possible agreements likewise.

    Args:
        document: The document.
        candidates: Its candidates in reading order.
        decisions: The decision on each of them.
        table: The entities of the document.
        mentions: Their mentions.
        passages: All passages of the document in reading order.
        date_expressions_in: Finds the date expressions between two offsets of the text.
        amounts_in: Finds the amounts between two offsets of the text.
    """
    by_sentence = group_by_sentence(candidates)
    profile = document_profile(document.text)
    antecedents = Antecedents(document, passages, mentions)
    context = _DocumentContext(document, table, mentions, antecedents, profile, date_expressions_in, amounts_in)
    records: dict[bool, list[Agreement]] = {False: [], True: []}
    readings: dict[str, Mapping[Domain, float]] = {}
    for located, decision in zip(in_steps(candidates, lambda located: located.start), decisions, strict=True):
        if decision is not None:
            record = _record(context, located, by_sentence[located.sentence_start], decision)
            records[decision.is_possible].append(record)
            if decision.reading is not None:
                readings[record.id] = decision.reading.domains
    begin_stage(len(document.text))
    kept, possible = (_in_order(drop_redundant_records(records[is_possible])) for is_possible in (False, True))
    quoted = {record.evidence for record in kept}
    return (
        tuple(mark_restatements(carry_domains_forward(kept, readings), document.text)),
        tuple(record for record in possible if record.evidence not in quoted),
    )


def _in_order(records: Sequence[Agreement]) -> list[Agreement]:
    return sorted(records, key=lambda record: (record.evidence.start, record.trigger.start))


def _record(
    context: _DocumentContext,
    located: LocatedCandidate,
    neighbours: Sequence[LocatedCandidate],
    decision: Decision,
) -> Agreement:
    candidate, passage, document = located.candidate, located.passage, context.document
    kind = decision.kind
    is_agreement = kind is Kind.AGREEMENT
    deadline = find_deadline(located, neighbours, context.date_expressions_in)
    evidence = document.span(*find_quoted_span(located, deadline))
    trigger = _token_span(document, passage, candidate.trigger)
    found = find_parties(candidate, passage, context.table, context.mentions)
    party_context = PartyContext(candidate, passage, context.table, context.mentions)
    parties = found.names
    amounts = tuple(context.amounts_in(evidence.start, evidence.end))
    instrument, instrument_role = find_instrument(located, neighbours, parties, context.mentions)
    domain = None
    if is_agreement:
        by_words = classify_domain(_domain_texts(located, neighbours), context.domain_profile)
        domain = choose_domain(by_words, decision.reading)
    return Agreement(
        id=record_id(document, kind, evidence, trigger),
        kind=kind,
        title=make_title(located, context.antecedents, actor_is_party=found.source is PartySource.ACTOR),
        evidence=evidence,
        trigger=trigger,
        rule=_rule(candidate),
        strength=candidate_strength(candidate) if is_agreement else None,
        parties=parties,
        reaffirms=is_reaffirmation(candidate),
        deadline=deadline,
        amounts=amounts,
        instrument=instrument,
        instrument_role=instrument_role,
        domain=domain,
        attribution=find_attribution(located, parties, context.table, context.mentions),
        section=passage.segment.section,
        cues=_cue_spans(document, located),
        page=document.page_of(located.start),
        confidence=decision.confidence,
        roles=find_roles(located, found, party_context, amounts) if is_agreement else PartyRoles(),
    )


def _domain_texts(located: LocatedCandidate, neighbours: Sequence[LocatedCandidate]) -> list[tuple[str, float]]:
    """Return the texts that indicate the domain, with their weights.

    They are the quote from the trigger on, the sentence without the evidence of other candidates, the paragraph, and
    the headings above.
    """
    segment = located.passage.segment
    quote = located.passage.doc[located.candidate.trigger.i : located.end_token].text
    elsewhere = {
        index
        for other in neighbours
        if not (other.start_token < located.end_token and located.start_token < other.end_token)
        for index in range(other.start_token, other.end_token)
    }
    sentence = " ".join(token.text for token in located.sentence if token.i not in elsewhere)
    texts = [
        (quote, _QUOTE_WEIGHT),
        (sentence, _SENTENCE_WEIGHT),
        (located.passage.text, _PARAGRAPH_WEIGHT),
    ]
    if segment.label:
        texts.append((segment.label, _LABEL_WEIGHT))
    if segment.section:
        texts.append((segment.section, _SECTION_WEIGHT))
    return texts


def _cue_spans(document: Document, located: LocatedCandidate) -> tuple[Span, ...]:
    candidate = located.candidate
    tokens = (cue.token for cue in candidate.cues)
    spans = {_token_span(document, candidate.passage_of(token, located.passage), token) for token in tokens}
    return tuple(sorted(spans, key=lambda span: span.start))


def _token_span(document: Document, passage: Passage, token: Token) -> Span:
    start = passage.offset + token.idx
    return document.span(start, start + len(token))


def _rule(candidate: Candidate) -> str:
    """Return how the candidate was found: its pattern and the words of its cues."""
    tokens = dict.fromkeys(cue.token for cue in candidate.cues)
    return f"{candidate.pattern}: {' + '.join(token.text for token in tokens)}"
