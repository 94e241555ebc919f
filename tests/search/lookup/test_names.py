"""Names of states and organisations, acronyms of the field, and what a document's own names stand for."""

from __future__ import annotations

import pytest

from alliance_tui.records import Analysis, Document, Entity, EntityType, Mention
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex


def matched(text: str, query: str) -> list[str]:
    return [text[m.start : m.end] for m in search(SearchIndex.build(text, None), query, typing=False).text]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The U.S. and the DPRK met.", "usa", ["U.S."]),
        ("The U.S. and the DPRK met.", "north korea", ["DPRK"]),
        ("The U.S. and American firms met us.", "united states", ["U.S.", "American"]),
        ("North Korea and the Republic of Korea met.", "south korea", ["Republic of Korea"]),
        ("The Democratic People’s Republic of Korea met the ROK.", "rok", ["ROK"]),
        ("Guinea met Papua New Guinea.", "papua new guinea", ["Papua New Guinea"]),
        ("Sudan met South Sudan.", "south sudan", ["South Sudan"]),
        ("A car of the Central African Republic.", "central african republic", ["Central African Republic"]),
        ("The European Union paid.", "eu", ["European Union"]),
        ("An MoU and two memoranda of understanding.", "mou", ["MoU", "memoranda of understanding"]),
        ("Letters of intent; an LOI.", "letter of intent", ["Letters of intent", "LOI"]),
        ("Unmanned aerial vehicles and UAVs.", "uav", ["Unmanned aerial vehicles", "UAVs"]),
        ("Artificial intelligence and AI; an aim, air.", "ai", ["Artificial intelligence", "AI"]),
        ("The Nuclear Non-Proliferation Treaty holds.", "npt", ["Nuclear Non-Proliferation Treaty"]),
        ("The BWC holds.", "biological weapons convention", ["BWC"]),
        ("Money for R&D.", "research and development", ["R&D"]),
        ("A quantum key exchange (QKE) began. The QKE ended.", "qke", ["quantum key exchange", "QKE", "QKE"]),
        ("They use it for us.", "us", ["us"]),
        ("The Millet Nuclear Power Plant runs.", "NPP", ["Nuclear Power Plant"]),
        ("The U.N. Refugee Agency paid.", "unhcr", ["U.N. Refugee Agency"]),
        ("UNIFIL stays.", "united nations interim force in lebanon", ["UNIFIL"]),
        (
            "The International Labor Organization met the ILO.",
            "international labour organisation",
            ["International Labor Organization", "ILO"],
        ),
        ("IRGC ships.", "islamic revolutionary guard corps", ["IRGC"]),
        ("E.O. 14 and an executive order.", "executive order", ["E.O.", "executive order"]),
        ("Non-communicable diseases.", "ncd", ["Non-communicable diseases"]),
        ("Water sanitation and hygiene.", "wash", []),
        ("Water sanitation and hygiene.", "WASH", ["Water sanitation and hygiene"]),
        ("Water, sanitation and hygiene (WASH).", "wash", ["Water, sanitation and hygiene", "WASH"]),
        ("Guinea met Papua New Guinea.", "guinea", ["Guinea"]),
        ("Papua New Guinea met.", "guinea", ["Guinea"]),
        ("American aid for Central American states; inter-American talks.", "usa", ["American"]),
        ("American aid for Latin America.", "united states", ["American"]),
    ],
)
def test_a_name_means_all_its_forms(text: str, query: str, found: list[str]) -> None:
    assert matched(text, query) == found


def test_a_name_is_also_found_by_the_words_before_its_of_if_no_other_has_them() -> None:
    text = "The Millet Export Bank of Karhia (MEBK) and the Rye Fund of Sund. MEBK lent, the Rye Fund of Osk paid."
    document = Document.from_text(text, title="")

    def entity(name: str, *forms: str) -> Entity:
        mentions = tuple(Mention(document.span(text.index(f), text.index(f) + len(f))) for f in forms)
        return Entity(name, name, EntityType.ORGANISATION, forms, mentions)

    organisations = (
        entity("Millet Export Bank of Karhia", "Millet Export Bank of Karhia", "MEBK"),
        entity("Rye Fund of Sund", "Rye Fund of Sund"),
        entity("Rye Fund of Osk", "Rye Fund of Osk"),
    )
    index = SearchIndex.build(text, Analysis(document, organisations, (), "hand", "none"))
    for query, found in (
        ("millet export bank", ["Millet Export Bank", "MEBK", "MEBK"]),
        ("rye fund", ["Rye", "Fund", "Rye", "Fund"]),
    ):
        assert [text[m.start : m.end] for m in search(index, query, typing=False).text] == found


def test_a_capital_only_stands_for_its_state() -> None:
    text = "Portugal agreed. Lisbon paid. The Portuguese left."
    document = Document.from_text(text, title="")
    mentions = tuple(
        Mention(document.span(text.index(form), text.index(form) + len(form))) for form in ("Portugal", "Lisbon")
    )
    state = Entity("e", "Portugal", EntityType.STATE, ("Portugal", "Lisbon"), mentions)
    index = SearchIndex.build(text, Analysis(document, (state,), (), "hand", "none"))
    for query, found in (("portugal", ["Portugal", "Portuguese"]), ("lisbon", ["Lisbon"])):
        assert [text[m.start : m.end] for m in search(index, query, typing=False).text] == found


def test_a_full_name_lights_no_namesake() -> None:
    text = "Mary Lee spoke. Lee smiled. John Lee left."
    document = Document.from_text(text, title="")
    first = tuple(Mention(document.span(start, end)) for start, end in ((0, 8), (16, 19)))
    second = (Mention(document.span(28, 36)),)
    people = (
        Entity("a", "Mary Lee", EntityType.PERSON, ("Mary Lee", "Lee"), first),
        Entity("b", "John Lee", EntityType.PERSON, ("John Lee",), second),
    )
    index = SearchIndex.build(text, Analysis(document, people, (), "hand", "none"))
    assert [(m.start, m.end) for m in search(index, "mary lee", typing=False).text] == [(0, 8), (16, 19)]


def test_a_name_of_a_person_counts_in_the_name_of_an_office_too_and_in_that_of_a_firm_not() -> None:
    text = "Mary Vimes spoke. The Vimes Administration paid the Vimes Company."
    document = Document.from_text(text, title="")
    mentions = (Mention(document.span(0, 10)),)
    person = Entity("a", "Mary Vimes", EntityType.PERSON, ("Mary Vimes", "Vimes"), mentions)
    index = SearchIndex.build(text, Analysis(document, (person,), (), "hand", "none"))
    assert [(m.start, m.end) for m in search(index, "mary vimes", typing=False).text] == [(0, 10), (22, 27)]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The women met.", "woman", ["women"]),
        ("They undertook it.", "undertake", ["undertook"]),
        ("Recognizing this, we recognize it.", "recognise", ["Recognizing", "recognize"]),
        ("Two programs.", "programme", ["programs"]),
        ("A paediatric ward.", "pediatric", ["paediatric"]),
        ("Crises came.", "crisis", ["Crises"]),
        ("In other fora.", "forum", ["fora"]),
        ("Two consortia.", "consortium", ["consortia"]),
        ("A Ford.", "fora", []),
        ("Its denuclearization began.", "denuclearise", ["denuclearization"]),
        ("They modernize.", "modernisation", ["modernize"]),
        ("Its modernization began.", "modernise", ["modernization"]),
        ("The airspace is closed to air traffic.", "air space", ["airspace"]),
        ("Air defense in airspace and space.", "air space", ["airspace"]),
        ("Air in space.", "air space", ["Air", "space"]),
        ("The Acts of action.", "act", ["Acts"]),
        ("Supply chains and a supply-chain.", "supplychain", ["Supply chains", "supply-chain"]),
        ("Semiconductors.", "semi conductor", ["Semiconductors"]),
        ("People-to-people ties of people.", "people to people", ["People-to-people"]),
    ],
)
def test_inflections_spellings_and_compounds(text: str, query: str, found: list[str]) -> None:
    assert matched(text, query) == found
