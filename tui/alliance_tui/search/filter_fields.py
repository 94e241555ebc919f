"""The names of filters on records, apart from the parser: who offers a filter need not parse a query."""

from __future__ import annotations

from enum import StrEnum


class FilterField(StrEnum):
    """The fields of filters on records, as typed before the colon."""

    PARTY = "party"
    ONLY = "only"
    WITH = "with"
    RECIPIENT = "to"
    DOES = "does"
    PAYS = "pays"
    RECEIVES = "receives"
    HOSTS = "hosts"
    STRENGTH = "strength"
    STATUS = "is"
    DEADLINE = "by"
    DUE = "due"
    AMOUNT = "amount"
    DOMAIN = "domain"
    ENTITY_TYPE = "type"
    KIND = "kind"
    INSTRUMENT = "instrument"
    ATTRIBUTION = "said"
    SECTION = "section"
    HAS = "has"
    TAG = "tag"
    NOTE = "note"
