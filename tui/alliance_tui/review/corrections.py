"""Corrections of a record's fields as a reader types them, checked against the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz, process

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.documents.text_units import stepped, words_in
from alliance_tui.errors import AllianceError
from alliance_tui.records import (
    PARTY_ROLES,
    Agreement,
    Amount,
    Analysis,
    Deadline,
    Document,
    Domain,
    InstrumentRole,
    Kind,
    PartyRoles,
    Span,
    Strength,
)
from alliance_tui.review.relocation import relocate

_MIN_SUGGESTION = 60
"""The least similarity (0 to 100) of a name that is suggested for an unknown one."""

_Choice = TypeVar("_Choice", bound=StrEnum)


class CorrectionError(AllianceError):
    """A value that the field cannot have; the sentence says what it may be."""


class ValueReaders(Struct, frozen=True):
    """The functions that read typed values, by the rules of the extraction.

    `deadline` reads EDTF or words ("by the end of next year") against the document's date, `amounts` reads sums.
    Both give the value with the span of its words in what was typed; None and nothing for what they cannot read.
    """

    deadline: Callable[[str, str | None], Deadline | None]
    amounts: Callable[[str], Sequence[Amount]]


def correct_field(analysis: Analysis, record: Agreement, name: str, typed: str, readers: ValueReaders) -> Agreement:
    """Return the record with the field as typed; an empty value clears the field.

    Raises CorrectionError if the field cannot have this value.
    """
    typed = " ".join(sanitise_line(typed).split())
    if name not in _FIELD_READERS:
        raise CorrectionError(f"There is no field {name!r} to correct: it is one of {', '.join(_FIELD_READERS)}")
    return replace(record, **{name: _FIELD_READERS[name](_Typed(typed, analysis, record, readers))})


class _Typed(Struct, frozen=True):
    """A typed value and what it is read with."""

    text: str
    analysis: Analysis
    record: Agreement
    readers: ValueReaders


def _read_title(typed: _Typed) -> str:
    if not typed.text:
        raise CorrectionError("A record has a title: type a few words")
    return typed.text


def _choice(choices: type[_Choice], what: str) -> Callable[[_Typed], _Choice | None]:
    """Return a reader of one of several values, which the beginning of its name is enough for."""

    def read(typed: _Typed) -> _Choice | None:
        if not typed.text:
            return None
        word = typed.text.lower().replace(" ", "-")
        fitting = [each for each in choices if each.value == word] or [
            each for each in choices if each.value.startswith(word)
        ]
        if len(fitting) != 1:
            raise CorrectionError(f"{typed.text!r} is no {what}: it is one of {', '.join(choices)}")
        return fitting[0]

    return read


def _read_kind(typed: _Typed) -> Kind:
    kind = _choice(Kind, "kind of record")(typed)
    if kind is None:
        raise CorrectionError(f"A record has a kind: {', '.join(Kind)}")
    return kind


def _read_parties(typed: _Typed) -> tuple[str, ...]:
    return _names(typed, typed.text)


def _names(typed: _Typed, text: str) -> tuple[str, ...]:
    """Return the names in a list; a name that has a comma itself is known as a whole, or others follow semicolons."""
    if not text:
        return ()
    whole = _known_name(typed.analysis, text)
    separator = r"\s*;\s*" if ";" in text else r"\s*,\s*"
    names = [whole] if whole else [_name(typed, each) for each in re.split(separator, text) if each]
    return tuple(dict.fromkeys(names))


def _read_roles(typed: _Typed) -> PartyRoles:
    roles: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"\s*;\s*", typed.text) if typed.text else ():
        role, colon, names = part.partition(":")
        fitting = [each for each in PARTY_ROLES if role.strip() and each.startswith(role.strip().lower())]
        if not colon or len(fitting) != 1:
            example = "“pays: Japan; receives: Fiji, Samoa”"
            raise CorrectionError(f"{part!r} says no part: type {', '.join(PARTY_ROLES)} and who, as in {example}")
        roles[fitting[0]] = _names(typed, names.strip())
    return PartyRoles(**roles)


def _read_name(typed: _Typed) -> str | None:
    return _name(typed, typed.text) if typed.text else None


def _name(typed: _Typed, name: str) -> str:
    """Return the canonical name of an entity of the document, or words that the text has."""
    if known := _known_name(typed.analysis, name):
        return known
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", " ".join(typed.analysis.document.text.split()), re.IGNORECASE):
        return name
    names = [entity.name for entity in typed.analysis.entities]
    similar = process.extractOne(name, names, scorer=fuzz.WRatio, score_cutoff=_MIN_SUGGESTION)
    hint = f"did you mean {similar[0]}?" if similar else "add it as an entity first"
    raise CorrectionError(f"Neither an entity nor the text has the name {name!r}: {hint}")


def _known_name(analysis: Analysis, name: str) -> str | None:
    folded = name.casefold()
    by_name = (entity.name for entity in analysis.entities if entity.name.casefold() == folded)
    by_form = (e.name for e in analysis.entities if any(form.casefold() == folded for form in e.forms))
    return next(by_name, None) or next(by_form, None)


def _read_deadline(typed: _Typed) -> Deadline | None:
    if not typed.text:
        return None
    document = typed.analysis.document
    deadline = typed.readers.deadline(typed.text, document.date)
    if deadline is None:
        raise CorrectionError(f"{typed.text!r} is no date: type EDTF (2027-06, 2025/2027) or words (“by June 2027”)")
    return replace(deadline, span=_words_in_text(document, typed.record, deadline.span.quote))


def _read_amounts(typed: _Typed) -> tuple[Amount, ...]:
    if not typed.text:
        return ()
    amounts = typed.readers.amounts(typed.text)
    if not amounts:
        raise CorrectionError(f"{typed.text!r} is no amount: type it as in “2.9 billion dollars” or “3 percent of GDP”")
    document = typed.analysis.document
    return tuple(replace(each, span=_words_in_text(document, typed.record, each.span.quote)) for each in amounts)


def _words_in_text(document: Document, record: Agreement, words: str) -> Span:
    """Return where the words are in the evidence or near it; the evidence where they are not."""
    evidence = record.evidence
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for start, end in (
        (evidence.start, evidence.end),
        (max(0, evidence.start - _NEAR), min(len(document.text), evidence.end + _NEAR)),
    ):
        if match := pattern.search(document.text, start, end):
            return document.span(*match.span())
    return evidence


_NEAR = 300
"""Characters on each side of the evidence in which a corrected value's words are looked for."""


def _read_reaffirms(typed: _Typed) -> bool:
    if typed.text.lower() not in _YES_OR_NO:
        raise CorrectionError(f"{typed.text!r} is neither yes nor no")
    return _YES_OR_NO[typed.text.lower()]


_YES_OR_NO = {"": False, "no": False, "false": False, "yes": True, "true": True}

_FIELD_READERS: Mapping[str, Callable[[_Typed], object]] = {
    "title": _read_title,
    "kind": _read_kind,
    "strength": _choice(Strength, "strength"),
    "parties": _read_parties,
    "deadline": _read_deadline,
    "amounts": _read_amounts,
    "instrument": _read_name,
    "instrument_role": _choice(InstrumentRole, "role of an instrument"),
    "domain": _choice(Domain, "domain"),
    "attribution": _read_name,
    "roles": _read_roles,
    "reaffirms": _read_reaffirms,
}
TYPED_FIELDS = tuple(_FIELD_READERS)
"""The fields that are corrected by typing a value."""


def typed_value(record: Agreement, name: str) -> str:
    """Return a field's value as it would be typed."""
    value = getattr(record, name)
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Deadline():
            return value.edtf
        case PartyRoles():
            return "; ".join(f"{role}: {', '.join(names)}" for role, names in value.by_role().items())
        case tuple():
            return "; ".join(_typed_amount(record, each) if isinstance(each, Amount) else str(each) for each in value)
    return str(value)


def _typed_amount(record: Agreement, amount: Amount) -> str:
    base = f" of {amount.base}" if amount.base else ""
    return record.words_of(amount.span) or f"{amount.value:,.15g} {amount.unit}{base}"


def step_strength(record: Agreement, by: int) -> Agreement:
    """Return the record `by` steps higher or lower on the ladder, which ends at both ends; without one, at its foot."""
    ladder = list(Strength)
    rank = min(max(record.strength.rank + by, 0), len(ladder) - 1) if record.strength else 0
    return replace(record, strength=ladder[rank])


def move_evidence(document: Document, record: Agreement, *, start: int = 0, end: int = 0) -> Agreement:
    """Return the record with the ends of its evidence moved by so many words, back or forward.

    The evidence keeps its trigger, or a word where its trigger is all of it, and neither end leaves the paragraph or
    takes in closing punctuation.
    """
    evidence, text = record.evidence, document.text
    trigger = record.trigger
    latest_start, earliest_end = trigger.start, trigger.end
    if trigger == evidence:
        latest_start, earliest_end = evidence.end - 1, evidence.start + 1
    first = text.rfind("\n", 0, evidence.start) + 1
    last = text.find("\n", evidence.end)
    words = words_in(text, first, last if last >= 0 else len(text))
    starts = [begin for begin, _ in words if begin <= latest_start]
    ends = [stop for _, stop in words if stop >= earliest_end]
    new_start = stepped(starts, evidence.start, start)
    new_end = stepped(ends, evidence.end, end)
    return relocate(record, document, new_start, new_end) if new_start < new_end else record
