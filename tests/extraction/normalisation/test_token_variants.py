"""Tokens in other forms than the lexicons have: British spellings, hyphenated prefixes, verbs in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from alliance_tui.extraction import lexicon
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.lexicon.schemas import Spelling
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline, parse_segments
from alliance_tui.extraction.normalisation.british_spelling import to_american
from alliance_tui.extraction.normalisation.token_variants import lower_enacting_verbs
from alliance_tui.records import Agreement
from tests.support.commitment_extraction import agreements_in, triggers_in


@pytest.mark.parametrize(
    ("british", "same"),
    [
        ("organised organisation organising", "organized organization organizing"),
        ("we will finalise and analyse it", "we will finalize and analyze it"),
        ("defence programmes in the centre", "defense programs in the center"),
        ("neighbouring harbours, honourable labour", "neighboring harbors, honorable labor"),
        ("to fulfil, fulfils, fulfilment", "to fulfill, fulfills, fulfillment"),
        ("travelling, cancelled, fuelled", "traveling, canceled, fueled"),
        ("a centred view", "a centered view"),
    ],
)
def test_british_spellings_are_read_as_american(british: str, same: str) -> None:
    assert to_american(british) == same


@pytest.mark.parametrize(
    "text",
    [
        "advise, exercise, promise, raise, revise, surprise, enterprise, expertise, compromise, otherwise",
        "four hours of our tour, the source, the poor, armed and programmed",
        "the presence, the influence, the lens, the entrance",
        "fulfilled, fulfilling, installed, controlled, compelled, expelled",
    ],
)
def test_spellings_common_to_both_stay(text: str) -> None:
    assert to_american(text) == text


@given(st.text(alphabet="abcdefghilmnoprstuvyz -,.é\n", max_size=80))
def test_an_american_text_is_unchanged(text: str) -> None:
    once = to_american(text)
    assert to_american(once) == once


def test_no_american_spelling_is_british_too() -> None:
    assert [word for word in lexicon.load(Spelling).american.values() if to_american(word) != word] == []


_AMERICAN = (
    "The ministers of Chile and Peru decided to launch a training program for divers by June 2032. They agreed to "
    "modernize the harbor of Lima and to establish a defense center. Chile will finalize its coral reserve in 2033, "
    "and Peru will mobilize $40 million for labor migration offices."
)
_BRITISH = (
    "The ministers of Chile and Peru decided to launch a training programme for divers by June 2032. They agreed to "
    "modernise the harbour of Lima and to establish a defence centre. Chile will finalise its coral reserve in 2033, "
    "and Peru will mobilise $40 million for labour migration offices."
)


def facts(record: Agreement) -> tuple[object, ...]:
    due = record.deadline.edtf if record.deadline else None
    return (
        to_american(record.trigger.quote),
        record.parties,
        record.strength,
        record.domain,
        record.instrument_role,
        due,
    )


@pytest.mark.model
def test_the_same_statement_in_british_spelling_gives_the_same_records() -> None:
    read = [facts(record) for record in agreements_in(_BRITISH)]
    assert read == [facts(record) for record in agreements_in(_AMERICAN)]
    assert len(read) == 5


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def passage(nlp: Language, text: str) -> Passage:
    (read,) = parse_segments(nlp, text, segment(text))
    return read


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Norway and Chile will co-host a summit on fisheries.", "co-host", "host"),
        ("The talks were co-chaired by Norway.", "co-chaired", "chair"),
        ("They agreed to re-establish the joint committee.", "re-establish", "establish"),
        ("Chile and Peru plan to co-operate on mine clearance.", "co-operate", "cooperate"),
        ("They stressed closer co-ordination of patrols.", "co-ordination", "coordination"),
        ("Both sides re-affirmed their pledge.", "re-affirmed", "reaffirm"),
        ("They will de-escalate the dispute.", "de-escalate", "de-escalate"),
    ],
)
def test_a_hyphenated_prefix_and_its_verb_are_one_token_with_the_lexicons_lemma(
    nlp: Language, text: str, word: str, lemma: str
) -> None:
    read = passage(nlp, text)
    assert {token.text: token.lemma_ for token in read.doc}[word] == lemma
    assert read.doc.text == text


@pytest.mark.model
@pytest.mark.parametrize("text", ["They drew the pre-2014 borders.", "A well-known co-op of US-led states met."])
def test_other_hyphens_still_separate_tokens(nlp: Language, text: str) -> None:
    assert [token.text for token in passage(nlp, text).doc] == [token.text for token in nlp.make_doc(text)]


def test_enacting_verbs_in_capitals_are_lower_cased() -> None:
    assert lower_enacting_verbs("REQUESTS the Commission to act, and URGES NATO to help") == (
        "requests the Commission to act, and urges NATO to help"
    )
    assert lower_enacting_verbs("COUNCIL DECIDES ON PORTS") == "COUNCIL DECIDES ON PORTS"


@pytest.mark.model
def test_the_trigger_includes_its_prefix() -> None:
    text = "Norway will co-host a summit in May. They agreed to re-open the road and to co-fund two clinics."
    assert triggers_in(text) == ["co-host", "re-open", "co-fund"]
