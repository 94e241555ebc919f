"""Who undertakes: the actors of a candidate as canonical names, through the document's entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, Opening
from alliance_tui.extraction.commitments.evidence import extend_over_coordination
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.name_lexicon import capitalised_names, roles
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.parties.party_mapping import state_groups
from alliance_tui.extraction.syntax import SUBJECT_RELATIONS, conjuncts, is_nominal, is_verb
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENTRY = re.compile(r"(?P<name>[A-Z][\w’'-]+(?: [\w’'-]+){0,3})(?: \([^()]*\))?\.\s+(?=[A-Z])")
"""How an entry of a list of pledges begins: "Norland. Four ships"."""
_BETWEEN = frozenset({"between", "among", "amongst"})
_POINTING = frozenset({"this", "that", "these", "those", "such"})
_MAY_ACT = frozenset({"", "ORG", "GPE", "PERSON", "PRODUCT"})
"""What a name may be to the model that the entities do not hold, where it may yet name who acts."""
_MAY_HEAD = frozenset({EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.PLACE})
"""What acts where it heads an item."""
_CREATED = frozenset({EntityType.UNIT, EntityType.BODY, EntityType.PROGRAMME})
"""What a deed may set up, and is then no party to it: "the establishment of Task Forces 3 and 4"."""
_NO_ACTORS = frozenset({EntityType.INSTRUMENT, EntityType.EVENT})
_DIRECTIVE, _NOUN = CandidatePattern(Opening.DIRECTIVE), CandidatePattern(Opening.NOUN)
_INNER = frozenset({"of", "from", "between", "among"})


def find_parties(candidate: Candidate, passage: Passage, table: EntityTable, places: MentionIndex) -> tuple[str, ...]:
    """The parties of a candidate in the order in which the text names them, without repetition."""
    actor = candidate.actor
    done_to = actor if actor is not None and actor.dep_ == "nsubjpass" and actor.head == candidate.trigger else None
    bundle = candidate.pattern.opening is Opening.INCLUSION and actor is not None and actor.pos_ == "PRON"
    if done_to is not None or bundle:
        candidate = replace(candidate, actor=None)  # what something is done to does not do it, nor what it is part of
    if granting := _granting(actor, passage, table):
        return granting
    for heads in _sources(candidate, passage, table, places):
        found: dict[str, None] = {}
        for head in heads:
            here = candidate.passage_of(head, passage)
            named = _named(head, here, table)
            found.update(dict.fromkeys(n for n in named if places.entity_types.get(n) not in _NO_ACTORS))
            if _is_unknown_firm(head, heads, here, places):
                found[_full_name(head)] = None
        if found and _meets_as_one(candidate.trigger, found, table, places):
            return table.document_parties
        if (
            found
            and found.keys() < set(table.document_parties)
            and _is_mutual(candidate.trigger, len(table.document_parties))
        ):
            return table.document_parties
        if found:
            return tuple(name for name in found if not _only_possessor(name, heads, found, candidate, passage, table))
    own = _owner_of(done_to, table) if done_to is not None else ()
    return own or _implied(candidate, passage, table, places)


def _meets_as_one(anchor: Token, found: Iterable[str], table: EntityTable, places: MentionIndex) -> bool:
    """Whether a body of the principals will meet, which they undertake: "the Joint Committee will convene"."""
    takes_place = anchor.lemma_.lower() == "take" and any(child.lower_ == "place" for child in anchor.rights)
    meets = takes_place or anchor.lemma_.lower() in roles().party_verbs.convening
    if not meets or len(table.document_parties) < 2:
        return False
    return all(places.entity_types.get(name) is EntityType.BODY and name not in state_groups() for name in found)


def _granting(actor: Token | None, passage: Passage, table: EntityTable) -> tuple[str, ...]:
    """The other of two principals where something is allowed or given to one: "Danish ships will be given access"."""
    if actor is None or actor.dep_ != "nsubjpass" or actor.head.lemma_.lower() not in roles().party_verbs.granting:
        return ()
    told = _told_in(actor) | set(table.resolve(passage, actor))
    others = tuple(name for name in table.document_parties if name not in told)
    return others if len(table.document_parties) == 2 and len(others) == 1 and _agent(actor.head) is None else ()


def _told_in(noun: Token) -> set[str]:
    """The names, listed ones, in the words of a noun phrase up to its head."""
    return {found.entry.name for found in gazetteer().find(noun.doc[noun.left_edge.i : noun.i + 1].text)}


def _owner_of(thing: Token, table: EntityTable) -> tuple[str, ...]:
    """The one principal to whom belongs what something is done with: "a Danish office will be opened"; nobody where it
    is done for them ("Danish pilots will be trained").
    """
    if thing.head.lemma_.lower() in roles().party_verbs.benefiting:
        return ()
    found = _told_in(thing) & set(table.document_parties)
    return tuple(found) if len(found) == 1 else ()


def _teller(candidate: Candidate, passage: Passage, table: EntityTable) -> tuple[str, ...]:
    """Who says what will be done, where nobody is said to do it: "Norland confirmed that work would begin"."""
    clause = candidate.clause_verb
    while clause.dep_ == "conj" and is_verb(clause.head):
        clause = clause.head
    if clause.dep_ != "ccomp" or clause.head.lemma_.lower() not in cues().speech_verbs | cues().reporting_verbs:
        return ()
    telling = (child for child in clause.head.children if child.dep_ == "nsubj")
    return next((who for one in telling if (who := table.resolve(candidate.passage_of(one, passage), one))), ())


def _implied(candidate: Candidate, passage: Passage, table: EntityTable, places: MentionIndex) -> tuple[str, ...]:
    """Who must be meant where the subject names no party: whom the talks are between, whom the item’s heading table,
    who acted before "this shift", else those for whom the document speaks, as "this Memorandum" is all of theirs;
    nobody for firms without a name.
    """
    for token in candidate.trigger.subtree:
        if token.lower_ in _BETWEEN and token.head.lemma_.lower() not in roles().nonparty_nouns.conflicts:
            target = next((child for child in token.rights if child.dep_ == "pobj"), None)
            if target is not None and (found := _named(target, passage, table)):
                return tuple(dict.fromkeys(found))
    meant = _of_heading(passage, table) or _teller(candidate, passage, table) or table.document_parties
    actor = candidate.actor if candidate.actor is not None else candidate.owner
    if actor is None:
        return meant
    if actor.lower_ in roles().group_nouns.unnamed_organisations and not _are_principals(actor):
        return ()
    here = candidate.passage_of(actor, passage)
    if _is_new_name(actor, here, places):
        return tuple(_full_name(one) for one in (actor, *conjuncts(actor)) if _is_new_name(one, here, places))
    its_own = actor.lemma_.lower() in roles().nonparty_nouns.documents
    if here is passage and not its_own and any(child.lower_ in _POINTING for child in actor.lefts):
        if acted := _who_acted_before(actor, passage, table):
            return acted
        state = places.last_state_before(passage.offset + actor.left_edge.idx)
        if state is not None:
            return (state,)
    return meant


def _of_heading(passage: Passage, table: EntityTable) -> tuple[str, ...]:
    """Whom a run-in heading names and nothing else: "Norland: Will lend four ships", "Norland. Four ships"."""

    def heading() -> tuple[str, ...]:
        entry = _ENTRY.match(passage.text)
        known = gazetteer().get(entry["name"]) if entry else None
        state = known.name if known is not None and known.type is EntityType.STATE else ""
        return _named_by((passage.segment.label or state).lower(), table)

    return passage.memo("party of its heading", heading)


def _named_by(label: str, table: EntityTable) -> tuple[str, ...]:
    if not label:
        return ()
    may = (entity for entity in table.entities if entity.type in _MAY_HEAD)
    named = (e for e in may if label in {e.name.lower(), *(mention.span.quote.lower() for mention in e.mentions)})
    return next(((entity.name,) for entity in named), ())


def _who_acted_before(actor: Token, passage: Passage, table: EntityTable) -> tuple[str, ...]:
    """The parties that the nearest subject in the sentences before names: "Norland gives aid. This support will"."""
    before = reversed(actor.doc[: actor.sent.start])
    return next(
        (who for token in before if token.dep_ in SUBJECT_RELATIONS and (who := table.resolve(passage, token))), ()
    )


def _is_new_name(actor: Token, passage: Passage, places: MentionIndex) -> bool:
    """Whether it names someone who acts, whom the entities do not hold: "Chobani"; not "the Executive Order",
    "Access to these grants" or the last word of a heading in capitals.
    """
    loud = actor.pos_ == "NOUN" and actor.text.isupper() and not (actor.i and actor.nbor(-1).text.isupper())
    if (
        not (actor.pos_ == "PROPN" or loud)
        or actor.ent_type_ not in _MAY_ACT
        or actor.lemma_.lower() in roles().nonparty_nouns.documents
        or (actor.lower_ in roles().group_nouns.parties and not list(actor.lefts))
        or actor.text in capitalised_names().non_name_words
    ):
        return False
    begins = actor.is_sent_start is True and any(child.lower_ in ("for", "to", "of") for child in actor.rights)
    described = any(child.dep_ in ("det", "poss") for child in actor.lefts)  # "the Partnership", "its Partnership"
    is_office = any(word.text in roles().offices.ministers for word in actor.subtree)  # "Secretary of Energy"
    return not (begins or described or is_office) and places.type_at(passage.offset + actor.idx) is None


def _is_unknown_firm(head: Token, heads: Sequence[Token], passage: Passage, places: MentionIndex) -> bool:
    """Whether it names what the entities do not hold, beside an organisation: "Acme and Norland Health"."""
    beside = {places.type_at(passage.offset + other.idx) for other in heads if other is not head}
    plain = head.tag_ == "NNP" or (head.tag_ == "NN" and head.text.isupper())
    return beside == {EntityType.ORGANISATION} and plain and _is_new_name(head, passage, places)


def _are_principals(actor: Token) -> bool:
    """Whether a number or whose they are says that those are meant for whom the document speaks: "our two firms"."""
    return any(child.lower_ in ("two", "both", "our") for child in actor.lefts)


def _full_name(actor: Token) -> str:
    """The name in the text that ends with this word."""
    first = actor.i
    while first and actor.doc[first - 1].pos_ == "PROPN" and actor.is_ancestor(actor.doc[first - 1]):
        first -= 1
    return actor.doc[first : actor.i + 1].text


def _only_possessor(
    name: str, heads: Sequence[Token], found: Iterable[str], candidate: Candidate, passage: Passage, table: EntityTable
) -> bool:
    """Whether a party is named only as whose another party is ("Norland’s Ministry of Defence")."""
    if len(list(found)) < 2:
        return False
    proper = [t for head in heads for t in head.subtree if t.pos_ == "PROPN" and t.dep_ != "compound"]
    naming = [t for t in proper if table.resolve(candidate.passage_of(t, passage), t) == (name,)]
    return bool(naming) and all(t.i + 1 < len(t.doc) and t.nbor().tag_ == "POS" for t in naming)


def _is_mutual(anchor: Token, many: int) -> bool:
    """Whether it is said to be done by so many with each other: "the signing of a bilateral agreement"."""
    numbers, heads = roles().numbers, _with_of(anchor) if is_nominal(anchor) else ()
    told = (numbers.get(child.lower_) for head in heads for child in head.lefts if child.dep_ == "amod")
    return many in told


def _with_of(noun: Token) -> list[Token]:
    """A noun and what it is of: "signing", "agreement"."""
    return [noun, *(child for prep in noun.rights if prep.lower_ == "of" for child in prep.rights)]


def _sources(candidate: Candidate, passage: Passage, table: EntityTable, places: MentionIndex) -> Iterable[list[Token]]:
    """Where the actors may stand, the best place first."""
    anchor = candidate.trigger
    if behalf := _behalf(anchor):
        yield behalf
    between = _between(anchor)
    if between:
        yield between
    if giver := _giver(anchor):
        yield [giver, *conjuncts(giver)]
    if candidate.owner is not None and candidate.owner.pos_ != "PRON" and candidate.pattern != _DIRECTIVE:
        yield [candidate.owner, *conjuncts(candidate.owner)]
    if is_nominal(anchor):
        yield from _modifiers(anchor, passage, table, places)
    for made in (anchor, *_made(anchor)):
        agent = _agent(made)
        if agent is not None:
            yield [agent, *conjuncts(agent)]
    if candidate.actor is None and candidate.pattern == _NOUN:
        yield from _before_noun(candidate.cues[0].token)
    if candidate.actor is not None:
        listed = (other for other in conjuncts(candidate.actor) if is_nominal(other))
        yield [*_listed_before(candidate.actor), candidate.actor, *listed, *_signed_with(candidate)]
    if candidate.owner is not None and candidate.pattern != _DIRECTIVE:  # who is told to do it does not undertake it
        yield [candidate.owner]


def _between(anchor: Token) -> list[Token]:
    """The parties of "the signing of an agreement between A and B"."""
    if not is_nominal(anchor):
        return []
    for head in _with_of(anchor):
        for prep in head.rights:
            if prep.lower_ in _BETWEEN:
                target = next((child for child in prep.rights if child.dep_ == "pobj"), None)
                if target is not None:
                    return [target, *conjuncts(target)]
    return []


def _behalf(verb: Token) -> list[Token]:
    """For whom somebody signs: "The Minister signed the accord on behalf of Norland"."""
    if verb.lemma_.lower() not in roles().party_verbs.signing:
        return []
    on = (prep for child in (verb, *verb.rights) for prep in child.rights if prep.lower_ == "on")
    behalf = (noun for prep in on for noun in prep.rights if noun.lower_ == "behalf")
    of = (target for noun in behalf for prep in noun.rights for target in prep.rights if target.dep_ == "pobj")
    return next(([target, *conjuncts(target)] for target in of), [])


def _modifiers(anchor: Token, passage: Passage, table: EntityTable, places: MentionIndex) -> Iterable[list[Token]]:
    """The parties of "trilateral A-B-C exercises", where two or more stand before the noun."""
    for head in _with_of(anchor):
        named = [token for token in head.doc[head.left_edge.i : head.i] if token.pos_ == "PROPN"]
        found = {name for token in named for name in table.resolve(passage, token)}
        if len(found) > 1 and not any(places.entity_types.get(name) in _CREATED for name in found):
            yield named


def _before_noun(cue: Token) -> Iterable[list[Token]]:
    """The name right before a cue that the parse may take for a noun: "USAID plans to build"."""
    if cue.i > cue.sent.start and cue.nbor(-1).text[:1].isupper():
        yield [cue.nbor(-1)]


def _listed_before(actor: Token) -> list[Token]:
    """The names before a subject that the parse left out of it."""
    doc = actor.doc
    start = actor.left_edge.i
    first = extend_over_coordination(start, actor)
    return [
        token for token in doc[first:start] if token.pos_ == "PROPN" and token.dep_ not in ("compound", "nmod", "poss")
    ]


def _giver(verb: Token) -> Token | None:
    """Who undertakes that another will receive something: "will receive loans from Norland"."""
    if verb.lemma_.lower() not in roles().party_verbs.receiving:
        return None
    within = (prep for child in (verb, *verb.rights) for prep in child.rights if prep.lower_ == "from")
    return next((child for prep in within for child in prep.rights if child.dep_ == "pobj"), None)


def _signed_with(candidate: Candidate) -> Iterable[Token]:
    """Who signs with the actor: "Norland signed an agreement with Sudland", "agreed with Sudland to"."""
    verbs = roles().party_verbs
    for verb in dict.fromkeys((candidate.trigger, *(cue.token for cue in candidate.cues))):
        lemma, things = verb.lemma_.lower(), [child for child in verb.rights if child.dep_ == "dobj"]
        documents = [thing for thing in things if thing.lemma_.lower() in roles().nonparty_nouns.documents]
        if not is_verb(verb) or not (lemma in verbs.signing or (lemma in verbs.concluding and documents)):
            continue
        for prep in (child for head in (verb, *things) for child in head.rights if child.lower_ == "with"):
            for target in (child for child in prep.rights if child.dep_ == "pobj"):
                yield from (target, *conjuncts(target))


def _made(thing: Token) -> Iterable[Token]:
    """Where it may also be said who makes a thing: "a plan [signed] by", "$1 billion of [investments] by"."""
    if is_nominal(thing):
        yield from (child for child in thing.rights if child.dep_ == "acl")
        yield from _with_of(thing)[1:]


def _agent(deed: Token) -> Token | None:
    """By whom it is done: "signed by", "investments by"."""
    for prep in deed.rights:
        if prep.dep_ == "agent" or (prep.lower_ == "by" and is_nominal(deed)):
            return next((child for child in prep.rights if child.dep_ == "pobj"), None)
    return None


def _named(head: Token, passage: Passage, table: EntityTable) -> list[str]:
    found = list(table.resolve(passage, head))
    if found:
        return found
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _INNER:
            for target in child.rights:
                if target.dep_ == "pobj":
                    for one in [target, *conjuncts(target)]:
                        found.extend(table.resolve(passage, one))
    if not found:
        for child in head.lefts:
            if child.dep_ in ("compound", "nmod", "amod", "poss"):
                found.extend(table.resolve(passage, child))
    return found
