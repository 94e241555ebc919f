"""Every field of a record, and what the reader did with it, as labelled values."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.explorer.rendering.chips import due_label, is_doubtful
from alliance_tui.explorer.rendering.places import place
from alliance_tui.explorer.state.explorer_state import ExplorerState, record_reviews
from alliance_tui.explorer.widgets.fields_view import LabelledValue
from alliance_tui.export.labels import count_noun
from alliance_tui.highlighting import agreements_involving
from alliance_tui.records import Agreement, Amount, Analysis, Deadline, Entity, Kind, Span
from alliance_tui.review.record_changes import RecordReview

MAX_MENTIONS = 12
"""The most mentions of an entity that are quoted."""
CONTEXT_LENGTH = 36
"""Characters of the text on each side of a quoted mention."""


def fields_with_review(state: ExplorerState, record: Entity | Agreement) -> list[LabelledValue]:
    """Return what the reader did with a record of the document on the screen, and its fields."""
    return [*review_fields(record_reviews(state).get(record.id)), *record_fields(state.analysis, record)]


def review_fields(review: RecordReview | None) -> list[LabelledValue]:
    """Return what the reader did with a record."""
    if review is None:
        return []
    fields = [
        ("Judgement", str(review.judgement or "")),
        ("Corrected", ", ".join(review.corrected)),
        ("Added", "by the reader" if review.added else ""),
        *(("Note", note) for note in review.notes),
        ("Tags", ", ".join(review.tags)),
        ("Changed", "its words read slightly differently now" if review.words_changed else ""),
        ("Extracted", "" if review.is_extracted else "no longer, or never"),
        ("By", f"{review.author}, {review.time[:16].replace('T', ' ')} UTC"),
    ]
    return [(label, value) for label, value in fields if value]


def record_fields(analysis: Analysis, record: Entity | Agreement) -> list[LabelledValue]:
    """Return every field of the record that has a value, with its label, in reading order."""
    fields = _entity(analysis, record) if isinstance(record, Entity) else _agreement(analysis, record)
    return [(label, " ".join(value.split())) for label, value in fields if value]


def _agreement(analysis: Analysis, record: Agreement) -> Iterator[LabelledValue]:
    cues = ", ".join(f"“{cue.quote}”" for cue in record.cues)
    yield "Title", record.title
    yield "Kind", "" if record.kind is Kind.AGREEMENT else str(record.kind)
    yield "Strength", f"{record.strength}, by the words {cues}" if cues else str(record.strength or "")
    for party in record.parties:
        yield "Parties", _with_words(party, _party_words(analysis, record, party))
    roles = record.roles.by_role().items()
    shown = ((role, names) for role, names in roles if (role, names) != ("does", record.parties))
    yield from ((role.capitalize(), ", ".join(names)) for role, names in shown)
    yield "Quote", f"“{record.evidence.quote}”"
    yield "Action", f"“{record.trigger.quote}”"
    if record.deadline:
        yield "Due", _with_words(due_label(record), record.words_of(record.deadline.span))
        yield "Between", _bounds(record.deadline)
    yield from (("Amount", _with_words(_amount(amount), record.words_of(amount.span))) for amount in record.amounts)
    role = f" ({record.instrument_role})" if record.instrument_role else ""
    yield "Instrument", f"{record.instrument}{role}" if record.instrument else ""
    yield "Field", str(record.domain or "")
    yield "Said by", record.attribution or ""
    yield "Reaffirms", "an earlier undertaking" if record.reaffirms else ""
    yield (
        "Restates",
        next((f"“{original.evidence.quote}”" for original in analysis.agreements if original.id == record.same_as), ""),
    )
    yield "Section", record.section or ""
    yield "Place", place(analysis.document, record.evidence)
    yield "Confidence", _confidence(record)
    yield "Rule", record.rule
    yield "Record", record.id


def _with_words(value: str, words: str) -> str:
    """Return a value with the words of the text that decided it, unless these are the same."""
    return value if not words or words == value else f"{value}, by “{words}”"


def _party_words(analysis: Analysis, record: Agreement, party: str) -> str:
    """Return how the evidence names a party, "" where it does not: by its name, or by words that stand for it."""
    evidence = record.evidence
    mentions = (
        mention
        for entity in analysis.entities
        if entity.name == party
        for mention in entity.mentions
        if evidence.start <= mention.span.start and mention.span.end <= evidence.end
    )
    first = min(mentions, key=lambda mention: (not mention.by_name, mention.span.start), default=None)
    return first.span.quote if first else ""


def _bounds(deadline: Deadline) -> str:
    if not deadline.earliest or not deadline.latest or deadline.earliest == deadline.latest:
        return ""
    return f"{deadline.earliest} and {deadline.latest}"


def _confidence(record: Agreement) -> str:
    """Return the probability that the record is right, in words for a low one."""
    if record.confidence is None:
        return ""
    return f"{record.confidence:.0%}{', so it may well be wrong' if is_doubtful(record) else ''}"


def _amount(amount: Amount) -> str:
    """Return an amount in figures: "200,000,000 USD for two years", "3 percent of output"."""
    preposition = "of" if amount.unit == "percent" else "for" if amount.base != "year" else "a"
    return f"{amount.value:,.15g} {amount.unit}" + (f" {preposition} {amount.base}" if amount.base else "")


def _entity(analysis: Analysis, record: Entity) -> Iterator[LabelledValue]:
    yield "Kind", str(record.type)
    yield "Named as", ", ".join(record.forms)
    involved = agreements_involving(analysis, record)
    mentions = "once" if len(record.mentions) == 1 else f"{len(record.mentions)} times"
    yield "Mentioned", f"{mentions}, in {count_noun(len(involved), 'agreement')}" if involved else mentions
    for agreement in involved:
        yield "Agreements", f"{agreement.title} ({agreement.strength or agreement.kind})"
    for mention in record.mentions[:MAX_MENTIONS]:
        yield "In the text", _context(analysis.document.text, mention.span)
    if len(record.mentions) > MAX_MENTIONS:
        yield "", f"and {len(record.mentions) - MAX_MENTIONS} more"
    yield "Record", record.id


def _context(text: str, span: Span) -> str:
    """Return a mention with whole words of the text around it."""
    start, end = max(0, span.start - CONTEXT_LENGTH), min(len(text), span.end + CONTEXT_LENGTH)
    before, after = text[start : span.start], text[span.end : end]
    if start and not text[start - 1].isspace():
        before = before.partition(" ")[2]
    if end < len(text) and not text[end].isspace():
        after = after.rpartition(" ")[0]
    marks = "… " if start else "", " …" if end < len(text) else ""
    return f"{marks[0]}{before}{span.quote}{after}{marks[1]}"
