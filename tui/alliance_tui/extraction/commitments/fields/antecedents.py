"""What the phrases of a title stand for: "this bill" for "the Clean Harbours Act", which the text has named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.fields.anaphors import Anaphor, find_anaphor, function_words, is_plural
from alliance_tui.extraction.commitments.fields.identifying_phrases import identifying_phrase, without_number
from alliance_tui.extraction.commitments.fields.title_length import MAX_LENGTH, TOLERANCE, Word, on_one_line
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.layout.segments import SegmentKind
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Anaphora
from alliance_tui.extraction.mentions.names.name_lexicon import HEAD_END, office_nouns
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.syntax import NOMINAL_SUBJECTS
from alliance_tui.records import Document, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MAX_SENTENCES = 4
"""The sentences before its own in which the antecedent of a phrase is looked for ..."""
_MAX_SENTENCES_LOOSE = 2
"""... and that of one that may mean several things or all of a kind."""
_MAX_TOKENS = 200
"""The most tokens of a sentence that are read, from its end back."""
_MAX_DISTANCE_FROM_TITLE = 3_000
"""The offset up to which a phrase may mean what the document's title names."""
_MAX_TITLE = 300
"""The characters of a document's title that are read."""
_TYPES_WITH_ARTICLE = frozenset({EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME})
_ARTICLE_BEFORE = re.compile(r"\b(?:the|an?|this|our|its)\s[“‘\"]?$", re.IGNORECASE)
_POSSESSOR = re.compile(r"\S+[’']s? ")
_LEADING_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)


class _Antecedent(NamedTuple):
    """The words that name what an anaphor stands for, and the offset in the document of their head; -1 for none."""

    text: str
    offset: int


class Antecedents:
    """What the noun phrases of a document's titles may stand for."""

    def __init__(self, document: Document, passages: Sequence[Passage], mentions: MentionIndex) -> None:
        self._document = document
        self._title = on_one_line(document.title[:_MAX_TITLE]).rstrip(".")
        self._passages = passages
        self._offsets = [passage.offset for passage in passages]
        self._mentions = mentions

    def named(self, words: Sequence[Word], located: LocatedCandidate, taken: int = 0) -> list[Word]:
        """Return words of a title with the antecedents of its phrases, unless these make it too long.

        `taken` is how many characters the title has besides the words.
        """
        named, room = list(words), MAX_LENGTH + TOLERANCE - taken
        if sum(len(text) for _, text in words) > room:
            return named
        position = {token.i: number for number, (token, _) in enumerate(words)}
        for token, text in words:
            anaphor = find_anaphor(token, located)
            if anaphor is None or anaphor.determiner.i not in position or self._is_in_name(anaphor):
                continue
            found = self._antecedent(anaphor)
            if found is None or self._is_among(words, found, located):
                continue
            first, last = position[anaphor.determiner.i], position[token.i]
            is_part = first > 0 and words[first - 1][0].lower_ == "of" and is_plural(token)  # "both of these"
            named[first:last] = [(before, "") for before, _ in words[first:last]]
            article = "the " if is_part and not _LEADING_ARTICLE.match(found.text) else ""
            named[last] = (token, article + found.text + text.removeprefix(text.rstrip()))
        is_too_long = sum(len(text) for _, text in named) > room
        return list(words) if is_too_long else named

    def _is_in_name(self, anaphor: Anaphor) -> bool:
        """Whether a phrase is a place, or part of a longer name: "the Pacific", "the President’s Fund for Reefs"."""
        offset = anaphor.located.passage.offset
        mention = self._mentions.mention_at(offset + anaphor.head.idx)
        is_in_mention = mention is not None and (
            mention.type is EntityType.PLACE or mention.end > offset + anaphor.head.idx + len(anaphor.head)
        )
        governor = anaphor.head.head.head if anaphor.head.dep_ == "pobj" else anaphor.head.head
        is_in_title_case = anaphor.head.is_title and governor.pos_ == "PROPN"
        return is_in_mention or (is_in_title_case and anaphor.head.dep_ in ("poss", "pobj"))

    def _is_among(self, words: Sequence[Word], found: _Antecedent, located: LocatedCandidate) -> bool:
        """Whether an antecedent is itself in the title."""
        first, last = words[0][0], words[-1][0]
        return first.idx <= found.offset - located.passage.offset <= last.idx

    def _antecedent(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return what the first rule that applies finds."""
        rules: tuple[Callable[[Anaphor], _Antecedent | None], ...]
        rules = (self._document_itself, self._in_title, self._earlier)
        return next((found for rule in rules if (found := rule(anaphor)) is not None), None)

    def _document_itself(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return the document's own title where the phrase means the document: "this order"."""
        own = _own_title(self._title, anaphor.head.text)
        return _Antecedent(own, -1) if own and anaphor.determiner.lower_ == "this" else None

    def _in_title(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return the only name in the document's title with a fitting head: "Passage of the Clean Harbours Act".

        Not far from it: a long speech comes to other bills.
        """
        is_far = anaphor.located.passage.offset > _MAX_DISTANCE_FROM_TITLE
        if is_far or is_plural(anaphor.head) or anaphor.lemma not in load(Anaphora).kinds:
            return None
        heads = "|".join(re.escape(head.capitalize()) for head in sorted(anaphor.heads))
        word, complement = r"[“‘\"]?[A-Z0-9][^\s,:;]*,? ", "|".join(sorted(function_words().identifying))
        after_article = rf"[Tt]he (?P<long>(?:{word}|(?:and|of|for|to|in|on|with) )+(?:{heads}))"
        without_article = rf"(?:[Oo]n|[Oo]f) (?P<short>(?:{word}|and )+(?:{heads}))"
        name = rf"\b(?:{after_article}|{without_article})\b(?! (?:{complement})\b)"
        found = [match["long"] or match["short"] for match in re.finditer(name, self._title)]
        article = "" if found and _POSSESSOR.match(found[0]) else "the "
        return _Antecedent(article + found[0], -1) if len(found) == 1 else None

    def _earlier(self, anaphor: Anaphor) -> _Antecedent | None:
        """Return the only fuller phrase with a fitting head in the nearest sentence before that has any.

        None for a defined term ("the Act") that the document's title has, too: that would name another.
        """
        if anaphor.head.is_title and anaphor.head.text in self._title.split():
            return None
        for sentence, source in self._sentences_before(anaphor):
            found = list(self._in_sentence(sentence, source, anaphor))
            if found:
                longest = max(found, key=lambda each: len(each.text))
                is_clear = all(each.text and _core(each.text) in _core(longest.text) for each in found)
                return longest if is_clear else None
        return None

    def _sentences_before(self, anaphor: Anaphor) -> Iterator[tuple[Span, Passage]]:
        """Yield what a sentence has before a phrase, the sentences before, the nearest first, and the lead-in.

        Other items of a list are passed over: they name other things.
        """
        own, left = anaphor.located.passage, _MAX_SENTENCES_LOOSE if anaphor.is_loose else _MAX_SENTENCES
        index, before = bisect_left(self._offsets, own.offset), anaphor.determiner.i
        for source in reversed(self._passages[max(0, index - left) : index + 1]):
            if source.segment.section != own.segment.section or left < 0:
                break
            if source.segment.kind is SegmentKind.ITEM and source is not own:
                continue
            sentences = _sentences(source)
            end = bisect_left(sentences, before, key=lambda each: each.start) if source is own else len(sentences)
            for sentence in reversed(sentences[max(0, end - left - 1) : end]):
                left -= 1
                yield source.doc[sentence.start : min(sentence.end, before)] if source is own else sentence, source
        lead_in = anaphor.located.candidate.lead_in
        if lead_in is not None:
            yield lead_in.doc[:], lead_in

    def _in_sentence(self, sentence: Span, source: Passage, anaphor: Anaphor) -> Iterator[_Antecedent]:
        """Yield what a sentence has with a fitting head, without words for what it does not say which one it is."""
        heads = anaphor.heads
        find = self._office_holder if anaphor.head.text in office_nouns() else self._named_or_described
        for token in sentence[-_MAX_TOKENS:]:
            if (token.lemma_.lower() or token.lower_) in heads and not _is_subject_of(token, anaphor):
                found = find(token, source, anaphor)
                if found is not None:
                    yield found

    def _named_or_described(self, token: Token, source: Passage, anaphor: Anaphor) -> _Antecedent | None:
        """Return the name or the phrase that a token heads, whichever says more."""
        agrees = source.parsed and anaphor.agrees_with(token)
        name = self._by_name(token, source) if agrees or not source.parsed else None
        text = identifying_phrase(token) if agrees else None
        phrase = None if text is None else _Antecedent(text, source.offset + token.idx)
        return phrase if name is None or (phrase is not None and _says_more(phrase, name)) else name

    def _office_holder(self, title: Token, source: Passage, _: Anaphor) -> _Antecedent | None:
        """Return a title with the person's name that follows it: "Governor Ana Rojas"."""
        if title.i + 1 >= len(title.doc) or not title.is_title:
            return None
        offset = source.offset + title.idx
        person = self._mentions.mention_at(source.offset + title.nbor().idx)
        if person is None or person.type is not EntityType.PERSON:
            return None
        return _Antecedent(on_one_line(self._document.text[offset : person.end]), offset)

    def _by_name(self, token: Token, source: Passage) -> _Antecedent | None:
        """Return the name of several words that a token heads."""
        text, offset = self._document.text, source.offset + token.idx
        mention = self._mentions.mention_at(offset)
        if mention is None:
            return None
        name = without_number(text[mention.start : mention.end])
        head_part = HEAD_END.split(name, maxsplit=1)[0]
        if " " not in name or not (head_part.endswith(token.text) or head_part.startswith(token.text)):
            return None
        takes_article = name.endswith(token.text) and mention.type in _TYPES_WITH_ARTICLE
        name = _LEADING_ARTICLE.sub("the ", name)
        takes_article |= _ARTICLE_BEFORE.search(text, max(0, mention.start - 6), mention.start) is not None
        return _Antecedent(f"the {name}" if takes_article and not _LEADING_ARTICLE.match(name) else name, offset)


def _is_subject_of(noun: Token, anaphor: Anaphor) -> bool:
    """Whether a noun, or the name that it is a title of, is the subject of a verb on which an anaphor depends."""
    named = noun.head if noun.dep_ == "compound" else noun
    is_subject = named.dep_ in NOMINAL_SUBJECTS and named.doc is anaphor.head.doc
    return is_subject and named.head.is_ancestor(anaphor.head)


def _says_more(phrase: _Antecedent, name: _Antecedent) -> bool:
    return len(phrase.text) > len(name.text) and _core(name.text) in phrase.text.lower()


def _sentences(passage: Passage) -> list[Span]:
    return passage.memo("sentences", lambda: list(passage.doc.sents))


def _own_title(title: str, noun: str) -> str | None:
    """Return a document's title if the noun heads it: "Order on Ports", "A Proclamation on Tides"; with its article."""
    topic = r"(?: (?:on|of|for|to|concerning)\b.*)?"
    own = re.match(rf"(?:an? |the )?((?:[\w’-]+ ){{0,3}}{re.escape(noun)}{topic})$", title, re.IGNORECASE)
    return None if own is None or " " not in own[1] else f"the {own[1]}"


def _core(text: str) -> str:
    """Return a phrase without its article, for comparison."""
    return _LEADING_ARTICLE.sub("", text.lower())
