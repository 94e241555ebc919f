"""Title of a record: what is undertaken, whole and in the text's words, from the verb in its base form on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, LocatedCandidate
from alliance_tui.extraction.commitments.fields.antecedents import Antecedents
from alliance_tui.extraction.commitments.fields.title_extent import OBJECT_RELATIONS, TRAILING, title_end
from alliance_tui.extraction.commitments.fields.title_length import (
    MAX_LENGTH,
    Word,
    on_one_line,
    within_length,
    without_asides,
)
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.syntax import direct_object, is_negated, is_verb, local_subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ADJUNCT_RELATIONS = frozenset({"npadvmod", "punct", "appos"})
"""The relations to the verb of what says when or by whom something is done."""
_MAX_MODIFIERS = 8
"""The most tokens before a noun that are part of its title."""
_MAX_OBJECT = 90
"""The characters from which the object of a passive is named without its relative clauses."""
_INFLECTED_TAGS = frozenset({"VBG", "VBN", "VBD", "VBZ"})
_QUOTES = {"“": "”", "‘": "’", '"': '"'}
_SENTENCE_END = re.compile(r"(?<=[\w)]{3})[.!?]+[”\"’]*$")
"""A full stop after a word that is no abbreviation, with the quotation marks after it."""
_LEADING_DETERMINER = re.compile(r"^(?:the|a|an|its|our|their) ", re.IGNORECASE)


def make_title(located: LocatedCandidate, antecedents: Antecedents, *, actor_is_party: bool) -> str:
    """Return the title of a candidate's record: never a bare word where the text has more, and nothing cut within.

    Where the actor is no party, the title of a verb without an object names it. Phrases that mean what the text has
    named before ("this bill") give way to their `antecedents`.
    """
    candidate = located.candidate
    trigger = candidate.trigger
    doc = trigger.doc
    if trigger.lemma_ == "be" or (not actor_is_party and _is_about_its_subject(candidate, located)):
        return _clause_title(located, antecedents)
    start = _tail_start(trigger)
    end = title_end(trigger, start, located.end_token)
    if not is_verb(trigger):
        first = _start_of_noun_phrase(trigger)
        words = _words(doc, first if trigger.i - first < _MAX_MODIFIERS else trigger.i, end)
        words = antecedents.named(words, located)
        publication = _publication(trigger)
        title = within_length(words, publication) if publication else _LEADING_DETERMINER.sub("", within_length(words))
    else:
        words = _words(doc, start, end)
        taken = sum(len(text) for _, text in words)
        opening = _opening(trigger, lambda words: antecedents.named(words, located, taken))
        title = within_length(antecedents.named(words, located, len(opening)), opening)
    title = _finish(title)
    is_bare_word = " " not in title and located.end_token - located.start_token > 1
    return _clause_title(located, antecedents) if is_bare_word else title


def _start_of_noun_phrase(noun: Token) -> int:
    """Return the first token of a noun's phrase after the adverbs that lead it: "and most recently [an easing]"."""
    start = noun.left_edge.i
    for child in noun.lefts:
        if child.dep_ == "advmod" and child.left_edge.i == start:
            start = child.right_edge.i + 1
    return start


def _publication(noun: Token) -> str:
    """Return the verb that publishes a thing or proclaims a day, in its base form, with a blank; else "".

    "[issue] guidance to ports", "[proclaim] May 4, 2033, as Reef Day".
    """
    verb = noun.head
    needs_verb = verb.lemma_.lower() in cues().publication_verbs or noun.ent_type_ == "DATE"
    is_object = noun.dep_ in ("dobj", "obj") and noun.left_edge.i > verb.i
    return f"{_base_form(verb)} " if needs_verb and is_object else ""


def _clause_title(located: LocatedCandidate, antecedents: Antecedents) -> str:
    """Return the whole clause as title; the subject loses its relative clauses where it would be too long."""
    actor = located.candidate.actor
    words = _words(located.passage.doc, located.start_token, located.end_token)
    words = antecedents.named(words, located)
    if actor is not None and sum(len(text) for _, text in words) > MAX_LENGTH:
        words = without_asides(words, actor)
    least = next((number for number, (token, _) in enumerate(words, 1) if token == located.candidate.trigger), 1)
    return _finish(within_length(words, least=least))


def _opening(verb: Token, named: Callable[[Sequence[Word]], Sequence[Word]]) -> str:
    """Return the verb in its base form with the white space or, where it stands before the verb, the object after it.

    "Two ports will be set up in Oslo" gives "set up two ports ".
    """
    doc = verb.doc
    negation = "not " if is_negated(verb) else ""
    words = named(_preceding_object(verb))
    if not words:
        return negation + _base_form(verb) + (doc[_tail_start(verb) - 1].whitespace_ or verb.whitespace_)
    particle = next((child.text + " " for child in verb.rights if child.dep_ == "prt"), "")
    second = _coordinated_participle(verb)
    also = f"{doc[verb.i + 1].text} {_base_form(second)} " if second is not None else ""
    phrase = "".join(text for _, text in words).strip(TRAILING)
    first, text = next(word for word in words if word[1])
    if text.startswith(first.text) and not _keeps_capital(first):
        phrase = phrase[:1].lower() + phrase[1:]
    return f"{negation}{_base_form(verb)} {particle}{also}{phrase} "


def _tail_start(trigger: Token) -> int:
    """Return the first token after what `_opening` gives."""
    if not is_verb(trigger):
        return trigger.i + 1
    if _preceding_object(trigger):
        second = _coordinated_participle(trigger)
        last = trigger if second is None else second
        has_particle = any(child.dep_ == "prt" for child in trigger.rights)
        return last.i + 1 + has_particle + (_pronoun_object(trigger) is not None)
    return _start_of_object(trigger)


def _preceding_object(verb: Token) -> list[Word]:
    """Return what a verb acts upon where the words before it name that, not those after it; else nothing.

    Examples: "[two ports] will be set up", "[the fees] will be fixed and published", "[the pact] that both will sign",
    "launch [a survey] and extend it".
    """
    phrase: list[Word] = []
    affected = next((child for child in verb.lefts if child.dep_ == "nsubjpass" and child.pos_ != "PRON"), None)
    if affected is not None:
        phrase = _words(verb.doc, affected.left_edge.i, affected.right_edge.i + 1)
    elif (antecedent := _relative_antecedent(verb)) is not None:
        affected, phrase = antecedent, _words(verb.doc, antecedent.left_edge.i, verb.left_edge.i)
    elif verb.dep_ == "conj" and _is_subjectless_participle(verb):
        return _preceding_object(verb.head)
    elif _pronoun_object(verb) is not None and (affected := _object_of_conjunct(verb)) is not None:
        phrase = without_asides(_words(verb.doc, affected.left_edge.i, affected.right_edge.i + 1), affected)
        has_article = affected.left_edge.lower_ in ("a", "an")
        phrase = [(affected.left_edge, "the "), *phrase[1:]] if has_article else phrase
    is_long = affected is not None and sum(len(text) for _, text in phrase) > _MAX_OBJECT
    return without_asides(phrase, affected) if is_long and affected is not None else phrase


def _relative_antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for as the object of a verb, or as the subject of a passive."""
    is_object = any(
        child.dep_ in ("nsubjpass", "dobj") and child.lower_ in ("that", "which") and child.head == verb
        for child in verb.lefts
    )
    return verb.head if is_object and verb.dep_ == "relcl" and verb.head.pos_ in ("NOUN", "PROPN") else None


def _is_subjectless_participle(verb: Token) -> bool:
    """Whether a verb is coordinated with a passive and shares its subject: "is published and [transmitted]"."""
    is_passive = verb.head.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.head.lefts)
    has_object = direct_object(verb) is not None or local_subject(verb) is not None
    return is_passive and verb.tag_ in ("VBN", "VBD") and not has_object


def _pronoun_object(verb: Token) -> Token | None:
    """Return the pronoun right after a verb that repeats the object of the verb before: "and expand [it]"."""
    target = next((child for child in verb.rights if child.dep_ in ("dobj", "obj")), None)
    repeats = target is not None and target.i == verb.i + 1 and target.lower_ in ("it", "them")
    return target if repeats and _object_of_conjunct(verb) is not None else None


def _object_of_conjunct(verb: Token) -> Token | None:
    shares_subject = verb.dep_ == "conj" and is_verb(verb.head) and local_subject(verb) is None
    target = direct_object(verb.head) if shares_subject else None
    return target if target is not None and target.pos_ in ("NOUN", "PROPN") else None


def _coordinated_participle(verb: Token) -> Token | None:
    """Return the participle that follows right after "and": "is authorized and directed to publish"."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    is_pair = len(after) == 2 and after[0].dep_ == "cc" and after[1].head == verb and after[1].tag_ == verb.tag_
    return after[1] if is_pair else None


def _start_of_object(verb: Token) -> int:
    """Return the first token of a verb's object past adjuncts: "signed this morning, both of us, a pact".

    The token after the verb where it has no object, or more than adjuncts before it.
    """
    target = direct_object(verb)
    if target is None or target.left_edge.i <= verb.i + 1:
        return verb.i + 1
    start = target.left_edge.i
    if verb.doc[start - 1].text in _QUOTES:
        start -= 1
    only_adjuncts = all(
        word.dep_ in _ADJUNCT_RELATIONS or (word.dep_ == "prep" and word.right_edge.ent_type_ == "DATE")
        for word in verb.doc[verb.i + 1 : start]
        if word.head == verb
    )
    return start if only_adjuncts else verb.i + 1


def _is_about_its_subject(candidate: Candidate, located: LocatedCandidate) -> bool:
    """Whether the title needs the subject: a thing that does something without an object ("18 ships will arrive")."""
    trigger, actor = candidate.trigger, candidate.actor
    if actor is None or actor.doc is not trigger.doc or not located.start_token <= actor.i < trigger.i:
        return False
    is_thing = actor.pos_ in ("NOUN", "NUM") and not actor.ent_type_ and all(c.token != actor for c in candidate.cues)
    has_object = any(child.dep_ in OBJECT_RELATIONS for child in trigger.children)
    return is_verb(trigger) and is_thing and not has_object and candidate.last_conjunct in (None, trigger)


def _words(doc: Doc, start: int, end: int) -> list[Word]:
    """Return tokens with their white space, verbs that are coordinated with the one before in their base form.

    A name that a bad copy has glued to the next word is set apart.
    """
    words: list[Word] = []
    for token in doc[start:end]:
        is_glued = token.is_title and not token.whitespace_ and token.i + 1 < end and doc[token.i + 1].is_alpha
        is_glued = is_glued and gazetteer().get(token.text) is not None
        word = _base_form(token) if _joins_earlier_verb(token, start) else token.text
        words.append((token, word + (" " if is_glued else token.whitespace_)))
    return words


def _joins_earlier_verb(token: Token, start: int) -> bool:
    """Whether a verb is coordinated with one before `start`, in the same form: "to planning [and building]"."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    return first.i < start and token.tag_ in _INFLECTED_TAGS and first.tag_ == token.tag_ and is_verb(token)


def _finish(line: str) -> str:
    """Return a title on one line, with a capital, without what only ends a sentence."""
    line = _SENTENCE_END.sub("", on_one_line(line)).strip(TRAILING)
    for opening, closing in _QUOTES.items():
        if line.count(opening) != line.count(closing) or (opening == closing and line.count(opening) % 2):
            line = line.strip(opening + closing + TRAILING)
    return line[:1].upper() + line[1:]


def _keeps_capital(word: Token) -> bool:
    """Whether a word is capitalised by itself, not as the first of its sentence: a name, "Portuguese", "AI"."""
    is_abbreviation = len(word) > 1 and word.is_upper
    return word.pos_ == "PROPN" or is_abbreviation or gazetteer().get(word.text) is not None


def _base_form(verb: Token) -> str:
    """Return a verb's base form in the text's spelling where possible: "finalise", "co-host"."""
    if verb.tag_ == "VB":
        return verb.lower_
    lemma = verb.lemma_.lower()
    prefix, hyphen, _ = verb.lower_.partition("-")
    return f"{prefix}-{lemma}" if hyphen and not lemma.startswith(prefix) else lemma
