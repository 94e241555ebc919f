"""The source that gives the parties of a candidate."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.commitments.fields.parties import Parties, find_parties
from alliance_tui.extraction.commitments.fields.party_sources import PartySource
from alliance_tui.extraction.commitments.generation.located_candidates import locate_candidates
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Document
from tests.support.commitment_extraction import parse

pytestmark = pytest.mark.model

JOINT_STATEMENT = "JOINT STATEMENT BY NORWAY AND KENYA\n\n"


def parties_in(text: str, trigger: str) -> Parties:
    """The parties of the candidate with this trigger."""
    segments, passages = parse(text)
    table = find_entities(Document.from_text(text, title="test"), passages)
    (located,) = (c for c in locate_candidates(segments, passages) if c.candidate.trigger.text == trigger)
    return find_parties(located.candidate, located.passage, table, MentionIndex(table.entities))


@pytest.mark.parametrize(
    ("text", "trigger", "names", "source"),
    [
        ("The minister signed the accord on behalf of Norway.", "signed", {"Norway"}, PartySource.ON_BEHALF),
        (
            "They welcomed the signing of an agreement between Norway and Kenya.",
            "signing",
            {"Norway", "Kenya"},
            PartySource.BETWEEN,
        ),
        ("Kenya will receive loans from Norway.", "receive", {"Norway"}, PartySource.GIVER),
        ("Two ships will be lent by Norway.", "lent", {"Norway"}, PartySource.AGENT),
        ("Kenya will be granted access to the port by Norway.", "granted", {"Norway"}, PartySource.AGENT),
        ("Norway and Kenya will share radar data.", "share", {"Norway", "Kenya"}, PartySource.ACTOR),
        (JOINT_STATEMENT + "Two ports will be built.", "built", {"Norway", "Kenya"}, PartySource.DOCUMENT),
        (JOINT_STATEMENT + "Norway confirmed that work would begin.", "begin", {"Norway"}, PartySource.REPORTER),
        ("Several companies will lend ships.", "lend", set(), PartySource.UNNAMED_FIRMS),
    ],
)
def test_the_first_source_that_names_a_party_decides(
    text: str, trigger: str, names: set[str], source: PartySource
) -> None:
    parties = parties_in(text, trigger)
    assert (set(parties.names), parties.source) == (names, source)
