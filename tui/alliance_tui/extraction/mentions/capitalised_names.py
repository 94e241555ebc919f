"""Names known by their shape: capitalised words whose head noun says what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.name_lexicon import (
    MONTHS,
    capitalised_names,
    head_noun_types,
    head_type,
    office_nouns,
    official_name_prefix,
    roles,
)
from alliance_tui.extraction.mentions.name_tokenizer import NameToken, tokenize
from alliance_tui.records import EntityType

_RANK = 2
_COMPOUND = re.compile(
    r"-(?:based|led|wide|authorized|mandated|made|owned|backed|funded|flagged|related|focused|style|era|level)$"
)
_NUMERAL = re.compile(r"[IVX]+|(?:19|20)\d\d|\d")
_ORDINAL = re.compile(r"(?:19|20)\d\d|\d+(?:st|nd|rd|th)")
_LIST = 40
"""How many characters behind a state tell whether another follows."""
_DAY = re.compile(r"\d,\s$")
"""The day of the month, whose year is no part of a name: "the May 7-8, 2031 Lake Summit"."""
_ARTICLES = {"The", "A", "An", "the", "a", "an"}
_MIDDLE = {
    "of": None,
    "for": {EntityType.ORGANISATION, EntityType.BODY, EntityType.PROGRAMME, EntityType.INSTRUMENT, EntityType.EVENT},
    "on": {EntityType.ORGANISATION, EntityType.BODY, EntityType.INSTRUMENT, EntityType.EVENT},
    "to": {EntityType.INSTRUMENT, EntityType.PROGRAMME, EntityType.ORGANISATION},
    "in": {EntityType.EVENT, EntityType.BODY, EntityType.INSTRUMENT, EntityType.PROGRAMME},
    "at": {EntityType.EVENT},
    "with": {EntityType.EVENT},
    "against": {EntityType.BODY, EntityType.PROGRAMME},
}
"""The words that go on with a name after its head, and the types of head after which they do."""


class CapitalisedNameFinder:
    """Finds names by shape in one document.

    `common` are the words, in small letters, that are no proper names; `barriers` are persons' names, which no other
    name runs into, and `listed` those of lists and the model's places: no name begins within one.
    """

    def __init__(
        self, text: str, common: frozenset[str], barriers: Sequence[EntityMention], listed: Sequence[EntityMention]
    ) -> None:
        self._text = text
        self._common = common
        self._barred = {offset for naming in barriers for offset in range(naming.start, naming.end)}
        self._places = {n.start for n in listed if n.type in {EntityType.PLACE, EntityType.STATE}}
        self._inside = {offset for n in listed if n.priority for offset in range(n.start + 1, n.end)}
        self._not_names = set(capitalised_names().non_name_words)
        self._generic = set(capitalised_names().generic_abbreviations)
        self._tails = {noun for nouns in capitalised_names().lowercase_heads.values() for noun in nouns}
        self._never = set(capitalised_names().non_name_qualifiers)
        self._weak = set(capitalised_names().weak_heads)

    def find(self, start: int, end: int, starters: frozenset[int] = frozenset()) -> Iterator[EntityMention]:
        """The names in `start` to `end`. `starters` are offsets of capitalised words that are no part of a name."""
        line = tokenize(self._text, start, end)
        at = 0
        while at < len(line):
            if not self._opens(line, at) or line[at].start in starters or line[at].start in self._inside:
                at += 1
                continue
            stop, named = self._name(line, at)
            if named:
                yield self._numbered(line, at, named)
            at = stop

    def whole(self, start: int, end: int) -> EntityMention | None:
        """The name that a heading is, if all of it is one."""
        line = _without_verb(tokenize(self._text, start, end))
        while line and line[0].text in _ARTICLES:
            line = line[1:]
        if not line or line[0].text.endswith("ing") or not self._begins(line[0]):
            return None
        _, named = self._name(line, 0)
        return named if named and named.end == line[-1].end and named.start == line[0].start else None

    def _opens(self, line: Sequence[NameToken], at: int) -> bool:
        """Whether a name may begin here: "Three Principles" within a sentence, "the First Movers Coalition"."""
        word, more = line[at], at + 1 < len(line) and self._begins(line[at + 1])
        counted = word.text.lower() in roles().numbers and word.text.istitle() and word.gap == " "
        told = at > 0 and line[at - 1].text in {"the", "The"} and word.text in capitalised_names().name_words_after_the
        return self._begins(word) or (more and (counted or told))

    def _begins(self, word: NameToken) -> bool:
        return (
            word.is_capitalised
            and word.text not in self._not_names
            and word.start not in self._barred
            and not _COMPOUND.search(word.text)
        )

    def _name(self, line: Sequence[NameToken], at: int) -> tuple[int, EntityMention | None]:
        """The name that begins at word `at`, and the index of the word after it (or after what is no name)."""
        head_end = self._segment(line, at)
        kind = self._kind(line[at:head_end])
        if kind is None and (end := self._shared_head(line, at, head_end)):
            head_end = end
            kind = self._kind(line[at:head_end])
        since, stop, opened = at, head_end, False
        while after := self._joined(line, since, stop, kind, opened):
            since, stop, opened = stop, after, True
        return stop, self._naming(line, at, head_end, stop, kind)

    def _segment(self, line: Sequence[NameToken], at: int, *, part: bool = False) -> int:
        """The index after the capitalised words that stand together from `at` on; a later part ends at a possessive."""
        stop = at + 1
        while stop < len(line):
            word, before = line[stop], line[stop - 1]
            if word.gap not in {" ", " & "} and not self._in_brackets(line, at, stop):
                break
            if before.possessive and (part or self._owns(line[at:stop])):
                break
            if not (self._begins(word) or (stop - at > 1 and _NUMERAL.fullmatch(word.text))):
                break
            stop += 1
        return stop

    def _owns(self, name: Sequence[NameToken]) -> bool:
        """Whether a possessive ends the name of an owner (the Agency's, Kenya's, the President's) rather than a part
        of one name (Leaders' Summit, Women's Forum)."""
        office = name[-1].text in office_nouns() and name[-1].possessive.endswith("s")
        return office or self._known(name) or self._kind(name) is not None

    def _in_brackets(self, line: Sequence[NameToken], at: int, stop: int) -> bool:
        """Whether the word is an acronym in brackets within a name, or follows one ("Exchange (JET) Programme")."""
        word = line[stop]
        if word.gap == " (":
            if self._strong(line[at:stop]):
                return False
            after = line[stop + 1] if stop + 1 < len(line) else None
            return after is not None and after.gap == ") " and (self._begins(after) or after.text in self._tails)
        return word.gap == ") " and line[stop - 1].gap == " (" and stop - 1 > at

    def _kind(self, name: Sequence[NameToken]) -> EntityType | None:
        forms = [word.text for word in name]
        if not forms or forms[-1] in office_nouns():
            return None
        return head_type(forms) or (head_type(forms[:-1]) if _NUMERAL.fullmatch(forms[-1]) else None)

    def _known(self, name: Sequence[NameToken]) -> bool:
        return bool(name) and gazetteer().get(self._text[name[0].start : name[-1].end]) is not None

    def _plain(self, name: Sequence[NameToken]) -> bool:
        """Whether every word is also a common word, so that the words together may be a part of a name."""
        return all(word.text.lower() in self._common for word in name) and not self._known(name)

    def _shared_head(self, line: Sequence[NameToken], at: int, stop: int) -> int | None:
        """The end of "Food and Drug Administration", where the first part ends at `stop`: a list with one head."""
        first = list(line[at:stop])
        known = gazetteer().get(first[0].text)
        if "-" in first[0].text or (known is not None and known.type is EntityType.STATE and len(first) > 1):
            first = first[1:]
        if not self._plain(first):
            return None
        while stop < len(line):
            conjunction = line[stop].text in {"and", "&"}
            begin = stop + 1 if conjunction else stop
            if begin >= len(line) or not _lists(line[stop], conjunction) or not self._begins(line[begin]):
                return None
            end = self._segment(line, begin)
            if conjunction:
                headed = end - begin > 1 and self._kind(line[begin:end]) and self._plain(line[begin : end - 1])
                return end if headed else None
            if not self._plain(line[begin:end]) or self._kind(line[begin:end]):
                return None
            stop = end
        return None

    def _joined(
        self, line: Sequence[NameToken], since: int, stop: int, kind: EntityType | None, opened: bool
    ) -> int | None:
        """The end of the name's next part, joined by a preposition or, within such a part (that begins at `since`), by
        "and" and commas."""
        if kind is None or stop + 1 >= len(line) or line[stop - 1].possessive:
            return None
        if opened and (end := self._listed(line, since, stop) or self._object(line, stop)):
            return end
        link = stop
        if line[stop].gap == " (" and line[stop + 1].gap == ") ":  # an acronym between the head and the preposition
            link = stop + 1
        elif line[stop].gap != " ":
            return None
        if line[link].text not in _MIDDLE or not _goes_on(kind, line[link].text, opened):
            return None
        begin = link + 1
        if begin >= len(line):
            return None
        dated = line[link].text == "of" and kind is EntityType.INSTRUMENT
        if dated and re.fullmatch(r"1[89]\d\d|20\d\d", line[begin].text):
            return begin + 1  # the Trade Act of 1974
        if begin + 1 < len(line) and line[begin].text in {"the", "our"}:
            begin += 1
        if line[begin].gap != " " or not self._begins(line[begin]):
            return None
        end = self._segment(line, begin, part=True)
        return end if self._fits(line[link].text, kind, line[begin:end]) else None

    def _fits(self, link: str, kind: EntityType, part: Sequence[NameToken]) -> bool:
        """Whether a part after a preposition belongs to the name rather than to the sentence."""
        known = gazetteer().get(self._text[part[0].start : part[-1].end])
        if link == "of" and known and known.type is EntityType.STATE and self._lists_states(part[-1].end):
            return False  # "the Heads of Coast Guard of Norland, Sudland and"
        if link in {"in", "at"} and part[0].start in self._places:
            return False
        if known is None:
            members = kind in {EntityType.BODY, EntityType.EVENT} and part[-1].text.endswith("s")
            return link != "of" or members or part[-1].text not in office_nouns()
        if known.sense is Sense.DEMONYM:
            return False
        if link in {"in", "at"}:
            return False
        return not (link in {"to", "with", "for"} and known.type is EntityType.STATE)

    def _lists_states(self, end: int) -> bool:
        """Whether a list of states goes on behind a word."""
        following = next(gazetteer().find(self._text, end, end + _LIST), None)
        if following is None or following.entry.type is not EntityType.STATE:
            return False
        return self._text[end : following.start] == ", "

    def _object(self, line: Sequence[NameToken], stop: int) -> int | None:
        """The end of "the Spread of Arms" after "Declaration to Counter" or "Strategy for Countering": the object of a
        verb within the name."""
        if line[stop].text != "the" or line[stop].gap != " " or stop < 2:
            return None
        if line[stop - 2].text != "to" and not (line[stop - 2].text == "for" and line[stop - 1].text.endswith("ing")):
            return None
        return self._segment(line, stop + 1) if self._begins(line[stop + 1]) else None

    def _listed(self, line: Sequence[NameToken], since: int, stop: int) -> int | None:
        """The end of ", B and C" or " and C" after "Ministry of A", where A has a common word and B and C no name."""
        if not any(word.is_capitalised and word.text.lower() in self._common for word in line[since:stop]):
            return None
        while stop < len(line):
            conjunction = line[stop].text in {"and", "&"}
            begin = stop + 1 if conjunction else stop
            if begin >= len(line) or not _lists(line[stop], conjunction) or not self._begins(line[begin]):
                return None
            end = self._segment(line, begin, part=True)
            part = line[begin:end]
            if self._known(part) or (len(part) > 1 and self._strong(part)) or any(word.text.isupper() for word in part):
                return None
            of = end < len(line) and line[end].gap == " " and line[end].text in {"of", "for", "on"}
            if of and self._kind(part) is not None:
                return None
            if conjunction:
                return end
            stop = end
        return None

    def _strong(self, part: Sequence[NameToken]) -> bool:
        """Whether the words end in a head noun that makes a name of its own."""
        return self._kind(part) is not None and part[-1].text not in self._weak

    def _naming(
        self, line: Sequence[NameToken], at: int, head_end: int, stop: int, kind: EntityType | None
    ) -> EntityMention | None:
        """The name from word `at` to `stop`, whose head ends at `head_end`; None where it is not one."""
        tail = self._small_head(line, at, stop) if stop == head_end else None
        if tail and (kind is None or tail[0] is EntityType.PROGRAMME):
            kind = tail[0]
            stop += tail[1]
        at = self._without_state(line, at, head_end, stop)
        name = line[at:stop]
        if head_end < stop and (by_link := head_noun_types().get(f"{line[head_end - 1].text} {line[head_end].text}")):
            kind = by_link
        if kind is None:
            kind = self._first(name)
        if kind is None or len(name) < 2 or self._known(name) or not self._substantial(name, line[at:head_end]):
            return None
        form = self._text[name[0].start : name[-1].end]
        if "-" in name[0].text and gazetteer().get(form.split("-", 1)[1]) is not None:
            return None  # "Japan-European Union" is two names
        doubtful = len(name) == 2 and self._plain(name)
        with_state = name[0].text in capitalised_names().ministries and re.search(
            rf" {official_name_prefix()} of ", form
        )
        rank = _RANK + 2 if with_state else _RANK  # more than the state's official name within it
        # A body is not called by what it is about alone: "Tidal Power" is no working group.
        also = self._shorter(name, line[stop - 1].text.islower() and kind is not EntityType.BODY)
        return EntityMention(name[0].start, name[-1].end, form, kind, 0 if doubtful else rank, also)

    def _shorter(self, name: Sequence[NameToken], tailed: bool) -> tuple[str, ...]:
        """The shorter names within a name: without its noun in small letters, without the "U.S." before it."""
        found = []
        if tailed and len(name) > 2 and "(" not in name[-2].gap:
            found.append(self._text[name[0].start : name[-2].end])
        if name[0].text in {"U.S.", "US"} and len(name) > 3:
            found.append(self._text[name[1].start : name[-1].end])
        return tuple(found)

    def _without_state(self, line: Sequence[NameToken], at: int, head_end: int, stop: int) -> int:
        """Where the name begins when a state's adjective only stands before it: "Japanese Institute of Physics"."""
        first = gazetteer().get(line[at].text)
        if line[at].text in self._never and stop - at > 2:
            return at + 1
        if first is None or first.type is not EntityType.STATE or stop - at < 2:
            return at
        rest = gazetteer().get(self._text[line[at + 1].start : line[stop - 1].end])
        if rest is not None and rest.type in {EntityType.SYSTEM, EntityType.PROGRAMME, EntityType.INSTRUMENT}:
            return at + 1
        ministry = line[at + 1].text in capitalised_names().ministries
        whole_after = first.sense is Sense.DEMONYM and head_end - at == 2 and stop > head_end and not ministry
        return at + 1 if whole_after else at

    def _numbered(self, line: Sequence[NameToken], at: int, named: EntityMention) -> EntityMention:
        """The name with the year or ordinal before it: "2023 Framework Agreement"."""
        numbered = {EntityType.INSTRUMENT, EntityType.EVENT, EntityType.BODY, EntityType.PROGRAMME}
        if at == 0 or named.type not in numbered or line[at].gap != " " or named.start != line[at].start:
            return named
        before = line[at - 1]
        if not _ORDINAL.fullmatch(before.text) or (at > 1 and line[at - 2].text in {"in", "In", "by", "By", "since"}):
            return named
        if _DAY.search(self._text, max(0, before.start - 4), before.start):
            return named
        start = before.start
        if at > 1 and before.gap == " " and line[at - 2].text in MONTHS:
            start = line[at - 2].start
        bare = self._text[named.start : named.end]
        return replace(named, start=start, name=self._text[start : named.end], nested_forms=(*named.nested_forms, bare))

    def _first(self, name: Sequence[NameToken]) -> EntityType | None:
        """What the first words of a name say that it is: "Project Apollo", "Camp Smith"."""
        form = " ".join(word.text for word in name)
        for kind, firsts in capitalised_names().first_words.items():
            if any(form.startswith(first + " ") for first in firsts):
                return kind
        return None

    def _small_head(self, line: Sequence[NameToken], at: int, stop: int) -> tuple[EntityType, int] | None:
        """The type that a noun in small letters after the name gives it, and of how many words it is ("Global Entry
        program", "Tidal Power working group")."""
        if (
            stop >= len(line)
            or line[stop].gap not in {" ", ") "}
            or (line[stop].gap == ") ") != (line[stop - 1].gap == " (" and stop - at > 1)
        ):
            return None
        if line[stop - 1].possessive:
            return None
        name = line[at:stop]
        known = gazetteer().get(self._text[name[0].start : name[-1].end])
        if known is not None and known.type is EntityType.STATE and known.sense is not Sense.NAME:
            return None
        if len(name) == 1 and (known is not None or name[0].text in self._generic):
            return None
        if any(sign.isdigit() for word in name for sign in word.text):
            return None  # a designation is the name: "F-16 aircraft"
        noun, mixed = line[stop].text, f"{line[stop - 1].text.lower()} {line[stop].text}"  # "Working group"
        for kind, nouns in capitalised_names().lowercase_heads.items():
            if stop + 1 < len(line) and line[stop + 1].gap == " " and f"{noun} {line[stop + 1].text}" in nouns:
                return kind, 2
            if noun in nouns or mixed in nouns:
                return kind, 1
        return None

    def _substantial(self, name: Sequence[NameToken], head: Sequence[NameToken]) -> bool:
        """Whether the words are a name and no phrase in capitals ("Foreign Ministers", "Joint Statement")."""
        if head and head[-1].text in office_nouns():
            return False
        if len(name) == len(head) == 2 and head[-1].text.rstrip("s") in self._weak:
            return not self._plain(head[:1])
        return True


def _without_verb(line: list[NameToken]) -> list[NameToken]:
    """The words of a heading without the verb that makes what the others name: "Stand Up a Harbour Council"."""
    words = capitalised_names()
    for length in (2, 1):
        verb, rest = " ".join(word.text.title() for word in line[:length]), line[length:]
        if verb in words.founding_verbs and rest:
            return line if verb in words.founding_verbs_in_names and rest[0].text not in _ARTICLES else rest
    return line


def _lists(word: NameToken, conjunction: bool) -> bool:
    """Whether the word stands where a list goes on: after a comma, or is itself "and"."""
    return word.gap == ", " or (conjunction and word.gap == " ")


def _goes_on(kind: EntityType, link: str, opened: bool) -> bool:
    """Whether a name of this kind of head goes on after this preposition, the first or (`opened`) a later one."""
    kinds = _MIDDLE[link]
    return kinds is None or kind in kinds or (opened and link in {"on", "for", "in"})
