"""Corrections of entities, which records follow."""

from __future__ import annotations

from alliance_tui.records import Analysis, EntityType
from alliance_tui.review import steps
from alliance_tui.review.entry import Entry, begin_step
from alliance_tui.review.reviewed_analysis import review_analysis
from tests.support import builders

ANALYSIS = builders.analysis()
DUARTE, PORTUGAL, HOLM, DENMARK, CENTRE, PORTO = ANALYSIS.entities[:6]
STEP = begin_step(ANALYSIS.document, "ada")


def after(*log: Entry, analysis: Analysis = ANALYSIS) -> Analysis:
    return review_analysis(analysis, log).analysis


def names(analysis: Analysis) -> list[str]:
    return [entity.name for entity in analysis.entities]


def test_a_renamed_entity_has_its_new_name_in_all_records() -> None:
    changed = after(*steps.rename(STEP, PORTUGAL, "Portuguese Republic"))
    assert "Portuguese Republic" in names(changed)
    assert changed.agreements[0].parties == ("Portuguese Republic", "Denmark")
    changed = after(*steps.rename(STEP, HOLM, "Holm, Mikkel"))
    assert changed.agreements[1].attribution == "Holm, Mikkel"
    changed = after(*steps.rename(STEP, CENTRE, "Cable Centre"))
    assert changed.agreements[0].instrument == "Cable Centre"


def test_joined_entities_are_one_party() -> None:
    changed = after(*steps.join(STEP, DENMARK, PORTUGAL))
    assert "Denmark" not in names(changed)
    assert changed.agreements[0].parties == ("Portugal",)
    joined = changed.entities[names(changed).index("Portugal")]
    assert {mention.span.quote for mention in joined.mentions} == {"Portugal", "Lisbon", "Denmark", "Copenhagen"}
    starts = [mention.span.start for mention in joined.mentions]
    assert starts == sorted(starts)


def test_renaming_to_another_entitys_name_joins_them() -> None:
    assert after(*steps.rename(STEP, DENMARK, "Portugal")) == after(*steps.join(STEP, DENMARK, PORTUGAL))


def test_a_form_is_parted_from_its_entity() -> None:
    changed = after(*steps.part(STEP, PORTUGAL, ["Lisbon"], "Lisbon", EntityType.PLACE))
    lisbon = changed.entities[names(changed).index("Lisbon")]
    assert lisbon.type is EntityType.PLACE
    assert {mention.span.quote for mention in lisbon.mentions} == {"Lisbon"}
    assert changed.entities[names(changed).index("Portugal")].forms == ("Portugal",)


def test_the_last_form_cannot_be_parted() -> None:
    assert after(*steps.part(STEP, PORTO, ["Porto"], "Oporto", EntityType.PLACE)) == ANALYSIS


def test_an_entity_gets_another_type_or_is_dropped() -> None:
    changed = after(*steps.retype(STEP, PORTO, EntityType.ORGANISATION))
    assert changed.entities[names(changed).index("Porto")].type is EntityType.ORGANISATION
    assert "Porto" not in names(after(*steps.drop(STEP, PORTO)))


def test_an_added_form_is_found_in_the_text() -> None:
    changed = after(*steps.add_form(STEP, PORTUGAL, "Leixões"))
    portugal = changed.entities[names(changed).index("Portugal")]
    assert "Leixões" in portugal.forms
    assert "Leixões" in {mention.span.quote for mention in portugal.mentions}
    assert after(*steps.add_form(STEP, PORTUGAL, "Atlantis")) == ANALYSIS


def test_a_longer_form_takes_the_place_of_the_mentions_inside_it() -> None:
    changed = after(*steps.add_form(STEP, PORTUGAL, "Duarte of Portugal"))
    portugal = changed.entities[names(changed).index("Portugal")]
    quotes = [mention.span.quote for mention in portugal.mentions]
    assert quotes.count("Portugal") == sum(m.span.quote == "Portugal" for m in PORTUGAL.mentions) - 1
    assert quotes.count("Duarte of Portugal") == 1


def test_steps_build_on_one_another() -> None:
    renamed = after(*steps.rename(STEP, PORTUGAL, "Lusitania"))
    lusitania = renamed.entities[names(renamed).index("Lusitania")]
    log = steps.rename(STEP, PORTUGAL, "Lusitania") + steps.retype(STEP, lusitania, EntityType.PLACE)
    changed = after(*log)
    assert changed.entities[names(changed).index("Lusitania")].type is EntityType.PLACE


def test_what_counts_everywhere_counts_in_another_document() -> None:
    other = builders.analysis(builders.document(builders.ACCORD + "One more line.\n"))
    changed = after(*steps.rename(STEP, PORTUGAL, "Lusitania", everywhere=True), analysis=other)
    assert changed.agreements[0].parties == ("Lusitania", "Denmark")


def test_an_entity_that_is_not_there_changes_nothing() -> None:
    assert after(*steps.drop(STEP, PORTO), *steps.rename(STEP, PORTO, "Oporto")).agreements == ANALYSIS.agreements
