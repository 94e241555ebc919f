"""Reading clauses off a parse, with fallbacks for what a small parser gets wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.cues import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT_RELATIONS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
RELATIVE_WORDS = frozenset({"which", "who", "that", "whom", "whose", "where", "wherein", "whereby"})
_ADDITIVE_ADVERBS = frozenset({"only", "just", "merely"})
_SKIPPED_WORDS = frozenset(
    {
        "also", "both", "further", "together", "closely", "jointly", "now", "not", "only", "again", "each", "”", '"',
        ")", "today", "yesterday", "itself", "themselves", "ourselves",
    }
)  # fmt: skip


def is_verb(token: Token) -> bool:
    """Whether it is a verb."""
    return token.pos_ in ("VERB", "AUX")


def is_nominal(token: Token) -> bool:
    """Whether it can head a noun phrase."""
    return token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "SYM")


def auxiliaries(verb: Token) -> list[Token]:
    """Its auxiliaries, "to" among them."""
    return [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]


def is_finite(verb: Token) -> bool:
    """Whether it, or its auxiliary, is in a tense or a modal."""
    return verb.tag_ in ("VBD", "VBP", "VBZ") or any(
        aux.tag_ in ("MD", "VBD", "VBP", "VBZ") for aux in auxiliaries(verb)
    )


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before it."""
    return any(aux.lower_ == "to" for aux in auxiliaries(verb))


def shares_infinitive(verb: Token) -> bool:
    """Whether it goes on with an infinitive before it, whose "to" it shares: "to review and determine"."""
    head = verb.head
    if verb.tag_ != "VB" or verb.dep_ != "conj" or not is_verb(head) or local_subject(verb) is not None:
        return False
    return is_infinitive(head) or shares_infinitive(head)


def is_negated(token: Token) -> bool:
    """Whether it, or its auxiliary, is denied; "not only" denies nothing."""
    return any(
        (child.dep_ == "neg" or child.lower_ in ("not", "never", "n’t", "n't"))
        and child.nbor().lower_ not in _ADDITIVE_ADVERBS
        for child in token.lefts
    )


def local_subject(verb: Token) -> Token | None:
    """The head of the subject that stands in its own clause, be it an acronym that the parser takes for an adverb."""
    return next((child for child in verb.lefts if child.dep_ in SUBJECT_RELATIONS or _is_misread_name(child)), None)


def _is_misread_name(token: Token) -> bool:
    return token.dep_ in ("advmod", "npadvmod", "dep") and token.is_upper and len(token) > 2 and token.is_alpha


def find_subject(verb: Token) -> Token | None:
    """The head of its subject: its own, or the one carried over from the clause it hangs on."""
    seen = 0
    token = verb
    while seen < 8:
        found = local_subject(token)
        if found is not None and found.dep_ != "expl":
            return found
        if token.head == token:
            break
        token = token.head
        if not is_verb(token) and token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADP"):
            break
        seen += 1
    return _subject_before(verb)


def _subject_before(verb: Token) -> Token | None:
    """The nearest noun phrase before the verb in its sentence, where the parse gives no subject."""
    sentence = verb.sent
    for token in reversed(sentence.doc[sentence.start : verb.i]):
        if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
            return None
        if is_nominal(token) and token.dep_ not in ("pobj", "npadvmod", "compound", "nmod", "poss"):
            return token
    return None


def has_own_clause(verb: Token) -> bool:
    """Whether it opens a clause of its own: a subject or a modal that its coordination partner does not share."""
    return local_subject(verb) is not None or any(aux.tag_ == "MD" for aux in auxiliaries(verb))


def conjuncts(token: Token) -> Iterator[Token]:
    """The words coordinated with it that share what stands before it, in reading order."""
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
    """Whether "to" stands before it with no "and" or comma before that, so that the coordination is misread."""
    if not is_infinitive(verb):
        return False
    mark = next(aux for aux in auxiliaries(verb) if aux.lower_ == "to")
    before = mark.nbor(-1) if mark.i > mark.sent.start else mark
    return before.lower_ not in ("and", "or", ",", ";", "also", "but", "“")


def direct_object(verb: Token) -> Token | None:
    """What it is done to."""
    return next((child for child in verb.rights if child.dep_ in ("dobj", "obj") and is_nominal(child)), None)


def coordinated_verbs(verb: Token) -> list[tuple[Token, Token]]:
    """The coordinated deeds from `verb` on, each as its first verb and the last verb that shares its object: "develop,
    use and share X and report Y" is two.
    """
    found: list[tuple[Token, Token]] = []
    for member in [verb, *conjuncts(verb)]:
        if found and is_verb(member) and _is_bare_coordination(found[-1][1], member):
            found[-1] = (found[-1][0], member)
        else:
            found.append((member, member))
    return found


def _is_bare_coordination(verb: Token, following: Token) -> bool:
    """Whether nothing but a comma or "and" stands between two coordinated verbs."""
    between = verb.doc[verb.i + 1 : following.i]
    return all(token.lower_ in (",", "and", "or", "/", "to") or token.pos_ == "ADV" for token in between)


def next_content_token(token: Token) -> Token | None:
    """The word after it in its sentence, past adverbs."""
    index = token.i + 1
    end = token.sent.end
    while index < end:
        following = token.doc[index]
        if not (following.pos_ == "ADV" or following.lower_ in _SKIPPED_WORDS):
            return following
        index += 1
    return None


def verb_after(token: Token, tags: tuple[str, ...]) -> Token | None:
    """The verb that follows a word, past adverbs, where it has one of these tags."""
    following = next_content_token(token)
    if following is not None and (following.tag_ in tags) and following.pos_ in ("VERB", "AUX", "NOUN"):
        return following.head if following.dep_ in ("aux", "auxpass") and is_verb(following.head) else following
    return None


def owner_of(noun: Token) -> Token | None:
    """Who has the plan: "Japan’s plan", "its plan", "the plan of Japan", "the U.S. plan"."""
    possessor = possessor_of(noun)
    if possessor is not None:
        return possessor
    done = noun.lemma_.lower() in cues().event_nouns  # what is done to it follows: "the establishment of a Task Force"
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in (("by",) if done else ("of", "by")):
            named = next((child for child in prep.rights if child.dep_ == "pobj" and _has_name(child)), None)
            if named is not None:
                return named
    before = (child for child in noun.lefts if child.dep_ in ("compound", "nmod") and child.pos_ == "PROPN")
    return next((child for child in before if noun.pos_ != "PROPN" or child.ent_type_ == "GPE"), None)


def _has_name(noun: Token) -> bool:
    return noun.pos_ == "PROPN" or any(child.text[:1].isupper() for child in noun.lefts if child.dep_ != "det")


def possessor_of(noun: Token) -> Token | None:
    """Whose it is: "Japan’s", "its"."""
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)
