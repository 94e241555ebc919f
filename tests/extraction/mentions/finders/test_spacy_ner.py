"""spaCy entities that are names, and those that are none."""

from __future__ import annotations

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.spacy_ner import is_plausible_name
from alliance_tui.records import EntityType


def test_a_group_noun_is_no_organisation() -> None:
    allies, firm = (
        EntityMention(0, 9, name, EntityType.ORGANISATION) for name in ("European Allies", "Lantern Partners")
    )
    assert not is_plausible_name(allies, frozenset())
    assert is_plausible_name(firm, frozenset())
