"""Parties of officials of whom the text does not say whom they represent."""

from __future__ import annotations

from alliance_tui.extraction.mentions.people.offices import state_titles
from alliance_tui.extraction.parties.document_parties.frame import DocumentFrame
from alliance_tui.extraction.parties.document_parties.title import single_issuer_text
from alliance_tui.extraction.parties.party_mapping import PartyNames, state_groups


def assign_officials(frame: DocumentFrame, document_parties: PartyNames) -> None:
    """Let officials without a known party represent a document party.

    They represent the only document party, if that is no group. Of several they represent the issuing state in what one
    government issues, else the only party that no official represents.
    """
    officials = [person for person in frame.people.by_name.values() if person.titles & state_titles()]
    unassigned = [person for person in officials if person.represents is None]
    party = _party_of_unassigned(frame, document_parties, {person.represents for person in officials})
    for person in unassigned if party else ():
        person.represents = party


def _party_of_unassigned(
    frame: DocumentFrame, document_parties: PartyNames, represented: set[str | None]
) -> str | None:
    if len(document_parties) == 1:
        return None if document_parties[0] in state_groups() else document_parties[0]
    issuing = frame.issuing_state if single_issuer_text().match(frame.declared_title) else ()
    if issuer := next((name for name in issuing if name in document_parties), None):
        return issuer
    without_official = set(document_parties) - represented
    return without_official.pop() if len(document_parties) > 1 and len(without_official) == 1 else None
