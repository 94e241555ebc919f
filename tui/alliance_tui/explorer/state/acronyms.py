"""The acronyms by which a document calls those who may be parties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Analysis, EntityType

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,7}")


@cache_by_identity
def acronyms_of(analysis: Analysis) -> Mapping[str, str]:
    """Return the acronyms of a document's entities, by canonical name."""
    return {
        entity.name: form
        for entity in analysis.entities
        if entity.type not in (EntityType.STATE, EntityType.PERSON, EntityType.PLACE)
        for form in entity.forms[::-1]
        if _ACRONYM.fullmatch(form) and len(form) < len(entity.name)
    }
