"""The parties that the speakers of a transcript represent."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline
from alliance_tui.extraction.parties.speakers.speaker_parties import seat_of_government, state_of_unnamed_official
from tests.support.entity_extraction import read, read_with_passages

pytestmark = pytest.mark.model

PRESS = """PRESIDENT OTIENO: Good afternoon. The President of Kenya is glad to be in Norway. We will send two ships.

PRIME MINISTER HAUGEN: Thank you. Prime Minister Nils Haugen of Norway and President Wanjiru Otieno of Kenya met today.

PRESIDENT OTIENO: We will train 40 divers, and I will visit Bergen again.
"""

CALL = """MODERATOR: Welcome. This call is on background.

SENIOR OFFICIAL: Thank you. President Biden spoke to Secretary Blinken and to the White House staff about Chad and Peru.

SENIOR OFFICIAL: Chad, Chad and Chad again: we will send two ships to Chad.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def test_the_states_of_two_leaders_who_speak_are_the_document_parties(nlp: Language) -> None:
    assert set(read(nlp, PRESS).document_parties) == {"Kenya", "Norway"}


def test_i_refers_to_the_speakers_state(nlp: Language) -> None:
    table, passages = read_with_passages(nlp, PRESS)
    (passage, word) = next((p, t) for p in passages for t in p.doc if t.text == "I")
    assert table.resolve(passage, word) == ("Kenya",)


def test_an_unnamed_official_represents_the_state_whose_leaders_are_named(nlp: Language) -> None:
    assert read(nlp, CALL).document_parties == ("United States",)


OFFICIALS = """MODERATOR: Welcome. This call is on background.

SENIOR ADMINISTRATION OFFICIAL: Thank you. President Otieno of Kenya arrives on Monday. We will lend Kenya two ships.

SENIOR ADMINISTRATION OFFICIAL: The two leaders will open a school. Putin, Putin and Putin again were spoken of.
"""


def test_unnamed_officials_represent_the_administrations_state_and_two_leaders_include_the_guest(nlp: Language) -> None:
    title = "Background Press Call by Senior Administration Officials Previewing the Visit of the President of Kenya"
    table, passages = read_with_passages(nlp, OFFICIALS, title)
    meant = {
        token.text: table.resolve(p, token) for p in passages for token in p.doc if token.text in ("We", "leaders")
    }
    assert meant["We"] == ("United States",)
    assert set(meant["leaders"]) == {"United States", "Kenya"}


def test_the_seat_of_government_at_the_head_gives_the_state_of_a_briefing(nlp: Language) -> None:
    text = (
        "James S. Brady Press Briefing Room\n\nMS. RUIZ: Good evening.\n\nMR. SINGH: Putin began a war. "
        "India and Norway told us so. We will block the Bank of Russia.\n\nMS. RUIZ: Thank you.\n"
    )
    assert read(nlp, text, "Press Briefing by Press Secretary Ruiz").document_parties == ("United States",)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ("THE WHITE HOUSE\nOffice of the Press Secretary", ("United States",)),
        ("Rose Garden", ("United States",)),
        ("Remarks after talks in the Kremlin", ()),
        ("A press conference", ()),
    ],
)
def test_a_seat_of_government_counts_as_the_place_and_not_within_a_title(lines: str, state: tuple[str, ...]) -> None:
    assert seat_of_government(lines) == state


@pytest.mark.parametrize(
    ("label", "state"),
    [
        ("SENIOR ADMINISTRATION OFFICIAL", "United States"),
        ("KENYAN ADMINISTRATION OFFICIAL", None),
        ("MODERATOR", None),
    ],
)
def test_an_unnamed_official_represents_the_state_whose_officials_are_called_so(label: str, state: str | None) -> None:
    assert state_of_unnamed_official(label) == state


def test_the_topic_of_a_title_is_no_speakers_party(nlp: Language) -> None:
    text = (
        "Rose Garden\n\nTHE PRESIDENT: Good afternoon. The U.S. Treasury will act.\n\nQ Mr. President?\n\n"
        "THE PRESIDENT: We will impose sanctions.\n"
    )
    assert (
        read(nlp, text, "Remarks on Missile Attacks by President Putin of Russia").document_parties[0]
        == "United States"
    )


@pytest.mark.parametrize(
    ("title", "document_parties"),
    [
        ("Remarks by President Biden in Press Conference", ("United States",)),
        ("Remarks by Vice President Lund of Norway’s Trip To Chile and Peru", ("Norway",)),
    ],
)
def test_the_leader_whose_remarks_a_title_announces_is_the_speaker(
    nlp: Language, title: str, document_parties: tuple[str, ...]
) -> None:
    text = (
        "Lima Airport\n\nTHE PRESIDENT: Good afternoon. Putin came, and Putin left. We will lend two ships to Peru.\n\n"
        "Q Mr. President, what did Putin say?\n\nTHE PRESIDENT: That Putin will come again. We will see him in Lima.\n"
    )
    assert read(nlp, text, title).document_parties == document_parties


TALK = """FEDERAL CHANCELLOR BRAND: Good afternoon. Germany stands by Kenya. We will hand two ships to Kenya. We are
going to provide Kenya with a radar, and we will strengthen Kenya’s defences.

PRESIDENT OTIENO: Thank you, President of Kenya that I am. We will give Germany four maps. We will build a school.
"""


VISIT = """PRIME MINISTER KEPAWA: Good afternoon. Can I first welcome my good friend the Prime Minister of Norway. My
Cabinet will meet on Monday, and our High Commission in Oslo will open in May.

PRIME MINISTER HALLORAN: Thank you. We will meet again in Lamu. I will send a letter.
"""


def test_unidentified_speakers_represent_the_party_that_they_do_not_greet(nlp: Language) -> None:
    text = "Joint press conference with the Prime Minister of Norway\n\nNairobi, Kenya\n\nKenya is glad.\n\n" + VISIT
    table, passages = read_with_passages(nlp, text, "Kenya and Norway: joint press conference")
    assert set(table.document_parties) == {"Kenya", "Norway"}
    said = {t.head.text: table.resolve(p, t) for p in passages for t in p.doc if t.text == "I" and t.dep_ == "nsubj"}
    assert said["welcome"] == ("Kenya",)
    assert said["send"] == ("Norway",)
    ours = [(p, t) for p in passages for t in p.doc if t.text == "Commission"]
    assert table.resolve(*ours[0]) == ("Kenya",)


def test_we_refers_to_the_speakers_state_where_the_other_party_benefits(nlp: Language) -> None:
    text = "Press conference by Federal Chancellor Brand and President Otieno of Kenya\n\n" + TALK
    table, passages = read_with_passages(nlp, text)
    said = {token.head.text: table.resolve(p, token) for p in passages for token in p.doc if token.lower_ == "we"}
    assert said["hand"] == said["going"] == said["strengthen"] == ("Germany",)
    assert said["give"] == ("Kenya",)
    assert set(said["build"]) == {"Germany", "Kenya"}


def test_we_in_an_answer_is_the_speakers_party_unless_the_sentence_is_of_both(nlp: Language) -> None:
    answers = (
        "Q  Will there be elections?\n\n"
        "PRESIDENT OTIENO: We will hold elections in May. We will meet again with our two teams.\n"
    )
    table, passages = read_with_passages(nlp, f"{PRESS}\n{answers}")
    own, joint = (table.resolve(passages[-1], token) for token in passages[-1].doc if token.text == "We")
    assert own == ("Kenya",)
    assert set(joint) == {"Kenya", "Norway"}
