"""Resolution of a treaty's words for its parties: "each Party", "the Requested State", "either Government"."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.parties.party_mapping import UNNAMED_PARTIES, PartyNames
from alliance_tui.extraction.parties.resolution.discourse import Discourse, NounPhrase
from alliance_tui.extraction.parties.resolution.group_resolvers import resolve_modifiers
from alliance_tui.extraction.regex import literal_alternation

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


def resolve_treaty_party(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "each Party", "the Requested State", "the Korean Participant" as a treaty uses them.

    Between named states each duty is of all of them, whichever has the role; a treaty without named states has its
    roles for parties.
    """
    if phrase.word in _ROLES and (state := phrase.head.doc[phrase.head.i + 1 : phrase.head.i + 2]).text == "State":
        phrase = phrase.headed_by(state[0])  # the parser may take "receiving" for the head
    parties, role = discourse.document_parties, _role_of_state(phrase)
    if not (_is_term_for_parties(phrase) or role):
        return None
    of_state = resolve_modifiers(discourse, phrase) if phrase.word in _PARTIES else None
    if not of_state and _belongs_to_name(phrase):
        return None
    if len(parties) == 1 and parties[0] in UNNAMED_PARTIES:
        return (f"{role.capitalize()} State",) if role else parties
    if len(parties) < 2 or role == "third":
        return None
    return of_state or parties


def _is_term_for_parties(phrase: NounPhrase) -> bool:
    """Whether its head, with a capital, is a treaty's word for a party: "Party", "either Government"."""
    if not _has_capital(phrase):
        return False
    return phrase.word in _PARTIES or (phrase.word in _STATES and _previous(phrase).lower_ in _DISTRIBUTIVES)


def _role_of_state(phrase: NounPhrase) -> str | None:
    """Return the role by which a treaty names a state: "receiving" of "the Receiving State"."""
    role = _previous(phrase).lower_
    return role if _has_capital(phrase) and phrase.word in ("state", "states") and role in _ROLES else None


def _belongs_to_name(phrase: NounPhrase) -> bool:
    """Whether the word before the head makes it a name: "the National Party"."""
    previous = _previous(phrase)
    return previous.is_title and previous.tag_ != "DT" and previous.lower_ not in _BEFORE_PARTIES


def _has_capital(phrase: NounPhrase) -> bool:
    return phrase.head.text[:1].isupper() and not phrase.head.text.isupper()


def _previous(phrase: NounPhrase) -> Token:
    """Return the word before the head, since parsers do not agree on what "receiving" is here; of the first, itself."""
    return phrase.head.nbor(-1) if phrase.head.i else phrase.head


def resolve_secretariat_head(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "The Secretary-General" in the charter of an organisation, which divides duties among its organs."""
    if discourse.issuer.chartered is None:
        return None
    match = _secretariat_head().search(phrase.passage.text, 0, phrase.head.idx + len(phrase.head))
    return (match.group(),) if match else None


@cache
def _secretariat_head() -> re.Pattern[str]:
    """Pattern of the title of whoever heads a secretariat, at the end of a phrase."""
    return re.compile(rf"\b(?:{literal_alternation(roles().offices.secretariat_heads)})$")


def resolve_charter_members(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
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
    return (f"{organisation} {'Member States' if is_member_state else 'Members'}",)
