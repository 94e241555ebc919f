"""The parties of agreements in what organisations, agencies and ministries publish."""

from __future__ import annotations

import pytest

from tests.support.commitment_extraction import agreements_in

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        pytest.param(
            "PACIFIC ISLANDS FORUM\nApia, Samoa\nFORUM COMMUNIQUÉ\n\n"
            "The Forum was held in Apia. Fiji and Palau were represented by ministers.\n\n"
            "Leaders agreed to open a climate centre in Apia by 2033.",
            {"Pacific Islands Forum"},
            id="an organisation's communiqué",
        ),
        pytest.param(
            "Press conference\nby NATO Secretary General Ada Lund\n\n"
            "MODERATOR: We will begin.\n\nADA LUND [NATO Secretary General]: Good afternoon. The Netherlands and "
            "Norway will join the group in Latvia.\n\nADA LUND: We have agreed to open a base in Bergen.\n\n"
            "ADA LUND: Thank you.",
            {"Netherlands", "Norway", "North Atlantic Treaty Organization"},
            id="an alliance's officer",
        ),
        pytest.param(
            "The Lamu Accord: a declaration by Norway and Kenya\n\nPrime Minister Ada Lund and President Otieno Mboya "
            "met today in Oslo. They adopted a plan for ports by 2035.",
            {"Norway", "Kenya"},
            id="leaders of whom the text does not say which leads which",
        ),
        pytest.param(
            "Seoul’s chief nuclear envoy, Kwak Jae-sung, met them. Kwak agreed to lend Peru four ships.",
            {"South Korea"},
            id="an envoy of a capital",
        ),
        pytest.param(
            "Statement by the Nordic Ministers\n\nWe, the Ministers of Denmark, Iceland¹, Norway and Sweden, met "
            "on Gotland today to speak of the security of our region."
            "\n\nWe have agreed to jointly procure ammunition worth 40 million euro.",
            {"Denmark", "Iceland", "Norway", "Sweden"},
            id="a note's number behind a name",
        ),
        pytest.param("Peru’s defence ministry ordered four ships from Lamu Yards.", {"Peru"}, id="an arm of a state"),
        pytest.param(
            "The Norwegian coast guard will add two patrols off Svalbard in May 2031.", {"Norway"}, id="a state’s force"
        ),
        pytest.param("Peru signed an agreement with Norway on ports.", {"Peru", "Norway"}, id="who signs with whom"),
        pytest.param(
            "Peru concluded a treaty with Norway and Sweden in May.", {"Peru", "Norway", "Sweden"}, id="concluded with"
        ),
        pytest.param("Peru agreed with Norway to open a port.", {"Peru", "Norway"}, id="agreed with"),
        pytest.param(
            "Peru signed the treaty, which it ratified with changes, on Friday.", {"Peru"}, id="with what is no party"
        ),
        pytest.param(
            "The talks were about ports. Peru and Norway, meanwhile, went further. President Ana Ruiz and Prime "
            "Minister Per Lund announced that the two navies would open their bases to each other from June 2033.",
            {"Peru", "Norway"},
            id="leaders after the states that acted",
        ),
        pytest.param(
            "The Foreign Ministers of Peru and Norway, Ana Ruiz and Per Lund, signed the Lamu Accord on Monday.",
            {"Peru", "Norway"},
            id="holders of one office",
        ),
        pytest.param(
            "TREATY ON PORTS\n\nThe Government of Peru and the Government of Norway (hereinafter “the Parties”) wish "
            "to open ports.\n\nNorway will lend four ships. This Treaty shall open both ports by May 2033.",
            {"Norway", "Peru"},
            id="a treaty of both",
        ),
        pytest.param("The next round will be hosted by Oslo in January 2032.", {"Norway"}, id="by a capital"),
        pytest.param(
            "Chilean nurses went to Fiji, Tonga, Samoa, and Vanuatu, and the Peace Corps will open two schools there.",
            {"Peace Corps"},
            id="to whom others return",
        ),
        pytest.param(
            "The Quad and other partners in the region will open a port in Fiji by 2033.",
            {"Quad"},
            id="others are not named",
        ),
        pytest.param(
            "Kenya and Peru met. Borealis Bank has said that they are planning to open 40 branches in Chile by 2033.",
            {"Borealis Bank"},
            id="an organisation that says what they plan",
        ),
        pytest.param(
            "Statement by the Government of Norway\n\nNorway thanks NATO. We welcome the decision of our Allies to "
            "send four ships to Latvia.",
            {"North Atlantic Treaty Organization"},
            id="the allies of an alliance",
        ),
        pytest.param(
            "Several agencies, including the Bank of Peru and the Lamu Ports Agency, have opened offices in Chile.",
            {"Bank of Peru", "Lamu Ports Agency"},
            id="who is named among agencies",
        ),
        pytest.param(
            "Norway, Peru,and Kenya will build four ports by 2033.",
            {"Norway", "Peru", "Kenya"},
            id="a list without a space behind its comma",
        ),
        pytest.param(
            "Pledges of Member States\n\nGhana was in the chair. Ghana, Ghana and Ghana again.\n\nNorway. Recalled "
            "forty years of service. Four military trainers will be sent to Entebbe by May 2032.",
            {"Norway"},
            id="an entry of a list of pledges",
        ),
        pytest.param(
            "Prime Minister speaks with Prime Minister of Peru\n\nToday, the Prime Minister spoke with the Prime "
            "Minister of Peru, Ana Ruiz. Norway is far away, said Norway. The Prime Minister will visit Lima in 2032.",
            {"Norway"},
            id="an office whose holder has no name",
        ),
        pytest.param(
            "Prime Minister speaks with President of Peru\n\nThe Prime Minister of Norway thanked Norway’s sailors. "
            "The President of Peru will send two ships to Kenya in 2032.",
            {"Peru"},
            id="another office than the nameless one",
        ),
        pytest.param(
            "NATO met. Kenya and its Allies will build a port in Lamu by 2033.", {"Kenya"}, id="allies of one’s own"
        ),
        pytest.param(
            "Joint press conference by Prime Minister Lehto and the President of Kenya\n\nPRIME MINISTER LEHTO: Hello. "
            "Finland and Kenya are friends. Finland will open an office.\n\nPRESIDENT OTIENO: I thank Finland. We have "
            "agreed to build a port in Lamu by 2033.\n\nPRIME MINISTER LEHTO: Thank you.",
            {"Finland", "Kenya"},
            id="the other one of a joint press conference",
        ),
        pytest.param(
            "U.S. Deputy Secretary of State Carla Morrow met Japanese Vice Foreign Minister Taro Onuma in Lima. Morrow "
            "will visit Peru in May 2032.",
            {"United States"},
            id="a deputy",
        ),
        pytest.param(
            "Peru and Chile met. Norwegian foreign ministry spokesman Otto Lund said that four ships would be sent to "
            "Lima in May 2032.",
            {"Norway"},
            id="a ministry’s spokesman",
        ),
        pytest.param("The Norwegian Embassy in Lima is opening a library for divers.", {"Norway"}, id="an embassy"),
    ],
)
def test_parties_of_reports_and_communiques(text: str, parties: set[str]) -> None:
    assert {party for record in agreements_in(text) for party in record.parties} == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        pytest.param(
            "A Norwegian trade office will be opened in Nairobi in 2033.",
            {"Norway"},
            id="whose office is opened",
        ),
        pytest.param(
            "Kenyan pilots will be trained in Bergen in 2033.",
            {"Norway"},
            id="whose pilots are trained does not train them",
        ),
        pytest.param(
            "Norway confirmed that four patrol boats would be delivered by 2033.",
            {"Norway"},
            id="who reports it",
        ),
        pytest.param(
            "The Joint Fisheries Committee will meet in Oslo in March 2032.",
            {"Norway", "Kenya"},
            id="whose body meets",
        ),
        pytest.param(
            "Kenyan ships will be given access to two harbours near Bergen.",
            {"Norway"},
            id="who gives what the other is given",
        ),
        pytest.param(
            "Norway’s coast guard will be permitted to rotate two ships through Mombasa.",
            {"Kenya"},
            id="who permits",
        ),
        pytest.param(
            "Kenyan sailors will be recruited to the fleet by 2033.",
            {"Norway"},
            id="whose sailors are recruited does not recruit them",
        ),
        pytest.param(
            "Ministers tasked officials to prepare a plan for ports by June 2032.",
            {"Norway", "Kenya"},
            id="who tasks, where the parse takes the officials for tasked ones",
        ),
        pytest.param(
            "Norway informed the meeting that a fourth cutter would be moved to Bergen in 2033.",
            {"Norway"},
            id="who informs of what is done",
        ),
        pytest.param(
            "Ana Ruiz, head of the Space Office, signed the accord on behalf of Peru.",
            {"Peru"},
            id="on whose behalf is signed",
        ),
        pytest.param(
            "In the Pacific Islands Forum, Norway and Kenya will co-chair two groups on ports from June 2032.",
            {"Norway", "Kenya"},
            id="where they will do it",
        ),
        pytest.param(
            "Peru has built two ports. This project will train 40 divers by 2033.",
            {"Norway", "Kenya"},
            id="a project of both",
        ),
        pytest.param(
            "The President’s Budget redirects 40 million dollars from two ports to hospitals.",
            {"Norway", "Kenya"},
            id="whose budget it is",
        ),
        pytest.param(
            "We will continue to support Peru in training 40 divers by 2033.",
            {"Norway", "Kenya"},
            id="who supports another",
        ),
        pytest.param(
            "Additionally, USAID plans to install two cranes in Mombasa by 2033.",
            {"U.S. Agency for International Development"},
            id="who plans, where the parse takes the plans for a thing",
        ),
        pytest.param(
            "The ninth Civil Society Forum will take place in Mombasa in May 2032.",
            {"Norway", "Kenya"},
            id="what takes place between them",
        ),
        pytest.param(
            "Chinese Foreign Minister Li Wenbo and his Peruvian counterpart Otto "
            "Ruiz agreed to open two ports by 2033.",
            {"China", "Peru"},
            id="a counterpart by name",
        ),
    ],
)
def test_parties_in_a_joint_statement(text: str, parties: set[str]) -> None:
    records = agreements_in(f"Norway and Kenya Joint Statement\n\n{text}")
    assert {party for record in records for party in record.parties} == parties
