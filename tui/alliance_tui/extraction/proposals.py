"""A record as it might be extracted from a passage that the reader chose, whether or not the classifier found one.

The fields come from words alone, without a parse: they are proposals for the reader to correct.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.commitments.fields.domains import domain_scores
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.dates.deadlines import find_deadlines
from alliance_tui.records import (
    Agreement,
    Analysis,
    Document,
    Domain,
    EntityType,
    Kind,
    Span,
    Strength,
    record_id,
)

_RULE = "reader"
_PARTY_TYPES = frozenset((EntityType.STATE, EntityType.ORGANISATION))
_INSTRUMENT_TYPES = frozenset((EntityType.INSTRUMENT, EntityType.PROGRAMME))
_WORD = re.compile(r"[\w’'-]+")
_TITLE_LENGTH = 120


def propose_record(analysis: Analysis, start: int, end: int) -> Agreement:
    """Return an agreement with `text[start:end]` as its evidence. Raises ValueError for an empty span."""
    document = analysis.document
    evidence = document.span(start, end)
    found = list(_cues(document, start, end))
    trigger = _trigger(document, start, end, found)
    names = [
        (mention.span.start, entity.name, entity.type)
        for entity in analysis.entities
        for mention in entity.mentions
        if start <= mention.span.start and mention.span.end <= end
    ]
    parties = [name for _, name, type_ in sorted(names) if type_ in _PARTY_TYPES]
    instruments = [name for _, name, type_ in sorted(names) if type_ in _INSTRUMENT_TYPES]
    deadlines = find_deadlines(document.text, start, end, document.date)
    strengths = [strength for _, strength in found]
    scores = domain_scores([(evidence.quote, 1.0)])
    domain = max(scores, key=lambda each: scores[each])
    return Agreement(
        id=record_id(document, _RULE, evidence, trigger),
        kind=Kind.AGREEMENT,
        title=_title(document, trigger.start, end),
        evidence=evidence,
        trigger=trigger,
        rule=_RULE,
        strength=min(strengths, key=lambda strength: strength.rank, default=Strength.COMMITTED),
        parties=tuple(dict.fromkeys(parties)),
        deadline=deadlines[0] if deadlines else None,
        amounts=tuple(find_amounts(document.text, start, end)),
        instrument=instruments[0] if instruments else None,
        domain=domain if scores[domain] else Domain.OTHER,
        cues=tuple(cue for cue, _ in found if cue != trigger),
        page=document.page_of(start),
    )


def _cues(document: Document, start: int, end: int) -> Iterator[tuple[Span, Strength]]:
    known = _cue_strengths()
    for match in _WORD.finditer(document.text, start, end):
        if strength := known.get(match[0].lower()):
            yield document.span(*match.span()), strength


def _trigger(document: Document, start: int, end: int, found: list[tuple[Span, Strength]]) -> Span:
    """Return the first event verb after the first cue; else the first one, the word after the cue, the longest word."""
    words = [match.span() for match in _WORD.finditer(document.text, start, end)]
    after = found[0][0].end if found else start
    verbs = _event_verbs()
    events = [span for span in words if document.text[slice(*span)].lower() in verbs]
    later = [span for span in words if found and span[0] >= after and document.text[slice(*span)].lower() != "to"]
    longest = max(words, key=lambda span: span[1] - span[0], default=(start, end))
    chosen = next((span for span in events if span[0] >= after), None) or next(iter((*events, *later)), longest)
    return document.span(*chosen)


def _title(document: Document, start: int, end: int) -> str:
    words = " ".join(document.text[start:end].split())
    cut = words if len(words) <= _TITLE_LENGTH else words[:_TITLE_LENGTH].rsplit(" ", 1)[0]
    return cut[:1].upper() + cut[1:]


@cache
def _cue_strengths() -> dict[str, Strength]:
    """Return the strength of each word form of a cue."""
    known = cues()
    strengths = dict.fromkeys(known.forms.commissive_modals, Strength.COMMITTED)
    strengths |= {form: Strength.EXPLORED for verb in known.exploration_verbs for form in _forms(verb)}
    for ladder in (known.commissive_adjectives, known.commissive_verbs):
        strengths |= {form: strength for lemma, strength in ladder.items() for form in _forms(lemma)}
    return strengths


@cache
def _event_verbs() -> frozenset[str]:
    known = cues()
    ladders = (known.event_verbs, known.progressive_event_verbs)
    return frozenset(form for ladder in ladders for lemma in ladder for form in _forms(lemma))


def _forms(lemma: str) -> Iterator[str]:
    """Yield the regular forms of a verb."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    yield from (
        lemma,
        f"{lemma}s",
        f"{stem}es",
        f"{stem}ed",
        f"{stem}ing",
        f"{lemma}{lemma[-1]}ed",
        f"{lemma}{lemma[-1]}ing",
    )
    if lemma.endswith("y"):
        yield from (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied")
