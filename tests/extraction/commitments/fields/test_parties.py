"""The parties of an agreement."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in, only_agreement_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Norway, Kenya and Chile will share radar data.", {"Norway", "Kenya", "Chile"}),
        ("Peru’s navy will buy two frigates from Norway.", {"Peru"}),
        ("Oslo will lend two icebreakers to Nairobi.", {"Norway"}),
        ("Norway’s foreign minister will visit Nairobi in October.", {"Norway"}),
        ("Chilean and Peruvian ministers will meet in Lima in March 2032.", {"Chile", "Peru"}),
        ("NATO will open a training centre in Norway.", {"North Atlantic Treaty Organization"}),
        ("The European Union will lend Kenya 200 million euros.", {"European Union"}),
        ("Acme Industries will buy a shipyard from Borealis Group.", {"Acme Industries"}),
        ("Norway will work with Kenya to build a radar station.", {"Norway"}),
        ("Norway said it will lend a ship to Chile.", {"Norway"}),
        ("Over 190 countries signed the Forest Pledge in Lima.", {"Over 190 countries"}),
        ("Norway, the EU members, and Kenya will fund two ports.", {"Norway", "European Union", "Kenya"}),
        ("Norway welcomed the announcement by AUKUS members to train 40 divers in August.", {"AUKUS"}),
        (
            "USAID will support up to $10 million in loans for farms in Peru.",
            {"U.S. Agency for International Development"},
        ),
        ("Chile, as Kenya and European Union (EU) have told the press, will open a port.", {"Chile"}),
        ("Today Kenya and European Union (EU) have reached an agreement on two ports.", {"Kenya", "European Union"}),
        (
            "In addition to boats paid for through COVAX, Chile, Peru, and Kenya have pledged to donate ten ships.",
            {"Chile", "Peru", "Kenya"},
        ),
    ],
)
def test_parties_are_given_by_canonical_name(text: str, parties: set[str]) -> None:
    assert set(only_agreement_in(text).parties) == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Four minesweepers will be delivered to Chile by Norway in 2032.", {"Norway"}),
        ("A joint patrol will be launched by Chile and Peru.", {"Chile", "Peru"}),
        ("Norway welcomed the signing of a fisheries agreement between Chile and Peru.", {"Chile", "Peru"}),
        ("Norway welcomed Chile's plan to buy three icebreakers.", {"Chile"}),
    ],
)
def test_the_parties_of_passives_nouns_and_welcomes_are_their_agents(text: str, parties: set[str]) -> None:
    assert set(only_agreement_in(text).parties) == parties


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Norway met in Nairobi. They will open a joint school for divers by 2033.",
        "Kenya and Norway Joint Statement\n\nWe will open a joint school for divers.",
        "Kenya and Norway Joint Statement\n\nThe two sides will open a joint school for divers.",
    ],
)
def test_pronouns_and_the_two_sides_refer_to_their_states(text: str) -> None:
    assert set(only_agreement_in(text).parties) == {"Kenya", "Norway"}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        pytest.param(
            "Norway praised the plan. Grubhaus will open two new farms in 2032.", {"Grubhaus"}, id="a new name"
        ),
        pytest.param(
            "Norway praised them. 61 organizations will sign the Port Pledge in June 2032.",
            {"61 organizations"},
            id="a count",
        ),
        pytest.param(
            "Acme Industries met the mayors of Bergen and Oslo. The company will build four ferries by 2033.",
            {"Acme Industries"},
            id="the firm that acted last",
        ),
        pytest.param(
            "Statement by Norway\n\nThe new Executive Order will establish a committee on ports.",
            {"Norway"},
            id="by a text its author",
        ),
        pytest.param(
            "Kenya and Norway Joint Statement\n\nPresident Achieng of Kenya pledged that we will lend four ships.",
            {"Kenya"},
            id="we, in one side's words",
        ),
    ],
)
def test_parties_are_resolved_by_name_number_and_speaker(text: str, parties: set[str]) -> None:
    assert set(only_agreement_in(text).parties) == parties


@pytest.mark.parametrize(
    "clause",
    [
        "The leaders met Acme Industries. It is clear that we will lend four ships.",
        "The African Union noted that we will lend four ships.",
        "The Partnership will lend four ships.",
        "Our two organizations will lend four ships.",
    ],
)
def test_the_document_parties_act_where_nobody_else_is_named(clause: str) -> None:
    assert set(only_agreement_in(f"Kenya and Norway Joint Statement\n\n{clause}").parties) == {"Kenya", "Norway"}


def test_a_new_name_in_a_lead_in_acts_in_its_items() -> None:
    records = agreements_in("Statement by Norway\n\nGrubhaus will:\n- Open two farms in 2032\n- Train forty divers\n")
    assert {record.parties for record in records} == {("Grubhaus",)}


def test_each_clause_of_a_sentence_has_its_own_parties() -> None:
    records = agreements_in("Norway will lend three tugboats, while Kenya will train their crews.")
    assert [record.parties for record in records] == [("Norway",), ("Kenya",)]


def test_a_coordinated_verb_shares_the_parties_of_the_first() -> None:
    records = agreements_in("Norway will upgrade its radar network and buy six patrol aircraft.")
    assert [record.parties for record in records] == [("Norway",), ("Norway",)]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        pytest.param(
            "President Achieng of Kenya announced that her Government would lend four ships.",
            {"Kenya"},
            id="whose it is",
        ),
        pytest.param(
            "We welcome Chile's announcement that it will lend four ships to Kenya in 2032.",
            {"Chile"},
            id="whose words",
        ),
        pytest.param(
            "Officials said the US was ready to supply forty radars to Chile.", {"United States"}, id="the US"
        ),
        pytest.param(
            "Businesses including Acme Industries will open two farms.", {"Acme Industries"}, id="one of many"
        ),
        pytest.param(
            "Acme Industries and PT KAPAL signed a memorandum on the training of welders.",
            {"Acme Industries", "PT KAPAL"},
            id="a firm beside a known one",
        ),
        pytest.param(
            "Experts from the Departments of Commerce, Energy, and Health and Human Services will hold talks in June.",
            {
                "U.S. Department of Commerce",
                "U.S. Department of Energy",
                "U.S. Department of Health and Human Services",
            },
            id="several in one",
        ),
        pytest.param("Acme Industries will receive two loans from Chile.", {"Chile"}, id="the giver"),
        pytest.param(
            "They welcomed $2 billion of new investments by Chilean companies in ports.",
            {"Chilean companies"},
            id="by whom, of a noun",
        ),
        pytest.param(
            "The ministers welcomed the plan signed in May by the Chilean Secretary of Defense and the Peruvian "
            "Minister of Energy.",
            {"Chile", "Peru"},
            id="by whose offices",
        ),
        pytest.param(
            "The ministers announced an agreement to end the long dispute between Acme and Borealis.",
            {"Kenya", "Norway"},
            id="not who quarrels",
        ),
        pytest.param(
            "President Achieng of Kenya welcomed the signing of a bilateral agreement on ports.",
            {"Kenya", "Norway"},
            id="each with the other",
        ),
        pytest.param(
            "The leaders welcomed the establishment of Task Force 51 and Task Force 53.",
            {"Kenya", "Norway"},
            id="not what is set up",
        ),
        pytest.param(
            "Kenya and Norway are friends of Peru. This programme will train forty Peruvian divers by 2033.",
            {"Kenya", "Norway"},
            id="who acted before",
        ),
    ],
)
def test_parties_are_found_in_every_construction(text: str, parties: set[str]) -> None:
    assert set(only_agreement_in(f"Kenya and Norway Joint Statement\n\n{text}").parties) == parties


def test_the_party_in_the_heading_of_an_item_undertakes_it() -> None:
    text = "Pledges\n\n- Chile: Will lend four ships to Kenya in 2032.\n- Peru: Pledged to train 40 divers.\n"
    assert [record.parties for record in agreements_in(text)] == [("Chile",), ("Peru",)]


def test_the_party_in_the_heading_acts_where_the_subject_is_no_party() -> None:
    text = "Pledges\n\n- Chile: Pledged $9 million for ports in 2032 and committed $2 million to the Port Fund.\n"
    assert {record.parties for record in agreements_in(text)} == {("Chile",)}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        pytest.param(
            "Countries holding a tenth of all ports pledged to end dumping by 2040.", None, id="who is described"
        ),
        pytest.param("The EO establishes a port council.", {"United States"}, id="by an order"),
        pytest.param("The amended E.O. adds new port inspectors.", {"United States"}, id="by an order, dotted"),
        pytest.param("The Secretary of Homeland Security will open two ports.", {"United States"}, id="a minister"),
        pytest.param("The Secretary of HHS shall open two clinics.", {"United States"}, id="a minister, in short"),
        pytest.param("The Biden Harris Administration will open ten ports.", {"United States"}, id="administration"),
        pytest.param("Second Gentleman Douglas Emhoff will travel to Bangkok.", {"United States"}, id="a spouse"),
    ],
)
def test_parties_of_a_government_s_documents(text: str, parties: set[str] | None) -> None:
    title = "FACT SHEET: The Biden-Harris Administration Acts on Ports in the United States\n\n"
    known = "The Department of Health and Human Services (HHS) is glad that the United States has many ports.\n\n"
    assert set(only_agreement_in(title + known + text).parties) == (
        parties or {"Countries holding a tenth of all ports"}
    )


def test_the_parties_of_a_long_lead_in_are_those_of_its_short_items() -> None:
    talks = "They met in the old town hall of Lamu, on a rainy day in May, with guests from all over the coast. "
    lead = talks + "In particular, the United States and the European Union intend to explore the following:"
    assert agreements_in(f"{lead}\n\n- Exchanges on ports;\n")[-1].parties == ("United States", "European Union")


def test_the_administration_is_the_government_not_the_agency_named_so() -> None:
    title = "Fact Sheet: The Biden-Harris Administration Acts on Ports\n\n"
    text = "The General Services Administration buys tugboats. The Administration is announcing plans to sell ten."
    assert agreements_in(title + text)[-1].parties == ("United States",)
    talks = "The Biden-Harris Administration welcomed Nigeria. In Lagos, the Administration will open an office."
    assert agreements_in(f"Readout of a Meeting with Nigeria\n\n{talks}")[-1].parties == ("United States",)


def test_a_kingdom_is_the_one_that_the_text_names_in_full() -> None:
    text = (
        "The Kingdom of Norway and the Republic of Kenya met. Kenya welcomed the Kingdom’s decision to lend two ships."
    )
    assert only_agreement_in(f"Kenya and Norway Joint Statement\n\n{text}").parties == ("Norway",)


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("President von der Leyen", "European Union"),
        ("President Ursula von der Leyen", "European Union"),
        ("Ursula von der Leyen", "European Union"),
        ("President Sheikh Khalifa bin Zayed Al Nahyan of the United Arab Emirates", "United Arab Emirates"),
        ("Foreign Minister Xavier van der Hoeven of the Netherlands", "Netherlands"),
    ],
)
def test_small_words_and_forms_of_address_in_a_leader_s_name(who: str, party: str) -> None:
    assert only_agreement_in(f"Visit to Kenya\n\n{who} will open an office in Nairobi.").parties == (party,)


def test_a_name_in_a_parenthesis_is_no_party() -> None:
    text = "- Kenya: Will also, through coordination by Lamu Port Agency, strengthen public health institutions."
    assert [record.parties for record in agreements_in(f"Pledges\n\n{text}")] == [("Kenya",)]


def test_the_subject_of_a_passive_is_no_party() -> None:
    assert (
        only_agreement_in(
            "Remarks by the Press Secretary\n\nThe Harbour Repair Bonus will be doubled next year."
        ).parties
        == ()
    )


def test_a_coordinated_subject_after_an_adverbial_begins_with_its_first_name() -> None:
    record = only_agreement_in(
        "Kenya and Norway\n\nAt the Summit in Lamu, Kenya, Norway and the Kenyan ministers will open a port."
    )
    assert (record.parties, record.evidence.quote[:6]) == (("Norway", "Kenya"), "Norway")


def test_an_office_after_an_office_is_nobody_s_name() -> None:
    text = "Kenya thanked the Secretary of State, the Attorney General and the Secretary of Homeland Security. "
    assert only_agreement_in(text + "Kenya will open an office in Lamu.").parties == ("Kenya",)


def test_they_refers_to_the_acting_group_not_to_its_topic() -> None:
    text = "Heads of Government thanked Jamaica and the Bahamas. They directed the Port Agency to build four piers."
    title = "Communiqué of the Heads of Government of the Caribbean Community\n\n"
    assert only_agreement_in(title + text).parties == ("Caribbean Community",)


def test_the_president_of_a_title_without_a_name_speaks_for_the_state_named_most() -> None:
    text = "The leaders met to discuss the attack by President Achieng of Kenya. Norway stands by Peru. "
    title = "Statement of the President on the Summit\n\n"
    assert only_agreement_in(f"{title}{text}Norway is calm.\n\nI will lend four ships to Peru.").parties == ("Norway",)


def test_an_office_that_only_one_state_has_stands_for_the_state() -> None:
    title = "Joint Statement by President Joe Biden and Taoiseach Aoife Brannigan\n\n"
    text = "The President and the Taoiseach agreed to open a port. They agreed to lend Kenya two ships."
    assert [set(record.parties) for record in agreements_in(title + text)] == [{"United States", "Ireland"}] * 2


def test_an_executive_order_is_of_the_united_states_whatever_it_is_about() -> None:
    title = "Executive Order on Prohibiting Certain Imports From Russia to Ukraine\n\n"
    text = "Russia and Ukraine have long had a border. Sec. 2. The importation of Russian timber is prohibited."
    assert agreements_in(title + text)[-1].parties == ("United States",)


@pytest.mark.parametrize(
    ("title", "opening", "parties"),
    [
        (
            "ASEAN-U.S. Leaders’ Statement on Ports",
            "RECOGNISING the part that ports play in trade between the region and its partners, the leaders met.",
            {"Association of Southeast Asian Nations", "United States"},
        ),
        (
            "Joint Statement on Further Measures",
            "We, the leaders of the European Commission, France and Canada condemn the attack.",
            {"European Commission", "France", "Canada"},
        ),
    ],
)
def test_joint_issuers_are_the_parties_of_we(title: str, opening: str, parties: set[str]) -> None:
    assert set(agreements_in(f"{title}\n\n{opening} We will build four ports.")[-1].parties) == parties


_COUNCIL = """The Peace and Security Council,

Recalling its decisions on Chad;

1. STRONGLY CONDEMNS the attack near Bol;

2. DECIDES to extend the mandate of the Mission until 31 March 2032;

3. REQUESTS the Commission to draft the rules of the Mission by 15 July 2031;
"""


def test_the_body_above_the_paragraphs_of_a_decision_is_their_party() -> None:
    records = agreements_in(_COUNCIL)
    assert {record.parties for record in records} == {("Peace and Security Council",)}
    assert [record.trigger.quote for record in records] == ["extend", "draft"]
    assert records[0].evidence.quote.startswith("DECIDES to extend")


def test_the_addressee_of_a_directive_is_no_party() -> None:
    text = "Chile and Peru Joint Statement\n\nThe Ports Agency was asked to draft a plan for two harbours by 2033."
    assert set(only_agreement_in(text).parties) == {"Chile", "Peru"}


def test_people_named_by_their_state_act_for_it() -> None:
    text = "Peru buys Norwegian ferries\n\nPeru signed a contract with Norway on ferries. {}"
    for sentence in (
        "Norwegian navy instructors will train 40 sailors.",
        "Peru’s harbour will grow. Oslo will lend a ship.",
    ):
        assert agreements_in(text.format(sentence))[-1].parties == ("Norway",)


def test_a_counterpart_with_a_state_and_a_name_is_one_of_the_two_ministers() -> None:
    text = (
        "Peru buys ferries\n\nDefence Minister Ana Ruiz of Peru and her Norwegian counterpart Nils Haugen met in Lima. "
        "The two ministers agreed to meet again in Oslo in September."
    )
    assert set(agreements_in(text)[-1].parties) == {"Peru", "Norway"}


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        pytest.param("Deliveries will start in May 2032.", {"Norway"}, id="the course of what was given"),
        pytest.param("A second tranche will be paid in May 2032.", {"Norway"}, id="a part of it"),
        pytest.param("Joint work will begin in May 2032.", {"Kenya", "Norway"}, id="joint work"),
    ],
)
def test_what_an_earlier_sentence_gives_is_still_its_givers(sentence: str, parties: set[str]) -> None:
    records = agreements_in(f"Kenya and Norway Joint Statement\n\nNorway will sell four ferries to Lamu. {sentence}\n")
    assert set(records[-1].parties) == parties


def test_the_parties_of_what_is_launched_between_two_are_both() -> None:
    text = "President Nils Haugen of Norway launched a new partnership on ports between Norway and the African Union."
    assert set(only_agreement_in(text).parties) == {"Norway", "African Union"}


def test_a_section_with_brackets_is_no_party() -> None:
    text = (
        "Statement by Norway\n\nSection 9(a)(2) of the Ports Act requires Bergen to issue a report on its docks by May."
    )
    assert all("Section" not in party for record in agreements_in(text) for party in record.parties)


def test_what_is_launched_between_the_own_bodies_of_several_is_theirs() -> None:
    text = "Kenya and Norway Joint Statement\n\nWe launched a new partnership on ports between our national museums."
    assert set(only_agreement_in(text).parties) == {"Kenya", "Norway"}


@pytest.mark.parametrize(
    ("subject", "party"),
    [
        ("The Secretary of Commerce", "U.S. Department of Commerce"),
        ("The Secretary of Health and Human Services", "U.S. Department of Health and Human Services"),
        ("The Secretary of Energy, in consultation with the heads of the ports,", "U.S. Department of Energy"),
        ("The Attorney General", "U.S. Department of Justice"),
        ("The Secretary of State", "United States"),
    ],
)
def test_an_order_to_the_head_of_a_department_binds_the_department(subject: str, party: str) -> None:
    text = f"Executive Order on Harbour Cranes\n\n{subject} shall submit a report on cranes by June 2032."
    assert only_agreement_in(text).parties == (party,)


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("The residence permit for Kenyan graduates will be extended to 24 months.", {"Norway"}),
        ("Scholarships for Kenyan students will rise to 320 by 2032.", {"Norway"}),
        ("Four patrol boats will be delivered to Kenya in 2032.", {"Norway"}),
        ("Training of Kenyan divers in Bergen will be extended until 2033.", {"Norway"}),
        ("Joint scholarships for Kenyan students will be offered from 2032.", {"Norway", "Kenya"}),
        ("A third of the Norwegian frigates will be based in Lamu from 2032.", {"Norway"}),
        ("Lamu County will build a market by 2032.", {"Lamu County"}),
        (
            "We welcome the signing of a pact on sonar for ports between the Bergen Institute and Lamu University.",
            {"Bergen Institute", "Lamu University"},
        ),
        (
            "The Bergen Export Bank concluded a memorandum of understanding with the Lamu Solar Agency.",
            {"Bergen Export Bank", "Lamu Solar Agency"},
        ),
    ],
)
def test_in_a_joint_text_the_clause_tells_which_party_acts(sentence: str, parties: set[str]) -> None:
    opening = "Joint Statement by Norway and Kenya\n\nNorway and Kenya met in Lamu to speak of ports and schools."
    assert set(only_agreement_in(f"{opening} {sentence}").parties) == parties


def test_an_officer_named_behind_an_agency_acts_for_it() -> None:
    text = "U.S. Coast Guard Commandant Ada Lundberg agreed to send two cutters to Manila in 2032."
    assert only_agreement_in(text).parties == ("U.S. Coast Guard",)
