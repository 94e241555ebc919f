"""The fields of a record that a reader may correct, and their values as JSON in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from alliance_tui.records import (
    Agreement,
    Amount,
    Deadline,
    Document,
    Domain,
    InstrumentRole,
    Kind,
    PartyRoles,
    Strength,
)
from alliance_tui.review.relocation import relocate
from alliance_tui.review.text_anchor import TextAnchor, locate, make_anchor

EVIDENCE = "evidence"
"""The field whose value is logged as an anchor."""

_TYPES: Mapping[str, Any] = {
    "kind": Kind,
    "title": str,
    "strength": Strength | None,
    "parties": tuple[str, ...],
    "reaffirms": bool,
    "deadline": Deadline | None,
    "amounts": tuple[Amount, ...],
    "instrument": str | None,
    "instrument_role": InstrumentRole | None,
    "domain": Domain | None,
    "attribution": str | None,
    "roles": PartyRoles,
}
CORRECTABLE_FIELDS = (*_TYPES, EVIDENCE)


def field_to_json(document: Document, record: Agreement, name: str) -> Any:
    """Return a field's value for the log."""
    if name == EVIDENCE:
        return msgspec.to_builtins(make_anchor(document.text, record.evidence.start, record.evidence.end))
    return msgspec.to_builtins(getattr(record, name))


def with_field(document: Document, record: Agreement, name: str, value: Any, taken_from: Agreement) -> Agreement:
    """Return the record with a field's value from the log.

    `taken_from` is the record as it was when the value was logged: spans in the value move from its evidence to the
    record's. The record stays as it is where the value cannot be used: by a later version, or evidence that is gone.
    """
    try:
        if name == EVIDENCE:
            location = locate(msgspec.convert(value, TextAnchor), document.text)
            return relocate(record, document, location.start, location.end) if location else record
        changed: Agreement = msgspec.structs.replace(taken_from, **{name: msgspec.convert(value, _TYPES[name])})
    except (msgspec.ValidationError, KeyError, ValueError):
        return record
    moved = relocate(changed, document, record.evidence.start, record.evidence.end)
    return msgspec.structs.replace(record, **{name: getattr(moved, name)})


def with_logged_value(record: Agreement, name: str, value: Any) -> Agreement:
    """Return the record with a field's value from the log, as it was in the text at that time.

    The record stays as it is where the value is by a later version, and for the evidence.
    """
    try:
        changed: Agreement = msgspec.structs.replace(record, **{name: msgspec.convert(value, _TYPES[name])})
    except (msgspec.ValidationError, KeyError, ValueError):
        return record
    return changed
