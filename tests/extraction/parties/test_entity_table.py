"""The entities of whole documents and the parties of their noun phrases, with the real spaCy model."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline, parse_segments
from alliance_tui.extraction.parties.entity_table import EntityTable, find_entities
from alliance_tui.records import Analysis, Document, EntityType

pytestmark = pytest.mark.model

STATEMENT = """Kenya-Norway Joint Statement

President Wanjiru Otieno of Kenya and Prime Minister Nils Haugen of Norway met in Nairobi on Monday. The two \
leaders agreed to open a Harbour Repair Forum (HRF). They will meet again next year.

The HRF will be led by the Kenya Ports Agency and Norway's Ministry of Fisheries. Both sides welcomed the Lamu Accord. \
We will send two ships. The Prime Minister offered a loan, and Otieno thanked him. Nairobi will host the first meeting.
"""

NEWS = """Zephyr Motor Company said Tuesday that it will buy a plant from Borealis Group. The company will pay in cash.

Zephyr, Borealis, and Acme Holdings signed the deal. The Canadian government offered a loan.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read(nlp: Language, text: str) -> tuple[EntityTable, list[Passage]]:
    passages = list(parse_segments(nlp, text, segment(text)))
    return find_entities(Document.from_text(text, title="test"), passages), passages


def parties(table: EntityTable, passages: list[Passage], verb: str, *, nth: int = 0) -> set[str]:
    """The parties of the subject of a verb, at its nth occurrence."""
    found = [(p, t) for p in passages for t in p.doc if t.text == verb]
    passage, token = found[nth]
    subject = next(child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"})
    return set(table.resolve(passage, subject))


def forms(table: EntityTable) -> dict[str, tuple[str, ...]]:
    return {entity.name: entity.forms for entity in table.entities}


def test_an_entity_has_all_forms_of_its_name(nlp: Language) -> None:
    found = forms(read(nlp, STATEMENT)[0])
    assert set(found["Wanjiru Otieno"]) == {"Wanjiru Otieno", "Otieno"}
    assert set(found["Harbour Repair Forum"]) == {"Harbour Repair Forum", "HRF"}
    assert "Kenya Ports Agency" in found and "Lamu Accord" in found and "Ministry of Fisheries" in found


def test_a_capital_is_a_form_of_its_state_where_it_acts_and_a_place_where_it_lies(nlp: Language) -> None:
    table, _ = read(nlp, STATEMENT)
    found = forms(table)
    assert "Nairobi" in found["Kenya"]
    assert found["Nairobi"] == ("Nairobi",)


def test_entities_quote_the_text_in_order_of_first_mention(nlp: Language) -> None:
    table, _ = read(nlp, STATEMENT)
    analysis = Analysis(Document.from_text(STATEMENT, title="test"), table.entities, (), "test", "test")
    starts = [entity.mentions[0].span.start for entity in analysis.entities]
    assert starts == sorted(starts)


def test_the_council_is_mentioned_within_the_name_of_its_resolutions(nlp: Language) -> None:
    table, _ = read(nlp, "Kenya recalled UN Security Council resolutions on ports. Norway did too.")
    named = {e.name: [m.span.quote for m in e.mentions] for e in table.entities}
    assert named["United Nations Security Council resolutions"] == ["UN Security Council resolutions"]
    assert named["United Nations Security Council"] == ["UN Security Council"]
    assert [e.name for e in table.entities][-1] == "Norway"


def test_a_ministry_is_named_with_its_state(nlp: Language) -> None:
    table, _ = read(nlp, "The Ministry of Defence of the Republic of Kenya met the Kenyan Ministry of Ports.")
    assert {e.name for e in table.entities} == {
        "Ministry of Defence of the Republic of Kenya",
        "Kenyan Ministry of Ports",
    }


def test_a_place_at_the_end_of_a_longer_name_is_a_place_of_its_own(nlp: Language) -> None:
    table, _ = read(
        nlp, "The Declaration on the Conduct of Parties in the South China Sea holds in the South China Sea."
    )
    assert {e.name: e.type.value for e in table.entities} == {
        "Declaration on the Conduct of Parties in the South China Sea": "instrument",
        "South China Sea": "place",
    }


def test_a_group_mention_counts_for_each_party_and_is_no_form_of_its_name(nlp: Language) -> None:
    table, _ = read(nlp, STATEMENT)
    norway = next(entity for entity in table.entities if entity.name == "Norway")
    assert {m.span.quote for m in norway.mentions if not m.by_name} == {"The two leaders", "Both sides"}
    assert norway.forms == ("Norway",)


def test_the_states_of_title_or_opening_are_the_document_parties(nlp: Language) -> None:
    both = ("Kenya", "Norway")
    assert read(nlp, STATEMENT)[0].document_parties == both
    assert read(nlp, STATEMENT.split("\n", 2)[2])[0].document_parties == both


@pytest.mark.parametrize(
    "title",
    [
        "Joint Statement of the Leaders of Norway and the European Union",
        "Norway-EU Joint Statement",
        "Joint Statement by Norway and the EU",
    ],
)
def test_an_alliance_beside_a_state_in_a_title_is_a_document_party_too(nlp: Language, title: str) -> None:
    table, passages = read(nlp, f"{title}\n\nThe two sides agreed to open a school in Bergen. We will send teachers.")
    assert set(table.document_parties) == {"Norway", "European Union"}
    assert parties(table, passages, "agreed") == parties(table, passages, "send") == {"Norway", "European Union"}


def test_an_alliance_that_is_only_the_topic_of_a_title_is_no_document_party(nlp: Language) -> None:
    text = "Kenya and Norway Statement on the NATO Summit\n\nKenya and Norway agreed to open a school in Bergen."
    assert read(nlp, text)[0].document_parties == ("Kenya", "Norway")


def test_unnamed_firms_are_parties_by_the_words_of_the_text(nlp: Language) -> None:
    text = "Kenyan and Norwegian companies agreed on a port. Norway-based firms welcomed it."
    table, passages = read(nlp, text)
    assert parties(table, passages, "agreed") == {"Kenyan companies", "Norwegian companies"}
    assert parties(table, passages, "welcomed") == {"Norway-based firms"}


def test_the_former_and_the_latter_are_the_first_and_the_second(nlp: Language) -> None:
    text = "Norway and Kenya met. The former agreed to supply boats, while the latter will pay for fuel."
    table, passages = read(nlp, text)
    assert parties(table, passages, "agreed") == {"Norway"}
    assert parties(table, passages, "pay") == {"Kenya"}


def test_the_group_of_a_group_statement_is_the_document_party(nlp: Language) -> None:
    text = (
        "G7 Leaders’ Statement\n\nWe, the leaders of the G7, stand with Ukraine as it defends its land and its people."
    )
    assert read(nlp, text)[0].document_parties == ("G7",)


def test_the_noun_in_the_name_of_a_state_is_no_group_mention(nlp: Language) -> None:
    names, _ = read(nlp, "The United States and Kenya signed a treaty on ports in Nairobi.")
    assert {e.name: [m.span.quote for m in e.mentions] for e in names.entities if e.type is EntityType.STATE} == {
        "United States": ["United States"],
        "Kenya": ["Kenya"],
    }


@pytest.mark.parametrize("opening", ["On Tuesday", "In July", "Until Now"])
def test_an_adverbial_before_an_office_is_no_person(nlp: Language, opening: str) -> None:
    names, _ = read(nlp, f"{opening}, the Prime Minister will meet with leaders of Kenya in Nairobi.")
    assert [entity.name for entity in names.entities if entity.type is EntityType.PERSON] == []


@pytest.mark.parametrize("verb", ["met", "agreed", "welcomed", "send"])
def test_group_nouns_and_we_refer_to_the_states(nlp: Language, verb: str) -> None:
    assert parties(*read(nlp, STATEMENT), verb) == {"Kenya", "Norway"}


@pytest.mark.parametrize(
    ("verb", "party"), [("offered", "Norway"), ("thanked", "Kenya"), ("host", "Kenya"), ("led", "Harbour Repair Forum")]
)
def test_an_office_a_surname_a_capital_and_a_body_refer_to_one_party_each(nlp: Language, verb: str, party: str) -> None:
    assert parties(*read(nlp, STATEMENT), verb) == {party}


def test_they_refers_to_the_nearest_fitting_subject(nlp: Language) -> None:
    table, passages = read(nlp, STATEMENT)
    assert parties(table, passages, "meet") == {"Kenya", "Norway"}


@pytest.mark.parametrize("verb", ["buy", "pay"])
def test_it_and_the_company_refer_to_the_firm_named_before(nlp: Language, verb: str) -> None:
    assert parties(*read(nlp, NEWS), verb) == {"Zephyr Motor Company"}


def test_a_list_gives_all_its_members(nlp: Language) -> None:
    assert parties(*read(nlp, NEWS), "signed") == {"Zephyr Motor Company", "Borealis Group", "Acme Holdings"}


def test_a_list_may_be_longer_than_its_first_and(nlp: Language) -> None:
    text = "Chile, Peru, and Kenya, and the European Union agreed on a port. The port is old."
    assert parties(*read(nlp, text), "agreed") == {"Chile", "Peru", "Kenya", "European Union"}


def test_the_partners_of_a_group_refer_to_the_group(nlp: Language) -> None:
    text = "The Quad partners agreed on a plan. NATO Allies welcomed it. The Kenyan and Norwegian ministers praised it."
    table, passages = read(nlp, text)
    assert parties(table, passages, "agreed") == {"Quad"}
    assert parties(table, passages, "welcomed") == {"North Atlantic Treaty Organization"}
    assert parties(table, passages, "praised") == {"Kenya", "Norway"}
    table, passages = read(nlp, "ASEAN Member States and China agreed on a code.")
    assert parties(table, passages, "agreed") == {"Association of Southeast Asian Nations", "China"}


def test_a_government_refers_to_its_state(nlp: Language) -> None:
    assert parties(*read(nlp, NEWS), "offered") == {"Canada"}


def test_a_name_runs_over_the_line_breaks_of_wrapped_text(nlp: Language) -> None:
    text = (
        "The governments of Kenya and Norway said on Monday that they have now\n"
        "signed, after many months of patient work, the new Harbour Repair\n"
        "Agreement and that its first meeting in the capital of the north will\n"
        "be held in the spring. They have also agreed to work under the United\n"
        "Nations Convention on the Law of the Sea in all matters of the coast.\n\n"
        "The ships will be lent for two years. A second agreement, which is to\n"
        "be signed in the autumn, will cover the training of the crews and the\n"
        "cost of repairs in both ports, as the two sides have long hoped to do.\n"
    )
    found = forms(read(nlp, text)[0])
    assert "United Nations Convention on the Law of the Sea" in found
    assert "Harbour Repair Agreement" in found


def test_an_empty_document_has_no_entities(nlp: Language) -> None:
    table, _ = read(nlp, "")
    assert table.entities == () and table.document_parties == ()


def test_a_mention_by_abbreviation_has_the_canonical_name(nlp: Language) -> None:
    table, _ = read(nlp, STATEMENT)
    start = STATEMENT.index("HRF will")
    assert [mention.name for mention in table.mentions_in(start, start + 3)] == ["Harbour Repair Forum"]


def test_units_of_different_numbers_are_different_entities(nlp: Language) -> None:
    found = forms(read(nlp, "The 9th Fleet met the 4th Fleet at sea. The 9th Fleet turned back.")[0])
    assert {"9th Fleet", "4th Fleet"} <= set(found)


@pytest.mark.parametrize(
    "form", ["H.E. Joana Nhamba", "Mrs Joana Nhamba", "Joana Nhamba MP", "the Hon Joana Nhamba MP"]
)
def test_a_persons_name_has_no_forms_of_address(nlp: Language, form: str) -> None:
    table, _ = read(
        nlp, f"The letter of {form}, Minister of Energy of Angola, was read to Mr Paulo Dias and Ms Ana Ruiz."
    )
    people = [entity.name for entity in table.entities if entity.type is EntityType.PERSON]
    assert people[0] == "Joana Nhamba"
