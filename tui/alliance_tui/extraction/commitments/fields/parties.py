"""Parties of a candidate: who undertakes, by canonical name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, Opening
from alliance_tui.extraction.commitments.fields.party_sources import (
    BETWEEN,
    PartyContext,
    PartySource,
    agent_of,
    party_sources,
    with_of_phrase,
)
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, roles
from alliance_tui.extraction.mentions.people.affiliations import state_in_name
from alliance_tui.extraction.mentions.people.offices import department_of_office
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.parties.party_mapping import state_groups
from alliance_tui.extraction.syntax import SUBJECT_RELATIONS, conjuncts, is_nominal, is_verb
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_PLEDGE_ENTRY = re.compile(r"(?P<name>[A-Z][\w’'-]+(?: [\w’'-]+){0,3})(?: \([^()]*\))?\.\s+(?=[A-Z])")
"""The start of an entry in a list of pledges: "Norland. Four ships"."""
_ITEM_NUMBER = re.compile(r"^\W*\(\w+\)\s*")
"""The number before an order's sentence."""
_JOINT = frozenset({"joint", "common", "bilateral", "trilateral", "both"})
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those", "such"})
_ACTOR_LABELS = frozenset({"", "ORG", "GPE", "PERSON", "PRODUCT"})
"""spaCy's entity labels of a name that may act though the entity table lacks it."""
_HEADING_TYPES = frozenset({EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.PLACE})
"""The types of entity that are the party of an item where they are its heading."""
_NON_PARTY_TYPES = frozenset({EntityType.INSTRUMENT, EntityType.EVENT})


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of a candidate in the order in which the text names them, and the source that gave them."""

    names: tuple[str, ...]
    source: PartySource


def find_parties(candidate: Candidate, passage: Passage, table: EntityTable, mentions: MentionIndex) -> Parties:
    """Return the parties of a candidate: of the first source in its clause that names any, else the implied ones."""
    context = PartyContext(candidate, passage, table, mentions)
    if grantor := _grantor(context):
        return Parties(grantor, PartySource.GRANTOR)
    if department := _directed_department(context):
        return Parties((department,), PartySource.DIRECTED_OFFICE)
    affected = _affected_subject(candidate)
    if affected is not None or _is_collection(candidate):
        context = replace(context, candidate=replace(candidate, actor=None))
    for source, heads in party_sources(context):
        names = _collect(heads, context)
        if source is PartySource.BETWEEN and is_verb(candidate.trigger) and len(names) < 2:
            continue  # "launched a collaboration between our laboratories"
        if names:
            return Parties(_override(names, context) or _without_possessors(names, heads, context), source)
    if affected is not None and (owner := _owning_party(affected, table)):
        return Parties(owner, PartySource.AFFECTED_OWNER)
    for source, rule in _IMPLICATION_RULES:
        implied = rule(context)
        if implied is not None:
            return Parties(implied, source)
    return Parties(table.document_parties, PartySource.DOCUMENT)


def _directed_department(context: PartyContext) -> str | None:
    """Return the department whose head a document of its own state directs: "The Secretary of Commerce shall".

    A foreign minister acts for the state by virtue of the office (Vienna Convention on the Law of Treaties, article 7).
    """
    parties = context.table.document_parties
    cue = next((cue.token for cue in context.candidate.cues if cue.token.lower_ == "shall"), None)
    if cue is None or len(parties) != 1:
        return None
    words = _without_asides(cue.doc[cue.sent.start : cue.i].text)
    department = department_of_office(words)
    is_own = department is not None and state_in_name(department) == parties[0]
    return department if is_own and department not in roles().offices.foreign_ministries else None


def _without_asides(words: str) -> str:
    """Return the subject of an order's sentence without its number and what stands after it.

    That is a role in brackets, or what commas enclose: "in consultation with …".
    """
    words = _ITEM_NUMBER.sub("", words).strip()
    if words.endswith(","):
        begins = words.find(", ", words.rfind(";") + 1)
        return words[:begins].strip() if begins >= 0 else words
    begins = words.rfind("(")
    is_bracketed = begins >= 0 and words.endswith(")") and ")" not in words[begins:-1]
    return words[:begins].strip() if is_bracketed else words


def _affected_subject(candidate: Candidate) -> Token | None:
    """Return the subject of a passive trigger, which does not act."""
    actor = candidate.actor
    is_affected = actor is not None and actor.dep_ == "nsubjpass" and actor.head == candidate.trigger
    return actor if is_affected else None


def _is_collection(candidate: Candidate) -> bool:
    """Whether the subject is a pronoun for the measures that include this one: "these include launching"."""
    actor = candidate.actor
    return candidate.pattern.opening is Opening.INCLUSION and actor is not None and actor.pos_ == "PRON"


def _collect(heads: Sequence[Token], context: PartyContext) -> list[str]:
    """Return the names of a source's parties, without repetition."""
    names: dict[str, None] = {}
    for head in heads:
        parties = context.resolve_phrase(head)
        types = context.mentions.entity_types
        names.update(dict.fromkeys(name for name in parties if types.get(name) not in _NON_PARTY_TYPES))
        if _is_unknown_firm(head, heads, context):
            names[_full_name(head)] = None
    return list(names)


def _override(names: Sequence[str], context: PartyContext) -> tuple[str, ...]:
    """Return the document parties where the clause names only some of them or a body of theirs; else nothing."""
    document_parties = context.table.document_parties
    if _is_joint_meeting(names, context):
        return document_parties
    is_part = set(names) < set(document_parties)
    return document_parties if is_part and _is_mutual(context.candidate.trigger, len(document_parties)) else ()


def _is_joint_meeting(names: Sequence[str], context: PartyContext) -> bool:
    """Whether a body of the document parties will meet, which they undertake: "the Joint Committee will convene"."""
    trigger, table = context.candidate.trigger, context.table
    takes_place = trigger.lemma_.lower() == "take" and any(child.lower_ == "place" for child in trigger.rights)
    meets = takes_place or trigger.lemma_.lower() in roles().party_verbs.convening
    if not meets or len(table.document_parties) < 2:
        return False
    types = context.mentions.entity_types
    return all(types.get(name) is EntityType.BODY and name not in state_groups() for name in names)


def _is_mutual(trigger: Token, count: int) -> bool:
    """Whether an adjective says that so many parties do it with each other: "signing of a bilateral agreement"."""
    numbers = roles().numbers
    heads = with_of_phrase(trigger) if is_nominal(trigger) else ()
    return count in (numbers.get(child.lower_) for head in heads for child in head.lefts if child.dep_ == "amod")


def _without_possessors(names: Sequence[str], heads: Sequence[Token], context: PartyContext) -> tuple[str, ...]:
    """Leave out parties that are only the possessors of another: Norland in "Norland’s Ministry of Defence"."""
    if len(names) < 2:
        return tuple(names)
    return tuple(name for name in names if not _is_possessor_only(name, heads, context))


def _is_possessor_only(name: str, heads: Sequence[Token], context: PartyContext) -> bool:
    proper = [t for head in heads for t in head.subtree if t.pos_ == "PROPN" and t.dep_ != "compound"]
    tokens = [token for token in proper if context.resolve(token) == (name,)]
    return bool(tokens) and all(t.i + 1 < len(t.doc) and t.nbor().tag_ == "POS" for t in tokens)


def _grantor(context: PartyContext) -> tuple[str, ...]:
    """Return the other of two document parties where one is granted something: "Danish ships will be given access"."""
    actor, document_parties = context.candidate.actor, context.table.document_parties
    if actor is None or actor.dep_ != "nsubjpass" or actor.head.lemma_.lower() not in roles().party_verbs.granting:
        return ()
    grantees = _listed_names(actor) | set(context.resolve(actor))
    others = tuple(name for name in document_parties if name not in grantees)
    return others if len(document_parties) == 2 and len(others) == 1 and agent_of(actor.head) is None else ()


def _listed_names(noun: Token) -> set[str]:
    """Return the gazetteer's names in a noun phrase with its "of" phrase: "a third of Danish ships"."""
    last = max(word.i for word in with_of_phrase(noun))
    return {match.entry.name for match in gazetteer().find(noun.doc[noun.left_edge.i : last + 1].text)}


def _owning_party(thing: Token, table: EntityTable) -> tuple[str, ...]:
    """Return the document party that owns the subject of a passive: "a Danish office will be opened".

    What is done for the owner does not count: "Danish pilots will be trained".
    """
    trained = any(noun.lower_ in roles().group_nouns.beneficiaries for noun in with_of_phrase(thing)[1:])
    if trained or thing.head.lemma_.lower() in roles().party_verbs.benefiting:
        return ()
    owners = _listed_names(thing) & set(table.document_parties)
    return tuple(owners) if len(owners) == 1 else ()


def _implied_between(context: PartyContext) -> tuple[str, ...] | None:
    """Return the parties between whom it is: "talks will begin between A and B"; not "disputes between"."""
    for token in context.candidate.trigger.subtree:
        if token.lower_ in BETWEEN and token.head.lemma_.lower() not in roles().nonparty_nouns.conflicts:
            target = next((child for child in token.rights if child.dep_ == "pobj"), None)
            if target is not None and (parties := context.resolve_phrase(target)):
                return tuple(dict.fromkeys(parties))
    return None


def _subject(context: PartyContext) -> Token | None:
    """Return the actor of the candidate, else its owner."""
    candidate = context.candidate
    return candidate.actor if candidate.actor is not None else candidate.owner


def _benefactor(context: PartyContext) -> tuple[str, ...] | None:
    """Return the other of two document parties where people of one benefit: "permits for Danish students", "to Norway".

    Not where the clause names the other too, or where it is joint.
    """
    parties, trigger = context.table.document_parties, context.candidate.trigger
    if len(parties) != 2:
        return None
    subject = _subject(context) or next((t for t in trigger.lefts if t.dep_ == "nsubjpass"), trigger)
    words = trigger.doc[min(subject.left_edge.i, trigger.left_edge.i) : trigger.right_edge.i + 1]
    named = {m.entry.name for m in gazetteer().find(words.text)} & set(parties)
    if len(named) != 1 or any(word.lower_ in _JOINT for word in words) or not _is_for(words, named, context):
        return None
    return tuple(party for party in parties if party not in named)


def _is_for(words: Span, named: set[str], context: PartyContext) -> bool:
    """Whether words name people of a party as those for whom something is done, or a party as the recipient."""
    beneficiaries = roles().group_nouns.beneficiaries
    for noun in words:
        if noun.lower_ in beneficiaries and _listed_names(noun) & named:
            return noun.dep_ in ("pobj", "nsubjpass", "dative", "conj")
        is_recipient = noun.dep_ == "pobj" and noun.head.lower_ == "to" and set(context.resolve(noun)) == named
        if is_recipient and noun.head.head.lemma_.lower() in roles().party_verbs.giving:
            return True
    return False


def _unnamed_firms(context: PartyContext) -> tuple[str, ...] | None:
    """Return no party where firms without a name act: "several companies will"; not "our two companies"."""
    subject = _subject(context)
    if subject is None or subject.lower_ not in roles().group_nouns.unnamed_organisations:
        return None
    are_document_parties = any(child.lower_ in ("two", "both", "our") for child in subject.lefts)
    return None if are_document_parties else ()


def _new_names(context: PartyContext) -> tuple[str, ...] | None:
    """Return the names of the subject that the entity table lacks."""
    subject = _subject(context)
    if subject is None or not _is_new_name(subject, context):
        return None
    return tuple(_full_name(token) for token in (subject, *conjuncts(subject)) if _is_new_name(token, context))


def _earlier_actor(context: PartyContext) -> tuple[str, ...] | None:
    """Return the parties to whose action a subject refers back: "Norland gives aid. This support will", "Work will"."""
    subject = _subject(context) or _passive_instalment(context)
    if subject is None or context.passage_of(subject) is not context.passage:
        return None
    is_document = subject.lemma_.lower() in roles().nonparty_nouns.documents  # "this Memorandum" is the document's own
    refers_back = any(child.lower_ in _DEMONSTRATIVES for child in subject.lefts)
    if is_document or not (refers_back or _is_instalment(subject)):
        return None
    for token in reversed(subject.doc[: subject.sent.start]):
        if token.dep_ in SUBJECT_RELATIONS and (parties := context.resolve(token)):
            return parties
    if not refers_back:
        return None
    state = context.mentions.last_state_before(context.passage.offset + subject.left_edge.idx)
    return None if state is None else (state,)


def _passive_instalment(context: PartyContext) -> Token | None:
    """Return the subject of a passive trigger that is a part of what an earlier sentence gives: "a tranche is paid"."""
    subjects = (child for child in context.candidate.trigger.lefts if child.dep_ == "nsubjpass")
    return next((subject for subject in subjects if _is_instalment(subject)), None)


def _is_instalment(subject: Token) -> bool:
    """Whether a subject is a part or the course of what an earlier sentence gives: "Deliveries", "a second tranche"."""
    is_joint = any(child.lower_ in _JOINT for child in subject.lefts)
    return not is_joint and subject.lemma_.lower() in roles().nonparty_nouns.instalments


def _party_of_heading(context: PartyContext) -> tuple[str, ...] | None:
    """Return the party that is the heading of an item: "Norland: Will lend four ships", "Norland. Four ships"."""
    passage, table = context.passage, context.table

    def find() -> tuple[str, ...]:
        entry = _PLEDGE_ENTRY.match(passage.text)
        listed = gazetteer().get(entry["name"]) if entry else None
        state = listed.name if listed is not None and listed.type is EntityType.STATE else ""
        return _entity_called((passage.segment.label or state).lower(), table)

    return passage.memo("party of its heading", find) or None


def _entity_called(label: str, table: EntityTable) -> tuple[str, ...]:
    """Return the entity with a lower-case name or surface form that may be the party of an item."""
    if not label:
        return ()
    for entity in table.entities:
        if entity.type in _HEADING_TYPES:
            forms = {entity.name.lower(), *(mention.span.quote.lower() for mention in entity.mentions)}
            if label in forms:
                return (entity.name,)
    return ()


def _reporter(context: PartyContext) -> tuple[str, ...] | None:
    """Return who reports what will be done, where the clause names no actor: "Norland confirmed that work would"."""
    verb = context.candidate.clause_verb
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    if verb.dep_ != "ccomp" or verb.head.lemma_.lower() not in cues().speech_verbs | cues().reporting_verbs:
        return None
    subjects = (child for child in verb.head.children if child.dep_ == "nsubj")
    return next((parties for token in subjects if (parties := context.resolve(token))), None)


def _unnamed_organ(context: PartyContext) -> tuple[str, ...] | None:
    """Return no party for a clause of an organisation's charter, which divides duties among members and organs.

    What the charter itself creates is the organisation's: "There shall be established a Committee".
    """
    founds = context.candidate.trigger.lemma_.lower() in roles().party_verbs.founding
    return None if context.table.chartered is None or founds else ()


_IMPLICATION_RULES: tuple[tuple[PartySource, Callable[[PartyContext], tuple[str, ...] | None]], ...] = (
    (PartySource.IMPLIED_BETWEEN, _implied_between),
    (PartySource.BENEFACTOR, _benefactor),
    (PartySource.UNNAMED_FIRMS, _unnamed_firms),
    (PartySource.NEW_NAME, _new_names),
    (PartySource.EARLIER_ACTOR, _earlier_actor),
    (PartySource.HEADING, _party_of_heading),
    (PartySource.REPORTER, _reporter),
    (PartySource.CHARTER, _unnamed_organ),
)
"""The rules for a clause that names no party, in order; the first that does not return None decides."""


def _is_new_name(token: Token, context: PartyContext) -> bool:
    """Whether a token names an actor that the entity table lacks: "Chobani".

    Not "the Executive Order", "Access to these grants" or the last word of a heading in capitals.
    """
    is_capitals = token.pos_ == "NOUN" and token.text.isupper() and not (token.i and token.nbor(-1).text.isupper())
    if (
        not (token.pos_ == "PROPN" or is_capitals)
        or token.ent_type_ not in _ACTOR_LABELS
        or token.lemma_.lower() in roles().nonparty_nouns.documents
        or (token.lower_ in roles().group_nouns.parties and not list(token.lefts))
        or token.text in capitalised_names().non_name_words
        or "(" in token.text  # "Section 9(a)(2)"
    ):
        return False
    opens_phrase = token.is_sent_start is True and any(c.lower_ in ("for", "to", "of") for c in token.rights)
    is_described = any(child.dep_ in ("det", "poss") for child in token.lefts)  # "the Partnership", "its Partnership"
    is_office = any(word.text in roles().offices.ministers for word in token.subtree)  # "Secretary of Energy"
    return not (opens_phrase or is_described or is_office) and context.type_at(token) is None


def _is_unknown_firm(head: Token, heads: Sequence[Token], context: PartyContext) -> bool:
    """Whether a head names no entity and is coordinated with an organisation: "Acme and Norland Health"."""
    others = {context.type_at(other) for other in heads if other is not head}
    is_name = head.tag_ == "NNP" or (head.tag_ == "NN" and head.text.isupper())
    return others == {EntityType.ORGANISATION} and is_name and _is_new_name(head, context)


def _full_name(token: Token) -> str:
    """Return the name in the text that ends with a token."""
    first = token.i
    while first and token.doc[first - 1].pos_ == "PROPN" and token.is_ancestor(token.doc[first - 1]):
        first -= 1
    return token.doc[first : token.i + 1].text
