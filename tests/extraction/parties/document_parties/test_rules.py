"""Document parties: those that a title, an opening or a transcript gives, and the rule that finds them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline
from tests.support.entity_extraction import read, read_with_passages

pytestmark = pytest.mark.model

PACT = """The members of the pact — Chile, Peru, Ecuador, Colombia, and Panama — met in Lima. We will share charts.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def test_the_declared_title_gives_the_document_parties(nlp: Language) -> None:
    text = "We met today to mark 200 years of friendship with Peru. We will open a clinic."
    assert set(read(nlp, text, "Joint Statement of the Presidents of Chile and Peru").document_parties) == {
        "Chile",
        "Peru",
    }


def test_states_in_a_long_enumeration_before_the_verb_are_document_parties(nlp: Language) -> None:
    assert set(read(nlp, PACT).document_parties) == {"Chile", "Peru", "Ecuador", "Colombia", "Panama"}


def test_a_surname_is_that_of_the_leader_whose_state_the_text_names(nlp: Language) -> None:
    text = "Prime Minister Lee of Singapore said that Singapore will buy two ships. Singapore is glad, Lee said."
    assert "Lee Hsien Loong" in {entity.name for entity in read(nlp, text).entities}


def test_the_place_in_a_title_is_no_document_party(nlp: Language) -> None:
    text = "The 2031 NATO Summit in Oslo\n\nAllied leaders will endorse a plan for the defence of ports in the north."
    assert read(nlp, text).document_parties == ("North Atlantic Treaty Organization",)


def test_a_small_group_whose_members_are_all_named_is_replaced_by_them(nlp: Language) -> None:
    named = "Australia, the United Kingdom and the United States met in Perth. AUKUS will fund a dock."
    assert set(read(nlp, named).document_parties) == {"Australia", "United Kingdom", "United States"}
    table, passages = read_with_passages(nlp, named)
    (passage, word) = next((p, t) for p in passages for t in p.doc if t.text == "AUKUS")
    assert set(table.resolve(passage, word)) == {"Australia", "United Kingdom", "United States"}


def test_a_group_is_not_expanded_where_some_members_are_not_named(nlp: Language) -> None:
    text = "Australia welcomed the guests. AUKUS will fund a dock."
    table, passages = read_with_passages(nlp, text)
    (passage, word) = next((p, t) for p in passages for t in p.doc if t.text == "AUKUS")
    assert table.resolve(passage, word) == ("AUKUS",)


def test_the_parties_may_be_in_a_title_line_below_the_issuer(nlp: Language) -> None:
    text = (
        "Ministry of External Affairs\nGovernment of Chile\n\nChile - Kenya Joint Statement on the State Visit\n\n"
        "20 February 2031\n\nBoth leaders agreed to set up a joint school for divers in Arica within two years.\n"
    )
    assert read(nlp, text).document_parties == ("Chile", "Kenya")


def test_a_group_and_a_state_are_the_parties_of_their_summit(nlp: Language) -> None:
    text = (
        "CHAIRMAN'S STATEMENT OF THE 5th ASEAN-CANADA SUMMIT\n\nManila, the Philippines, 27 October 2031\n\n"
        "We agreed to hold the dialogue on coast guards every year, and to share what we learn from it in public.\n"
    )
    assert read(nlp, text).document_parties == ("Association of Southeast Asian Nations", "Canada")


def parties_of(nlp: Language, text: str, words: str) -> tuple[str, ...]:
    """The parties of the noun phrase that ends in these words."""
    table, passages = read_with_passages(nlp, text)
    passage = next(p for p in passages if words in p.doc.text)
    return table.resolve(passage, next(t for t in passage.doc if t.text == words.split()[-1]))


@pytest.mark.parametrize(
    "office",
    [
        "Ms. OTIENO Grace, Minister for Foreign Affairs of Kenya,",
        "The Honourable Grace Otieno, Minister of Foreign Affairs of the Republic of Kenya,",
        "H.E. Dr. Grace Otieno, President of the United Republic of Kenya,",
    ],
)
def test_an_office_after_the_name_gives_the_state_that_its_holder_represents(nlp: Language, office: str) -> None:
    text = f"{office} met the press in Lamu on Monday. Later that day Minister Otieno opened the port of Lamu.\n"
    assert parties_of(nlp, text, "Minister Otieno") == ("Kenya",)


def test_the_official_without_a_party_represents_the_party_without_an_official(nlp: Language) -> None:
    text = (
        "Joint Statement of Chile and Kenya\n\nKenyan President Grace Otieno and Prime Minister Shri Raul Vega met.\n"
        "Prime Minister Vega announced a loan of 20 million dollars for the port of Lamu, to be paid next year.\n"
    )
    assert parties_of(nlp, text, "Prime Minister Vega") == ("Chile",)


def test_a_title_in_capitals_gives_the_states_of_the_speakers(nlp: Language) -> None:
    text = (
        "REMARKS BY PRESIDENT OTIENO OF KENYA AND PRIME MINISTER VEGA OF CHILE IN JOINT PRESS CONFERENCE\n\n"
        "PRESIDENT OTIENO: We will build a school for divers in Lamu.\n\n"
        "PRIME MINISTER VEGA: I will send forty teachers to Lamu next year.\n"
    )
    assert parties_of(nlp, text, "I") == ("Chile",)


def test_heads_of_government_are_no_entity_and_refer_to_their_community(nlp: Language) -> None:
    text = (
        "COMMUNIQUÉ OF THE HEADS OF GOVERNMENT OF THE CARIBBEAN COMMUNITY\n\nCastries, 20 February 2031\n\n"
        "The Prime Minister of Saint Lucia chaired the proceedings, which were held in Castries in February.\n\n"
        "Heads of Government agreed to establish a seed bank in Roseau before the end of the year.\n"
    )
    assert parties_of(nlp, text, "Heads") == ("Caribbean Community",)
    assert "Heads of Government" not in {entity.name for entity in read(nlp, text).entities}


@pytest.mark.parametrize(
    ("title", "opening", "document_parties", "rule"),
    [
        pytest.param(
            "Joint Statement by the G7 Announcing Further Costs on Norland",
            "We the Leaders of the Group of Seven (G7) remain resolved to act. Peru met us in Lima.",
            ("G7",),
            "self-identified",
            id="a group that says who it is",
        ),
        pytest.param(
            "Joint Statement on the Fisheries of Iceland",
            "We, the President of Chile and the Prime Minister of Peru, met in Lima and spoke of fish at some length.",
            ("Chile", "Peru"),
            "self-identified",
            id="offices that say who they are",
        ),
        pytest.param(
            "Statement of the Ministers of Energy",
            "We, the G7 Ministers for energy, joined by the European Union, met in Oslo to speak of the winter.",
            ("G7", "European Union"),
            "self-identified",
            id="who joins those who speak",
        ),
        pytest.param(
            "Chile and Peru Reach Agreement to Address Shared Challenges from China",
            "Today the two sides told the press what they will do about steel, ships and the price of both.",
            ("Chile", "Peru"),
            "several in title",
            id="what a title is about",
        ),
        pytest.param(
            "Fact Sheet: NATO Summit: A Stronger Alliance",
            "Allied leaders will meet in Oslo. The United States and our NATO Allies will open a school for divers.",
            ("North Atlantic Treaty Organization",),
            "issuing alliance",
            id="an alliance beside one of its own",
        ),
        pytest.param(
            "G20 Bali Leaders’ Declaration",
            "Bali, Indonesia, 15-16 November 2022\n\nThe leaders spoke of the price of grain and of the war at length. "
            "We commit to lend more to farms.",
            ("G20",),
            "issuing group",
            id="a group below whose title the place stands",
        ),
        pytest.param(
            "MEMORANDUM OF UNDERSTANDING",
            "The Ministry of Defence of the Republic of Chile and the Department of Fisheries of Canada, hereinafter "
            "referred to as “the Participants”,\n\nRECOGNISING the importance of safe seas;\n\nHave agreed as follows:",
            ("Ministry of Defence of the Republic of Chile", "Department of Fisheries of Canada"),
            "contracting parties",
            id="ministries that are called participants hereinafter",
        ),
        pytest.param(
            "CHAIR’S STATEMENT",
            "The Heads of Coast Guard of Kenya, Chile, Peru and Norway met in Mombasa. Kenya was in the chair.",
            ("Kenya", "Chile", "Peru", "Norway"),
            "several in opening",
            id="heads of the forces of many",
        ),
        pytest.param(
            "TREATY ON PORTS",
            "The Government of Chile and the Government of the Republic of Peru (hereinafter “the Contracting "
            "Parties”) wish to open their ports, in the spirit of what Kenya and Norway declared in Lima last year.",
            ("Chile", "Peru"),
            "contracting parties",
            id="governments that are called parties hereinafter",
        ),
        pytest.param(
            "FACT SHEET: Secretary Morrow’s Visit to Chile and Peru",
            "The United States announced a fund in Lima and Santiago, where Secretary Helen Morrow spoke of fish.",
            ("United States",),
            "single party",
            id="who visits others",
        ),
        pytest.param(
            "Chile–International Atomic Energy Agency Joint Statement",
            "The two sides met in Vienna in the spring to speak of safe ways to move fuel by rail and by sea.",
            ("Chile", "International Atomic Energy Agency"),
            "several in title",
            id="an organisation beside a state",
        ),
        pytest.param(
            "FACT SHEET: President Biden and ASEAN Leaders Launch a Fund for Ports",
            "At the summit in Phnom Penh, Cambodia, the leaders spoke of ships, of fish and of the price of grain.",
            ("Association of Southeast Asian Nations", "United States"),
            "several in title",
            id="a group behind a leader",
        ),
        pytest.param(
            "A Proclamation on the Suspension of Entry",
            "The virus was found in the Republic of South Africa, as South Africa told. The U.S. Department of State "
            "shall deny entry to all who were in South Africa.",
            ("United States",),
            "issuing government",
            id="a proclamation",
        ),
        pytest.param(
            "Fact Sheet: Safer Ports for All",
            "Biden-Harris Administration and Firms Announce Docks, Breaking Dependence on China and Building Ships"
            "\n\nPorts are where most goods arrive, and most of them are old, small and far from the railways.",
            ("United States",),
            "administration",
            id="an administration below the title",
        ),
        pytest.param(
            "Joint Declaration of the EU–Central Asia Leaders’ Summit",
            "1. We, the President of the European Council, the President of the European Commission and the Presidents "
            "of Kazakhstan and Uzbekistan, met today in Almaty and spoke of water.",
            ("European Union", "Kazakhstan", "Uzbekistan"),
            "self-identified",
            id="both institutions of the Union",
        ),
        pytest.param(
            "Prime Minister speaks with Prime Minister of Jamaica",
            "Today, the Prime Minister spoke with the Prime Minister of Jamaica. Canada has sanctioned eleven men, and "
            "Canada will send ships.",
            ("Canada", "Jamaica"),
            "office without state",
            id="an office without a name that does something",
        ),
        pytest.param(
            "Joint statement by the Federal Minister for Foreign Affairs and the French Minister of Foreign Affairs",
            "The two ministers met in Strasbourg, where Germany opened an office for the exchange of maps and charts.",
            ("France", "Germany"),
            "several in title",
            id="an office that one state has by its name",
        ),
        pytest.param(
            "Resolution 9999",
            "The Security Council,\n\nRecalling its earlier resolutions on the ports of Peru and on those of Chile,\n\n"
            "Decides to send ships to Lima.",
            ("United Nations Security Council",),
            "enacting body",
            id="a body in a line of its own",
        ),
        pytest.param(
            "Press conference",
            "PRESIDENT OTIENO: The President of Kenya is glad to be here in the north. We will send two ships.\n\n"
            "PRIME MINISTER HAUGEN: Prime Minister Nils Haugen of Norway and President Wanjiru Otieno of Kenya met.",
            ("Kenya", "Norway"),
            "speakers",
            id="two leaders at a press conference",
        ),
        pytest.param(
            "Remarks by President Biden in Press Conference",
            "Lima Airport\n\nTHE PRESIDENT: Good afternoon. We will lend ships to Peru.\n\nQ Mr. President, why?\n\n"
            "THE PRESIDENT: We will see in Lima.",
            ("United States",),
            "transcript",
            id="a speaker whom the title announces",
        ),
        pytest.param(
            "Notes",
            "G7 notes\n\nWork on the ports goes on as planned in every part of the north, and many came to see it.",
            ("G7",),
            "group in title",
            id="a group in a title that is nobody's",
        ),
        pytest.param(
            "Notes on ports",
            "Work on the ports goes on as planned in every part of the north, and much of it was shown to visitors "
            "from the G7 in spring.",
            ("G7",),
            "group in opening",
            id="a group that does not act",
        ),
        pytest.param(
            "Readout of the White House Round Table on Ports",
            "Work on the ports goes on as planned in every part of the north, and much of it was shown to visitors.",
            ("United States",),
            "seat in title",
            id="a seat of government",
        ),
        pytest.param(
            "Ports",
            "Ships of all kinds came to port, as was said in Kenya. Work goes on in Kenya. Nobody in Kenya was glad.",
            ("Kenya",),
            "topic",
            id="a state that only comes up often",
        ),
    ],
)
def test_the_document_parties_and_the_rule_that_finds_them(
    nlp: Language, title: str, opening: str, document_parties: tuple[str, ...], rule: str
) -> None:
    table = read(nlp, opening, title)
    assert (table.document_parties, table.document_party_rule) == (document_parties, rule)


def test_a_text_without_parties_has_no_rule(nlp: Language) -> None:
    table = read(nlp, "It rained.")
    assert (table.document_parties, table.document_party_rule) == ((), None)


def test_an_office_refers_to_the_holder_of_the_only_document_party_before_others(nlp: Language) -> None:
    text = (
        "President Otieno of Kenya thanked Kenya’s sailors. He wrote to President Zelenskyy of Ukraine. "
        "The President will open a port in Mombasa."
    )
    table, passages = read_with_passages(nlp, text, "Statement by the Government of Kenya")
    last = [(p, t) for p in passages for t in p.doc if t.text == "President"][-1]
    assert table.resolve(*last) == ("Kenya",)


def test_a_host_who_welcomes_a_guest_represents_the_state_of_the_place(nlp: Language) -> None:
    text = (
        "PRIME MINISTER’S PRESS CONFERENCE WITH THE PRESIDENT OF PERU\n4 May 2030\n\n"
        "PRIME MINISTER: Good afternoon. It is a real pleasure to welcome President Ruiz to Nairobi. Today we have "
        "signed a treaty, the first of its kind between our countries.\n\nPRESIDENT RUIZ: Thank you. We will open a "
        "port before the year ends.\n\nPRIME MINISTER: We will be glad of it.\n\nPRESIDENT RUIZ: So will we."
    )
    assert read(nlp, text).document_parties == ("Kenya", "Peru")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kenyan Secretary of Energy Grace Otieno", id="of a field"),
        pytest.param("Kenyan Minister for Trade, Industry and Energy Grace Otieno", id="of several fields"),
        pytest.param("Kenyan Energy Minister Grace Otieno", id="with its field before it"),
        pytest.param("Kenyan Deputy Prime Minister and Minister of Energy Grace Otieno", id="two offices"),
        pytest.param("her Kenyan counterpart, Energy Minister Grace Otieno", id="a counterpart"),
    ],
)
def test_an_office_may_have_a_portfolio_beside_its_state(nlp: Language, text: str) -> None:
    assert parties_of(nlp, f"The talks were held in Oslo by {text} in May.", text) == ("Kenya",)


def test_a_minister_named_before_the_office_represents_the_document_party(nlp: Language) -> None:
    text = (
        "Norway must look after its fjords, its ports and all who go to sea. Its security begins there.\n\n"
        "Today, the Honourable Ingrid Solvang, Minister of Fisheries, said that she will open two ports next year. "
        "The Minister met with her Kenyan counterpart, Fisheries Minister Grace Otieno. The ministers signed a plan."
    )
    assert parties_of(nlp, text, "The ministers") == ("Norway", "Kenya")


AGENCIES = "The Pentagon met the State Department, and the Pentagon met the Treasury Department. Putin and Putin spoke."


@pytest.mark.parametrize(
    ("title", "document_parties"),
    [
        ("FACT SHEET: The Biden Administration Announces New Aid to Chile", ("United States",)),
        ("FACT SHEET: United States Bans Imports of Chilean Copper", ("United States",)),
        ("FACT SHEET: New Steps to Repair Ports", ("United States",)),
        ("Executive Order on the Ships of Certain Companies of Chile", ("United States",)),
        ("Statement by Press Secretary Ann Otway on the Trip to Chile, Peru, and Norway", ("United States",)),
        ("Statement by President Otieno of Kenya on the Ports", ("Kenya",)),
    ],
)
def test_a_text_of_one_governments_office_has_that_state_as_party_whatever_its_topic(
    nlp: Language, title: str, document_parties: tuple[str, ...]
) -> None:
    attack = "Chile attacked Peru, and Russia attacked Chile in the harbour of Lima on a Sunday in the spring."
    text = f"{AGENCIES}\n\n{attack}\n\nWe will act."
    assert read(nlp, text, title).document_parties == document_parties


def test_others_that_act_with_the_issuing_state_in_the_opening_are_parties_too(nlp: Language) -> None:
    text = f"Chile and the United States opened a port for ships of both, and many came to see it.\n\n{AGENCIES}"
    assert set(read(nlp, text, "FACT SHEET: A New Port").document_parties) == {"Chile", "United States"}


def test_a_long_enumeration_after_we_gives_the_parties_even_without_a_verb(nlp: Language) -> None:
    names = "Argentina, Brazil, Chile, Ghana, Ireland, Norway, Peru, and Spain"
    text = f"We, {names}, as states bordering the sea and its many islands.\n\nWe will open a school."
    assert len(read(nlp, text, "Joint Statement on the Sea").document_parties) == 8


def test_several_ministries_in_one_are_each_named(nlp: Language) -> None:
    text = "Experts from the Departments of Commerce (DOC), Energy (DOE), and Health and Human Services met in Lima."
    names = {entity.name for entity in read(nlp, text).entities}
    assert {f"U.S. Department of {field}" for field in ("Commerce", "Energy", "Health and Human Services")} <= names


def test_a_decision_of_one_office_is_of_its_state_alone(nlp: Language) -> None:
    text = (
        "1. The United States and the United Kingdom agreed on steel. The Secretary of Commerce reported to "
        "President Biden.\n\n2. The White House told the Department of Commerce that tariffs shall apply.\n"
    )
    assert read(nlp, text, "A Proclamation on Adjusting Imports of Steel").document_parties == ("United States",)


def test_the_heads_of_agencies_do_not_make_the_agencies_the_issuer(nlp: Language) -> None:
    text = (
        "My Administration will open a depot for all ships. For months we have spoken to many experts. I want to "
        "thank Secretary Otway, FAA Administrator Ruiz, and FCC Chair Lund for their tireless efforts in this.\n"
    )
    assert read(nlp, text, "Statement by President Joe Biden on Ports").document_parties == ("United States",)


def test_a_leader_in_a_title_is_known_by_the_whole_name(nlp: Language) -> None:
    title = "Statement by President Joseph R. Biden, Jr. on the International Day of Ports"
    assert read(nlp, "Ports are open to all, and it takes the work of many.", title).document_parties == (
        "United States",
    )
