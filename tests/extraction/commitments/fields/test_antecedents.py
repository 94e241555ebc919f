"""Phrases of titles that mean what the text has named before."""

from __future__ import annotations

import pytest

from alliance_tui.records import Document, Kind
from tests.support.commitment_extraction import DATE
from tests.support.shared_extractor import shared_extractor

pytestmark = pytest.mark.model


def titles_in(text: str, document_title: str = "test") -> list[str]:
    """Return the titles of the agreements of a document."""
    analysis = shared_extractor().analyse(Document.from_text(text, title=document_title, date=DATE))
    return [record.title for record in analysis.agreements if record.kind is Kind.AGREEMENT]


def last_title_in(text: str, document_title: str = "test") -> str:
    return titles_in(text, document_title)[-1]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "The Senate of Chile passed the Clean Harbours Act on Monday. The President of Chile will sign this bill.",
            "Sign the Clean Harbours Act",
            id="an act for a bill",
        ),
        pytest.param(
            "Kenya spends too little on the training of reef divers. Chile will fund this training from May on.",
            "Fund the training of reef divers from May on",
            id="a complement",
        ),
        pytest.param(
            "Lamu needs a bridge to the northern islands. Kenya will build this vital bridge by 2033.",
            "Build the bridge to the northern islands by 2033",
            id="praise is no name",
        ),
        pytest.param(
            "Norway and Chile need coral nurseries. Norway will pay for these nurseries.",
            "Pay for coral nurseries",
            id="a plural",
        ),
        pytest.param(
            "A storm has damaged the lighthouse of Mombasa. Kenya will repair the lighthouse by 2033.",
            "Repair the lighthouse of Mombasa by 2033",
            id="an article",
        ),
        pytest.param(
            "Lamu asks that Kenya print the tide report on thick paper. Kenya will translate this report by 2033.",
            "Translate the tide report by 2033",
            id="without what may belong to the verb",
        ),
        pytest.param(
            "Kenya’s ports keep a list of the names of all divers working under its flag. Chile will copy the list.",
            "Copy the list of the names of all divers",
            id="without what leans on it",
        ),
        pytest.param(
            "Kenya opened Lamu’s new dry dock last May. This dock will be enlarged by Chile.",
            "Enlarge Lamu’s new dry dock by Chile",
            id="a subject that begins with a name",
        ),
        pytest.param(
            "Kenya will write rules for divers and publish these rules by 2033.",
            "Publish rules for divers by 2033",
            id="the object of the verb before",
        ),
    ],
)
def test_a_phrase_gives_way_to_the_fuller_one_before(text: str, title: str) -> None:
    assert last_title_in(text) == title


def test_the_object_of_signing_is_the_bill_named_before() -> None:
    text = "The Senate of Chile passed the Clean Harbours Act on Monday. The President of Chile will sign it into law."
    assert last_title_in(text) == "Sign the Clean Harbours Act into law"


def test_an_office_is_named_with_its_holder() -> None:
    text = "Chile's fires have spread since Governor Ana Rojas asked for help. Chile will send planes to the Governor."
    assert last_title_in(text) == "Send planes to Governor Ana Rojas"


def test_an_office_is_not_named_by_the_subject_of_its_own_verb() -> None:
    text = "Chile asked for help. President Ana Rojas will send two planes to the President on Monday."
    assert last_title_in(text) == "Send two planes to the President on Monday"


def test_the_document_itself_is_named_by_its_title() -> None:
    text = "The Minister of Ports shall implement this order by May 2033."
    assert last_title_in(text, "Order on the Dredging of Harbours") == (
        "Implement the Order on the Dredging of Harbours by May 2033"
    )


@pytest.mark.parametrize(
    "before", ["", "It goes further than the Dredging Act of 2019. "], ids=["alone", "before a nearer one"]
)
def test_the_act_in_the_title_of_the_document_is_the_bill_that_it_is_about(before: str) -> None:
    title = "Statement on the Passage of the Clean Harbours Act"
    assert last_title_in(f"{before}The President of Chile will sign this bill on Monday.", title) == (
        "Sign the Clean Harbours Act on Monday"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Statement on Chile’s “Clean Harbours” Law", "Chile’s “Clean Harbours” Law"),
        ("Statement on Passage of Clean Harbours Law", "the Clean Harbours Law"),
    ],
)
def test_a_name_in_the_title_of_the_document_may_have_no_article(title: str, name: str) -> None:
    assert last_title_in("The Ministry of Ports of Chile will enforce this law.", title) == f"Enforce {name}"


def test_a_defined_term_of_the_title_is_no_other_that_the_text_names() -> None:
    text = "It accords with the Tidal Energy Agreement. I have approved the Agreement."
    title = "Letter of the Minister on the Agreement to Extend Fishing between Chile and Kenya"
    assert last_title_in(text, title) == "Approve the Agreement"


def test_far_from_the_title_of_the_document_another_act_may_be_meant() -> None:
    speech = "The sea is deep and the harbours of Chile are old and full of mud.\n\n" * 60
    title = "Remarks on the Passage of the Clean Harbours Act"
    assert last_title_in(f"{speech}The President of Chile will sign this bill on Monday.", title) == (
        "Sign this bill on Monday"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "Lamu needs a road bridge and a railway bridge. Kenya will build this bridge by 2033.",
            "Build this bridge by 2033",
            id="two that fit",
        ),
        pytest.param(
            "Lamu needs a road bridge. Kenya will build this tunnel by 2033.",
            "Build this tunnel by 2033",
            id="another noun",
        ),
        pytest.param(
            "Lamu needs road bridges. Kenya will build this bridge by 2033.",
            "Build this bridge by 2033",
            id="another number",
        ),
        pytest.param(
            "Lamu needs a road bridge. Kenya will build the bridge to Manda by 2033.",
            "Build the bridge to Manda by 2033",
            id="one that says which it is",
        ),
        pytest.param(
            "Lamu has no bridge for its buses. Kenya will build this bridge by 2033.",
            "Build this bridge by 2033",
            id="one that there is not",
        ),
        pytest.param(
            "Lamu needs a road bridge. Its people fish. They sell the fish in Mombasa. The boats are old. The piers "
            "are old. The winds are strong. Kenya will build this bridge by 2033.",
            "Build this bridge by 2033",
            id="too far",
        ),
        pytest.param(
            "Lamu needs road bridges. Its people fish. They sell fish in Mombasa. The boats are old. Kenya will build "
            "these bridges by 2033.",
            "Build these bridges by 2033",
            id="too far for a plural",
        ),
        pytest.param(
            "The fees are part of an ethics in harbours plan. Kenya will publish the plan by 2033.",
            "Publish the plan by 2033",
            id="a part of a longer phrase",
        ),
        pytest.param(
            "The law names a former contract. Kenya will open no post under this contract by 2033.",
            "Open no post under this contract by 2033",
            id="the contract itself",
        ),
        pytest.param(
            "Lamu needs coral nurseries and tide gauges. Kenya will build these gauges by 2033.",
            "Build these gauges by 2033",
            id="one of several",
        ),
        pytest.param(
            "Kenya has opened its first Reef Recovery Centre. Kenya will run these centres until 2033.",
            "Run these centres until 2033",
            id="one name for several",
        ),
        pytest.param(
            "Chile will buy more boats for Arica. Chile will paint those boats by 2033.",
            "Paint those boats by 2033",
            id="how many, not which",
        ),
        pytest.param(
            "Ships wait in order to unload at Lamu. Kenya will publish the order on Monday.",
            "Publish the order on Monday",
            id="no noun phrase",
        ),
        pytest.param(
            "Kenya finished a survey on May 3, 2031, in Lamu. Kenya will publish this survey by 2033.",
            "Publish this survey by 2033",
            id="one of which only the time is said",
        ),
        pytest.param(
            "The fleets of the Pacific Islands are old. Chile will station two cutters in the Pacific.",
            "Station two cutters in the Pacific",
            id="a place",
        ),
        pytest.param(
            "Kenya relies on the transport of divers to Lamu. Kenya will train the divers by 2033.",
            "Train the divers by 2033",
            id="a complement that may belong to another noun",
        ),
        pytest.param(
            "Chile’s fires have spread, says President Ana Rojas. Chile will fund the President’s Council for Fires.",
            "Fund the President’s Council for Fires",
            id="a part of a name",
        ),
        pytest.param(
            "Kenya has a fund for reefs whose rules are old. Its donors like this fund. Some of them set up a new fund "
            "that pays for piers. Chile will double this fund by 2033.",
            "Double this fund by 2033",
            id="a nearer one that says less",
        ),
        pytest.param(
            "Kenya’s plan:\n\n- The coral fund of Lamu grows.\n\n- Chile will double this fund by 2033.",
            "Double this fund by 2033",
            id="another item of a list",
        ),
        pytest.param(
            "REEFS\n\nLamu has a coral fund.\n\nPORTS\n\nChile will double this fund by 2033.",
            "Double this fund by 2033",
            id="under another heading",
        ),
        pytest.param(
            "Kenya plans a year of reefs. Kenya will train the divers of Lamu this year.",
            "Train the divers of Lamu this year",
            id="a time",
        ),
        pytest.param(
            "Kenya will train divers of the reefs and teachers for these divers by 2033.",
            "Train divers of the reefs and teachers for these divers by 2033",
            id="a title that would name it twice",
        ),
    ],
)
def test_a_phrase_is_left_as_it_is_without_a_clear_antecedent(text: str, title: str) -> None:
    assert last_title_in(text) == title


def test_a_title_is_not_made_too_long() -> None:
    text = (
        "Kenya has an old programme for the training of coral divers of the northern islands of Lamu. Chile will lend "
        "this programme two survey ships, eleven boats, four diving bells and nineteen teachers from the first of May."
    )
    assert last_title_in(text).startswith("Lend this programme two survey ships")
