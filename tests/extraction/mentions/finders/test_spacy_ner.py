"""spaCy entities that are names, and those that are none."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.spacy_ner import is_plausible_name, without_things
from alliance_tui.records import EntityType


def test_a_group_noun_is_no_organisation() -> None:
    allies, firm = (
        EntityMention(0, 9, name, EntityType.ORGANISATION) for name in ("European Allies", "Lantern Partners")
    )
    assert not is_plausible_name(allies, frozenset())
    assert is_plausible_name(firm, frozenset())


@pytest.mark.parametrize("name", ["International Relations", "Budget Request", "Eurasian Affairs", "Protected Status"])
def test_a_field_a_status_or_a_paper_is_no_name(name: str) -> None:
    assert not is_plausible_name(EntityMention(0, len(name), name, EntityType.ORGANISATION), frozenset())


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        pytest.param("The Beatles will play. Fans of the Beatles came.", "Beatles", False, id="always with an article"),
        pytest.param("The Otieno plan is new. Ana Otieno leads.", "Otieno", True, id="once without one"),
        pytest.param("In Rowe v. Ward the court ruled.", "Rowe", False, id="first party of a case"),
        pytest.param("In Rowe vs. Ward the court ruled.", "Ward", False, id="second party of a case"),
        pytest.param("Representative, U. S. Mission", "U.", False, id="initial"),
        pytest.param("We met Rowe and Ward.", "Ward", True, id="a name"),
    ],
)
def test_what_the_text_does_not_use_as_a_persons_name_is_no_person(text: str, name: str, kept: bool) -> None:
    starts = [i for i in range(len(text)) if text.startswith(name, i)]
    mentions = [EntityMention(i, i + len(name), name, EntityType.PERSON) for i in starts]
    assert bool(without_things(text, mentions)) is kept
