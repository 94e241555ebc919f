"""Resolution of a treaty's words for its parties: "each Party", "the Requested State", "either Government"."""

from __future__ import annotations

from alliance_tui.extraction.parties.party_mapping import UNNAMED_PARTIES
from alliance_tui.extraction.parties.resolution.discourse import Discourse, NounPhrase, Resolution, Source
from alliance_tui.extraction.parties.resolution.group_resolvers import resolve_modifiers

_PARTIES = frozenset({"party", "parties", "participant", "participants", "signatory", "signatories"})
"""Words for the parties of a treaty; with a capital they are terms that it defines."""
_ROLES = frozenset({"sending", "receiving", "third", "host", "requesting", "requested", "visiting"})
"""Words before "State" by which a treaty names its parties."""
_STATES = frozenset({"state", "states", "government", "governments", "country", "countries"})
_DISTRIBUTIVES = frozenset({"each", "either", "neither", "both", "no", "contracting"})
"""Words before "Government" or "State" by which it is one of the parties, or all of them."""
_BEFORE_PARTIES = _ROLES | {"contracting", "state", "states", "both", "neither", "either", "each", "no", "one", "other"}
_ITSELF = frozenset({"organisation", "organization", "union", "community", "association"})
"""Words by which a charter calls its organisation."""


def resolve_treaty_party(discourse: Discourse, phrase: NounPhrase) -> Resolution | None:
    """Resolve "each Party", "the Requested State", "the Korean Participant" as a treaty uses them.

    Between named states each duty is of all of them, whichever has the role; a treaty without named states has its
    roles for parties.
    """
    head, parties = phrase.head, discourse.document_parties
    if not head.text[:1].isupper() or head.text.isupper():
        return None
    previous = head.nbor(-1) if head.i else head  # the word, since parsers do not agree on what "receiving" is here
    is_state = phrase.word in _STATES and previous.lower_ in _DISTRIBUTIVES
    role = previous.lower_ if phrase.word in ("state", "states") and previous.lower_ in _ROLES else None
    if phrase.word not in _PARTIES and role is None and not is_state:
        return None
    of_state = resolve_modifiers(discourse, phrase) if phrase.word in _PARTIES else None
    if previous.is_title and not (of_state or previous.tag_ == "DT" or previous.lower_ in _BEFORE_PARTIES):
        return None  # "the National Party"
    if len(parties) == 1 and parties[0] in UNNAMED_PARTIES:
        return Resolution((f"{role.capitalize()} State",) if role else parties, Source.DOCUMENT_PARTIES)
    if len(parties) < 2 or role == "third":
        return None
    return of_state or Resolution(parties, Source.DOCUMENT_PARTIES)


def resolve_charter_members(discourse: Discourse, phrase: NounPhrase) -> Resolution | None:
    """Resolve "All Members", "each Member of the Organization" in the charter of one organisation to its members."""
    organisation, head = discourse.issuer.chartered, phrase.head
    if organisation is None or not head.text.istitle():
        return None
    is_member_state = phrase.word in ("state", "states") and head.i > 0 and head.nbor(-1).text == "Member"
    if not is_member_state and phrase.word not in ("member", "members"):
        return None
    of = (token for child in head.rights if child.lower_ == "of" for token in child.rights if token.dep_ == "pobj")
    for token in of:
        if token.lower_ not in _ITSELF and discourse.resolve(phrase.headed_by(token)) != (organisation,):
            return None  # "a Member of the Council"
    return Resolution((f"{organisation} {'Member States' if is_member_state else 'Members'}",), Source.OF_PHRASE)
