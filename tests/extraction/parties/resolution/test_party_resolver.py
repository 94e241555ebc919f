"""Party resolution: the parties of a noun phrase."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline
from tests.support.entity_extraction import read_with_passages

pytestmark = pytest.mark.model

NATO = "North Atlantic Treaty Organization"
KENYA_NORWAY = "Joint Statement by Kenya and Norway\n\nKenya and Norway met in Lamu to speak of ports and ferries. "
KENYA_SPEAKS = (
    "Statement by the Government of Kenya\n\nThe Government of Kenya spoke to the press in Lamu on a Monday. "
)
LIGHTHOUSES = "Convention on Lighthouses\n\nThe States Parties to this Convention,\nHave agreed as follows:\n\n"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.mark.parametrize(
    ("text", "head", "names"),
    [
        ("Norway and Kenya met.", "Norway", ("Norway", "Kenya")),
        ("The Italian company, Fiat, agreed.", "company", ("Fiat",)),
        ("President Otieno of Kenya spoke.", "President", ()),
        ("The leaders of Norway and Kenya met.", "leaders", ("Norway", "Kenya")),
        ("U.S. officials met.", "officials", ("United States",)),
        ("Norway’s promise that it will pay was kept.", "it", ("Norway",)),
        ("President Otieno of Kenya pledged that we will pay.", "we", ("Kenya",)),
        (f"{KENYA_SPEAKS}We will pay.", "We", ("Kenya",)),
        ("Norway and Kenya met. They will meet again.", "They", ("Norway", "Kenya")),
        ("Norway met NATO. It met our Allies.", "Allies", (NATO,)),
        ("President Nils Haugen of Norway came. The President spoke.", "President", ("Norway",)),
        ("Zephyr Motor Company won. The company will pay.", "company", ("Zephyr Motor Company",)),
        ("The Kenya Ports Authority met. The Ports Act is new. It will raise fees.", "It", ()),
        (f"{KENYA_SPEAKS}My Administration will pay.", "Administration", ("Kenya",)),
        (f"{LIGHTHOUSES}The receiving State shall pay.", "receiving", ("Receiving State",)),
        (f"{KENYA_NORWAY}The Chiefs of Defence met.", "Chiefs", ("Kenya", "Norway")),
        (f"{KENYA_NORWAY}The Central Authorities met.", "Authorities", ("Kenya", "Norway")),
        (f"{KENYA_SPEAKS}Norway came. The two ministers met.", "ministers", ("Kenya", "Norway")),
        ("Norway met the Secretary of Commerce.", "Secretary", ("United States",)),
        ("Norway and Kenya met. Over 190 countries came.", "countries", ("Over 190 countries",)),
    ],
)  # fmt: skip
def test_a_noun_phrase_is_resolved_by_the_first_resolver_that_applies(
    nlp: Language, text: str, head: str, names: tuple[str, ...]
) -> None:
    table, passages = read_with_passages(nlp, text)
    last = [(passage, token) for passage in passages for token in passage.doc if token.text == head][-1]
    assert table.resolve(*last) == names


def test_a_word_for_no_party_is_not_resolved(nlp: Language) -> None:
    table, (passage,) = read_with_passages(nlp, "Norway will open a port.")
    assert table.resolve(passage, passage.doc[4]) == ()


def test_each_in_a_chain_of_group_nouns_refers_to_the_parties_named_before_it(nlp: Language) -> None:
    text = "Norway and Kenya met. " + "The two sides spoke at length. " * 12
    table, (passage,) = read_with_passages(nlp, text)
    sides = [token for token in passage.doc if token.text == "sides"]
    assert {table.resolve(passage, token) for token in sides} == {("Norway", "Kenya")}


def test_beside_one_of_two_document_parties_whoever_acts_is_the_other_s(nlp: Language) -> None:
    text = f"{KENYA_NORWAY}Kenya and Per Lund of a port authority met. They will build a ferry."
    table, passages = read_with_passages(nlp, text)
    they = next((passage, token) for passage in passages for token in passage.doc if token.text == "They")
    assert table.resolve(*they) == ("Kenya", "Norway")
