"""What the phrases of a title stand for: "this bill" for "the Clean Harbours Act", which the text has named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.fields.title_length import MAX_LENGTH, TOLERANCE, Word
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Anaphora, FunctionWords
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import is_infinitive
from alliance_tui.records import Document, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MAX_SENTENCES = 4
"""The sentences before its own in which the antecedent of a phrase is looked for, ..."""
_MAX_SENTENCES_PLURAL = 2
"""... that of a plural, which may mean several together, ..."""
_MAX_PASSAGES = 2
"""... and the passages before its own that these may be in."""
_MAX_TOKENS = 200
"""The most tokens of a sentence that are read, from its end back."""
_MAX_LENGTH = 14
"""The most tokens of an antecedent."""
_MAX_TITLE = 300
"""The characters of a document's title that are read."""
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_DETERMINER_TAGS = frozenset({"DT", "PDT", "JJ"})
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WDT"})
_ASIDES = frozenset({"relcl", "appos", "advcl"})
_COMPLEMENT_RELATIONS = frozenset({"acl", "relcl", "appos", "conj"})
_TYPES_WITH_ARTICLE = frozenset({EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME})
_DEFINITE = frozenset({"the", "this", "these", "that", "those", "such"})
_PUNCTUATION = frozenset(",;:(–—")
_QUOTES = ' ,;:“”"'
_ARTICLE_BEFORE = re.compile(r"\b(?:the|an?|this|our|its)\s[“‘\"]?$", re.IGNORECASE)
_LEADING_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)


class Anaphor(NamedTuple):
    """A noun phrase with nothing to say which one of its kind it means: its first word, its head and where it is."""

    determiner: Token
    head: Token
    located: LocatedCandidate

    @property
    def lemma(self) -> str:
        return self.head.lemma_.lower()


class _Antecedent(NamedTuple):
    """The words that name what an anaphor stands for, and the offset in the document of their head; -1 for none."""

    text: str
    offset: int


class Antecedents:
    """What the noun phrases of a document's titles may stand for."""

    def __init__(self, document: Document, passages: Sequence[Passage], mentions: MentionIndex) -> None:
        self._document = document
        self._passages = passages
        self._offsets = [passage.offset for passage in passages]
        self._mentions = mentions

    def named(self, words: Sequence[Word], located: LocatedCandidate, taken: int = 0) -> list[Word]:
        """Return words of a title with the antecedents of its phrases, unless these make it too long.

        `taken` is how many characters the title has besides the words.
        """
        named = list(words)
        position = {token.i: number for number, (token, _) in enumerate(words)}
        for token, text in words:
            anaphor = find_anaphor(token, located)
            if anaphor is None or anaphor.determiner.i not in position or self._is_in_name(anaphor):
                continue
            found = self._antecedent(anaphor)
            if found is None or self._is_among(words, found, located):
                continue
            first, last = position[anaphor.determiner.i], position[token.i]
            named[first:last] = [(before, "") for before, _ in words[first:last]]
            named[last] = (token, found.text + text.removeprefix(text.rstrip()))
        is_too_long = taken + sum(len(text) for _, text in named) > MAX_LENGTH + TOLERANCE
        return list(words) if is_too_long else named

    def _is_in_name(self, anaphor: Anaphor) -> bool:
        """Whether a phrase is part of a longer name: "the President’s Fund for Reefs"."""
        offset = anaphor.located.passage.offset
        mention = self._mentions.mention_at(offset + anaphor.head.idx)
        is_in_mention = mention is not None and mention.end > offset + anaphor.head.idx + len(anaphor.head)
        return is_in_mention or (anaphor.head.dep_ == "poss" and anaphor.head.head.pos_ == "PROPN")

    def _is_among(self, words: Sequence[Word], found: _Antecedent, located: LocatedCandidate) -> bool:
        """Whether an antecedent is itself in the title."""
        first, last = words[0][0], words[-1][0]
        return first.idx <= found.offset - located.passage.offset <= last.idx

    def _antecedent(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return what the first rule that applies finds."""
        rules: tuple[Callable[[Anaphor], _Antecedent | None], ...]
        rules = (self._document_itself, self._earlier, self._in_title)
        return next((found for rule in rules if (found := rule(anaphor)) is not None), None)

    def _document_itself(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return the document's own title where the phrase means the document: "this order"."""
        own = _own_title(self._document.title, anaphor.head.text)
        return _Antecedent(own, -1) if own and anaphor.determiner.lower_ == "this" else None

    def _in_title(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return the only name in the document's title with a fitting head: "Passage of the Clean Harbours Act"."""
        heads = "|".join(re.escape(head.capitalize()) for head in sorted(_heads(anaphor)))
        words = r"(?:[A-Z0-9][^\s,:;]*,? |(?:and|of|for|to|in|on|with) )"
        complement = "|".join(sorted(_function_words().identifying))
        name = rf"\b[Tt]he ({words}+(?:{heads}))\b(?! (?:{complement})\b)"
        found = re.findall(name, self._document.title[:_MAX_TITLE])
        return _Antecedent(f"the {found[0]}", -1) if len(found) == 1 and not _is_plural(anaphor.head) else None

    def _earlier(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return the only fuller phrase with a fitting head in the nearest sentence before that has any."""
        for sentence, source in self._sentences_before(anaphor):
            found = list(self._in_sentence(sentence, source, anaphor))
            if found:
                longest = max(found, key=lambda each: len(each.text))
                is_clear = all(each.text and _core(each.text) in _core(longest.text) for each in found)
                return longest if is_clear else None
        return None

    def _sentences_before(self, anaphor: Anaphor) -> Iterator[tuple[Span, Passage]]:
        """Yield what a sentence has before a phrase, the sentences before, the nearest first, and the lead-in."""
        own, left = anaphor.located.passage, _MAX_SENTENCES_PLURAL if _is_plural(anaphor.head) else _MAX_SENTENCES
        index, before = bisect_left(self._offsets, own.offset), anaphor.determiner.i
        for source in reversed(self._passages[max(0, index - _MAX_PASSAGES) : index + 1]):
            if source.segment.section != own.segment.section or left < 0:
                break
            sentences = _sentences(source)
            if source is own:
                sentences = sentences[: bisect_left(sentences, before, key=lambda sentence: sentence.start)]
                sentences[-1:] = [own.doc[sentence.start : before] for sentence in sentences[-1:]]
            for sentence in reversed(sentences[-left - 1 :]):
                left -= 1
                yield sentence, source
        lead_in = anaphor.located.candidate.lead_in
        if lead_in is not None:
            yield lead_in.doc[:], lead_in

    def _in_sentence(self, sentence: Span, source: Passage, anaphor: Anaphor) -> Iterator[_Antecedent]:
        """Yield what a sentence has with a fitting head, without words for what it does not say which one it is."""
        heads = _heads(anaphor)
        for token in sentence[-_MAX_TOKENS:]:
            if (token.lemma_.lower() or token.lower_) in heads:
                name = self._office_holder(token, source) or self._by_name(token, source)
                phrase = _described(token, source) if source.parsed and _agrees(token, anaphor) else None
                says_more = phrase is not None and name is not None and _core(name.text) in _core(phrase.text)[1:]
                found = phrase if says_more or name is None else name
                if found is not None:
                    yield found

    def _office_holder(self, title: Token, source: Passage) -> _Antecedent | None:
        """Return a title with the person's name that follows it: "Governor Ana Rojas"."""
        if title.i + 1 >= len(title.doc) or not title.is_title:
            return None
        offset = source.offset + title.idx
        person = self._mentions.mention_at(source.offset + title.nbor().idx)
        if person is None or person.type is not EntityType.PERSON:
            return None
        return _Antecedent(_on_one_line(self._document.text[offset : person.end]), offset)

    def _by_name(self, token: Token, source: Passage) -> _Antecedent | None:
        """Return the name of several words that a token is in."""
        text, offset = self._document.text, source.offset + token.idx
        mention = self._mentions.mention_at(offset)
        if mention is None or len(text[mention.start : mention.end].split()) < 2:
            return None
        name = _on_one_line(text[mention.start : mention.end])
        takes_article = name.endswith(token.text) and mention.type in _TYPES_WITH_ARTICLE
        takes_article |= _ARTICLE_BEFORE.search(text, max(0, mention.start - 6), mention.start) is not None
        return _Antecedent(f"the {name}" if takes_article and not _LEADING_ARTICLE.match(name) else name, offset)


def find_anaphor(head: Token, located: LocatedCandidate) -> Anaphor | None:
    """Return the phrase of a noun if nothing in it says which one of its kind it means: "this important bill"."""
    lefts = list(head.lefts)
    is_noun = head.pos_ in ("NOUN", "PROPN") and not head.is_upper
    if not is_noun or not lefts or head.lemma_.lower() in load(Anaphora).vague_nouns:
        return None
    determiner, *modifiers = lefts
    is_definite = determiner.lower_ == "the" and not modifiers
    is_demonstrative = determiner.lower_ in _function_words().demonstratives and determiner.tag_ in _DETERMINER_TAGS
    refers = is_definite or (is_demonstrative and all(map(_is_non_identifying, modifiers)))
    is_adjunct = head.ent_type_ in ("DATE", "TIME") or head.dep_ in ("compound", "nmod", "npadvmod")
    if not refers or is_adjunct or determiner.i != head.left_edge.i:
        return None
    following = head.doc[head.i + 1 : head.i + 2]
    return None if any(map(_identifies, [*following, *head.rights])) else Anaphor(determiner, head, located)


def _function_words() -> FunctionWords:
    return load(Anaphora).function_words


def _heads(anaphor: Anaphor) -> set[str]:
    """Return the nouns by which the same thing may have been named, as lemmas."""
    return {anaphor.lemma, *load(Anaphora).kinds.get(anaphor.lemma, ())}


def _sentences(passage: Passage) -> list[Span]:
    return passage.memo("sentences", lambda: list(passage.doc.sents))


def _own_title(title: str, noun: str) -> str | None:
    """Return a document's title if the noun heads it: "Order on Ports", "A Proclamation on Tides"; with its article."""
    topic = r"(?: (?:on|of|for|to|concerning)\b.*)?"
    own = re.match(rf"(?:an? |the )?((?:[\w’-]+ ){{0,3}}{re.escape(noun)}{topic})$", title[:_MAX_TITLE], re.IGNORECASE)
    return None if own is None or " " not in own[1] else f"the {_on_one_line(own[1])}"


def _is_non_identifying(modifier: Token) -> bool:
    return modifier.dep_ == "amod" and modifier.lower_ in load(Anaphora).non_identifying_adjectives


def _is_identifying(modifier: Token) -> bool:
    return modifier.pos_ not in ("NUM", "PUNCT", "DET", "ADV") and not _is_non_identifying(modifier)


def _identifies(follower: Token) -> bool:
    """Whether what follows a noun may say which one it means."""
    is_time = follower.right_edge.ent_type_ in ("DATE", "TIME")
    return follower.dep_ in _COMPLEMENT_RELATIONS or (follower.lower_ in _function_words().identifying and not is_time)


def _agrees(token: Token, anaphor: Anaphor) -> bool:
    has_fitting_number = token.lemma_.lower() != anaphor.lemma or _is_plural(token) == _is_plural(anaphor.head)
    return token.pos_ in ("NOUN", "PROPN") and has_fitting_number


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in _PLURAL_TAGS


def _described(head: Token, source: Passage) -> _Antecedent | None:
    """Return a noun phrase without its asides; with no words unless it says which one of its kind it means.

    None where it is part of another or means what was named before it.
    """
    doc, start, end = head.doc, head.left_edge.i, _complement_end(head)
    if head.dep_ in ("compound", "nmod") or (doc[start].lower_ in _DEFINITE and end == start + 2):
        return None
    has_determiner = doc[start].head == head and doc[start].tag_ in ("DT", "PDT", "PRP$")
    is_referring = doc[start].lower_ not in _function_words().non_referring
    start += has_determiner
    words, before = doc[start:end], doc[start : head.i]
    is_identified = end > head.i + 1 or any(map(_is_identifying, before))
    is_plain = all(word.pos_ not in ("ADP", "VERB", "PRON") or word.tag_ in ("VBN", "VBG") for word in before)
    leans = any(map(_leans, words))
    text = ""
    if is_referring and is_identified and is_plain and not leans and len(words) <= _MAX_LENGTH:
        text = _on_one_line(words.text).strip(_QUOTES)
    return _Antecedent(f"the {text}" if has_determiner and text else text, source.offset + head.idx)


def _complement_end(head: Token) -> int:
    """Return the end of the phrases right after a noun that say which one it means: "a fund [for reefs]"."""
    end = head.i + 1
    of = head.head
    if of.lower_ == "of" and of.head.pos_ in ("NOUN", "PROPN"):
        return end  # "the transport of vaccines to ports": what follows may belong to the noun before
    for follower in head.rights:
        is_purpose = follower.dep_ == "acl" and is_infinitive(follower)
        is_complement = is_purpose or (follower.dep_ == "prep" and _identifies(follower))
        if follower.left_edge.i != end or not is_complement:
            break
        words = head.doc[end : follower.right_edge.i + 1]
        asides = (word.left_edge.i for word in words if word.dep_ in _ASIDES and word != follower)
        signs = (word.i for word in words if word.text in _PUNCTUATION)
        leaning = (_start_of_prepositional_phrase(word) for word in words if _leans(word))
        last = min((words.end, *asides, *signs, *leaning))
        if last <= end or last - head.i > _MAX_LENGTH:
            break
        end = last
    return end


def _start_of_prepositional_phrase(word: Token) -> int:
    """Return the token at which the prepositional phrase begins that a word is in; itself without one."""
    return next((index for index in range(word.i, word.sent.start, -1) if word.doc[index].pos_ == "ADP"), word.i)


def _leans(word: Token) -> bool:
    """Whether a word means what was named before."""
    return word.tag_ in _PRONOUN_TAGS or word.lower_ in _function_words().demonstratives


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _core(text: str) -> str:
    """Return a phrase without its article, for comparison."""
    return _LEADING_ARTICLE.sub("", text.lower(), count=1)
