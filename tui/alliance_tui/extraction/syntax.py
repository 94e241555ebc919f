"""Clauses and their parts in a dependency parse, with fallbacks for errors of a small parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Clauses

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SUBJECT_RELATIONS = NOMINAL_SUBJECTS | {"csubj", "csubjpass", "expl"}
RELATIVE_PRONOUNS = frozenset({"which", "who", "whom", "whose", "where", "whereby", "wherein"})
"""Pronouns and adverbs that are relative or interrogative alone."""
RELATIVE_WORDS = RELATIVE_PRONOUNS | {"that"}
_ADDITIVE_ADVERBS = frozenset({"only", "just", "merely"})
_MAX_ANCESTORS = 8
"""The words, from a verb up, in whose clauses its subject is looked for."""


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_nominal(token: Token) -> bool:
    """Whether a token can head a noun phrase."""
    return token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "SYM")


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, infinitival "to" included."""
    return [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]


def is_finite(verb: Token) -> bool:
    """Whether a verb or its auxiliary is tensed or modal."""
    return verb.tag_ in ("VBD", "VBP", "VBZ") or any(
        aux.tag_ in ("MD", "VBD", "VBP", "VBZ") for aux in auxiliaries(verb)
    )


def is_infinitive(verb: Token) -> bool:
    """Whether a verb has infinitival "to"."""
    return any(aux.lower_ == "to" for aux in auxiliaries(verb))


def shares_infinitive(verb: Token) -> bool:
    """Whether a verb is coordinated with an infinitive and shares its "to": "to review and determine"."""
    head = verb.head
    if verb.tag_ != "VB" or verb.dep_ != "conj" or not is_verb(head) or local_subject(verb) is not None:
        return False
    return is_infinitive(head) or shares_infinitive(head)


def is_negated(token: Token) -> bool:
    """Whether a token has a negation; "not only" is none."""
    return any(
        (child.dep_ == "neg" or child.lower_ in ("not", "never", "n’t", "n't"))
        and child.nbor().lower_ not in _ADDITIVE_ADVERBS
        for child in token.lefts
    )


def local_subject(verb: Token) -> Token | None:
    """The head of a verb's subject in its own clause, or an acronym there that the parser takes for an adverb."""
    return next((child for child in verb.lefts if child.dep_ in SUBJECT_RELATIONS or _is_misread_name(child)), None)


def _is_misread_name(token: Token) -> bool:
    return token.dep_ in ("advmod", "npadvmod", "dep") and token.is_upper and len(token) > 2 and token.is_alpha


def find_subject(verb: Token) -> Token | None:
    """The head of a verb's subject: in its own clause, or in one that it depends on."""
    token = verb
    for _ in range(_MAX_ANCESTORS):
        found = local_subject(token)
        if found is not None and found.dep_ != "expl":
            return found
        if token.head == token:
            break
        token = token.head
        if not is_verb(token) and token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADP"):
            break
    return _subject_before(verb)


def _subject_before(verb: Token) -> Token | None:
    """The head of the nearest noun phrase before a verb that has no subject by the parse."""
    sentence = verb.sent
    for token in reversed(sentence.doc[sentence.start : verb.i]):
        if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
            return None
        if is_nominal(token) and token.dep_ not in ("pobj", "npadvmod", "compound", "nmod", "poss"):
            return token
    return None


def has_own_clause(verb: Token) -> bool:
    """Whether a conjunct is a clause: it has its own subject or modal."""
    return local_subject(verb) is not None or any(aux.tag_ == "MD" for aux in auxiliaries(verb))


def conjuncts(token: Token) -> Iterator[Token]:
    """Yield the conjuncts of a token that share its subject and auxiliaries, in reading order."""
    for child in token.rights:
        if child.dep_ != "conj":
            continue
        same = is_verb(child) == is_verb(token) and not (is_verb(child) and has_own_clause(child))
        if token.tag_ == "VB" and child.tag_ == "VBD":  # "agreed that it should lead, and directed"
            continue
        if same and not _is_purpose_clause(child):
            yield child
        yield from conjuncts(child)


def _is_purpose_clause(verb: Token) -> bool:
    """Whether a conjunct is really an infinitive of purpose: there is no "and" or comma before its "to"."""
    if not is_infinitive(verb):
        return False
    mark = next(aux for aux in auxiliaries(verb) if aux.lower_ == "to")
    before = mark.nbor(-1) if mark.i > mark.sent.start else mark
    return before.lower_ not in ("and", "or", ",", ";", "also", "but", "“")


def direct_object(verb: Token) -> Token | None:
    """The head of a verb's direct object."""
    return next((child for child in verb.rights if child.dep_ in ("dobj", "obj") and is_nominal(child)), None)


def coordinated_verbs(verb: Token) -> list[tuple[Token, Token]]:
    """Group a verb and its conjuncts by object: for each object the first and the last verb that share it.

    "develop, use and share X and report Y" gives (develop, share) and (report, report).
    """
    found: list[tuple[Token, Token]] = []
    for member in [verb, *conjuncts(verb)]:
        if found and is_verb(member) and _is_bare_coordination(found[-1][1], member):
            found[-1] = (found[-1][0], member)
        else:
            found.append((member, member))
    return found


def _is_bare_coordination(verb: Token, following: Token) -> bool:
    """Whether only a comma, "and" or adverbs separate two coordinated verbs."""
    between = verb.doc[verb.i + 1 : following.i]
    return all(token.lower_ in (",", "and", "or", "/", "to") or token.pos_ == "ADV" for token in between)


def next_content_token(token: Token) -> Token | None:
    """The next token of the sentence, adverbs and the like skipped."""
    index = token.i + 1
    end = token.sent.end
    while index < end:
        following = token.doc[index]
        if not (following.pos_ == "ADV" or following.lower_ in load(Clauses).transparent_adverbs):
            return following
        index += 1
    return None


def verb_after(token: Token, tags: tuple[str, ...]) -> Token | None:
    """The verb that follows a token, adverbs skipped, if it has one of these tags."""
    following = next_content_token(token)
    if following is not None and (following.tag_ in tags) and following.pos_ in ("VERB", "AUX", "NOUN"):
        return following.head if following.dep_ in ("aux", "auxpass") and is_verb(following.head) else following
    return None


def owner_of(noun: Token) -> Token | None:
    """The head of a noun's owner: "Japan’s plan", "its plan", "the plan of Japan", "the U.S. plan"."""
    possessor = possessor_of(noun)
    if possessor is not None:
        return possessor
    is_event = noun.lemma_.lower() in cues().event_nouns  # its object follows: "the establishment of a Task Force"
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in (("by",) if is_event else ("of", "by")):
            named = next((child for child in prep.rights if child.dep_ == "pobj" and _has_name(child)), None)
            if named is not None:
                return named
    before = (child for child in noun.lefts if child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN")
    return next((child for child in before if noun.pos_ != "PROPN" or child.ent_type_ == "GPE"), None)


def _has_name(noun: Token) -> bool:
    return noun.pos_ == "PROPN" or any(child.text[:1].isupper() for child in noun.lefts if child.dep_ != "det")


def possessor_of(noun: Token) -> Token | None:
    """The head of a noun's possessor: "Japan’s plan", "its plan"."""
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)
