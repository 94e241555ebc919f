"""The names of one document: what each name stands for, and where that is mentioned by any of its names.

A name stands for an entity of the analysis, for a known state, organisation or term (search.lookup.known_names), or
for what the text itself defines ("quantum key distribution (QKD)"). An entity that has a known name has all its forms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import EntityType
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS, folded_words, word_spans
from alliance_tui.search.lookup.known_names import (
    Capitals,
    KnownName,
    NameForm,
    has_capitals,
    known_names,
    longer_forms,
    name_form,
    name_key,
    state_keys,
)
from alliance_tui.search.lookup.references import Mentions, Reference, ReferenceKind, WordRange, union_of_mentions
from alliance_tui.search.values.value_index import values_in_records, values_in_text

ACRONYM_LENGTHS = range(2, 7)
_PURPOSE = frozenset(("for", "in", "of", "on", "to"))
_OFFICES = frozenset(("administration", "administrations", "cabinet", "cabinets", "government", "presidency"))
_LONGEST_NAME = 200  # characters
_SHORTEST_HEAD = 2  # words of a name before "of" or "for" that may stand for all of it
_DEFINITION = re.compile(r"\(\s*[\"“”']?(?:the )?(?P<acronym>[A-Z][A-Za-z&\-]{1,9}?)s?[\"“”']?\)")
_MAX_DEFINITIONS = 500
_NAMES_OF_OTHERS = frozenset({EntityType.PLACE, EntityType.STATE})


class NamedThing(Struct, frozen=True):
    """A referent of names: entities of the document, or none of them; `forms` are looked for in the text."""

    entity_ids: tuple[str, ...]
    forms: tuple[NameForm, ...]
    known: KnownName | None = None

    @property
    def all_forms(self) -> tuple[NameForm, ...]:
        """The forms of the document and of the known name, each once."""
        return tuple(dict.fromkeys((*self.forms, *(self.known.forms if self.known else ()))))


class NameTable:
    """The named things of an index by the keys of their names and by their initials."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._mentions: dict[NamedThing, Mentions] = {}
        by_key: dict[str, dict[NamedThing, None]] = defaultdict(dict)
        self._named: list[tuple[str, NamedThing]] = []
        for entity in index.names.values():
            forms = [name_form(form) for form in dict.fromkeys((entity.name, *entity.forms))]
            known = next((k for form in forms for k in known_names().get(form.key, ()) if not k.is_term), None)
            if known and known.is_state:
                forms = _without_metonyms(forms, known)
            thing = NamedThing((entity.id,), tuple(forms), known)
            for form in forms:
                by_key[name_key(form.words)][thing] = None
                by_key[form.key][thing] = None
            self._named += ((name, thing) for name in dict.fromkeys((entity.name, *entity.forms)))
            if known:
                by_key[known.key][thing] = None
        for key, thing in self._heads(by_key).items():
            by_key[key][thing] = None
        for thing in _definitions(index.text, by_key):
            for form in thing.forms:
                by_key[form.key][thing] = None
        self._by_key: Mapping[str, Iterable[NamedThing]] = by_key

    def _heads(self, taken: Collection[str]) -> Mapping[str, NamedThing]:
        """Return the things by the heads of their names ("Millet Export Bank of Karhia"), where one alone has it."""
        things: dict[str, set[NamedThing]] = defaultdict(set)
        for name, thing in self._named:
            words = folded_words(name)
            length = next((n for n, word in enumerate(words) if word in _PURPOSE), 0)
            if length >= _SHORTEST_HEAD and (key := "".join(words[:length])) not in taken:
                things[key].add(thing)
        return {key: next(iter(found)) for key, found in things.items() if len(found) == 1}

    @cached_property
    def _by_initials(self) -> Mapping[str, Iterable[NamedThing]]:
        by_initials: dict[str, dict[NamedThing, None]] = defaultdict(dict)
        for name, thing in self._named:
            for initials in initials_of(name):
                by_initials[initials][thing] = None
        return by_initials

    @property
    def keys(self) -> Collection[str]:
        """The keys of all names of the document's own."""
        return self._by_key.keys()

    @property
    def initials(self) -> Iterable[str]:
        """The initials of all names."""
        return self._by_initials.keys()

    def has_initials(self, initials: str) -> bool:
        """Whether a name has these initials."""
        return initials in self._by_initials

    def mentions(self, key: str) -> Mentions:
        """Return where what a key stands for is mentioned."""
        return union_of_mentions([self._mentions_of(thing) for thing in self._things(key)])

    def mentions_by_initials(self, initials: str) -> Mentions:
        """Return where the things whose name has these initials are mentioned."""
        return union_of_mentions([self._mentions_of(thing) for thing in self._by_initials.get(initials, ())])

    def _things(self, key: str) -> Iterator[NamedThing]:
        """Yield the referents of a key, known names that the document does not list as an entity included."""
        listed = self._by_key.get(key, {})
        yield from listed
        for known in known_names().get(key, ()):
            if key == known.key or not any(thing.known == known for thing in listed):
                of_known = [thing for thing in self._by_key.get(known.key, ()) if thing.known == known]
                yield from of_known or [NamedThing((), known.forms, known)]

    def _mentions_of(self, thing: NamedThing) -> Mentions:
        if thing not in self._mentions:
            self._mentions[thing] = self._find(thing)
        return self._mentions[thing]

    def _find(self, thing: NamedThing) -> Mentions:
        in_text = self._find_in_text(thing)
        in_records, record_ids = self._find_in_records(thing)
        return Mentions(tuple(sorted(in_text)), tuple(sorted(in_records)), frozenset(record_ids))

    def _find_in_text(self, thing: NamedThing) -> set[WordRange]:
        """Return the mentions by name that the analysis has, and further words of the text in any form of the name."""
        ranges = self._analysed_mentions(thing)
        if any(self._index.names[id_].type is EntityType.PERSON for id_ in thing.entity_ids):
            return ranges | set(self._before_offices(thing))
        is_other = self._is_name_of_another(thing)
        by_form = (words for form in thing.all_forms for words in form_positions(form, self._index.text))
        return ranges | {words for words in by_form if not is_other(*words)}

    def _before_offices(self, person: NamedThing) -> Iterator[WordRange]:
        """Yield a person's names in those of offices that are called after him or her ("the Biden Administration")."""
        text = self._index.text
        for form in person.forms:
            for first, last in form_positions(form, text):
                if text.in_same_sentence(first, last + 1) and text.folded(last + 1) in _OFFICES:
                    yield first, last

    def _analysed_mentions(self, thing: NamedThing) -> set[WordRange]:
        """Return the entities' mentions by name; of a state only those with one of its names, not its capital."""
        mentions = (mention for id_ in thing.entity_ids for mention in self._index.mentions_of(id_) if mention.by_name)
        between = self._index.text.positions_between
        ranges = {(p[0], p[-1]) for each in mentions if (p := between(each.span.start, each.span.end))}
        if not (thing.known and thing.known.is_state):
            return ranges
        names = [form.key for form in thing.known.forms]
        return {words for words in ranges if any(name in self._key_at(words) for name in names)}

    def _find_in_records(self, thing: NamedThing) -> tuple[set[WordRange], set[str]]:
        """Return the forms in the records that are about the thing, and these records.

        They are its entities, the agreements linked to them, and the agreements in which a known name occurs.
        """
        index = self._index
        linked = index.links.agreements_by_entity if thing.entity_ids and index.analysis else {}
        record_ids = set(thing.entity_ids).union(*(linked.get(id_, ()) for id_ in thing.entity_ids))
        ranges: set[WordRange] = set()
        for form in thing.all_forms:
            for first, last in form_positions(form, index.records):
                owner, _ = index.owner(index.records.by_string.unit_of(first))
                if owner in record_ids or (
                    thing.known and owner in index.agreements and not _is_longer(form, first, last, index.records)
                ):
                    ranges.add((first, last))
                    record_ids.add(owner)
        return ranges, record_ids

    def _key_at(self, words: WordRange) -> str:
        return "".join(map(self._index.text.folded, range(words[0], words[1] + 1)))

    def _is_name_of_another(self, thing: NamedThing) -> Callable[[int, int], bool]:
        """Return the test whether words of the text are a part of the name of another thing."""
        index, text = self._index, self._index.text
        types = {index.names[id_].type for id_ in thing.entity_ids} if not thing.known else _NAMES_OF_OTHERS
        longer = {form.words: longer_forms().get(form.words, ()) for form in (thing.known.forms if thing.known else ())}

        def is_part(first: int, last: int) -> bool:
            words = tuple(text.folded(position) for position in range(first, last + 1))
            for form in longer.get(words, ()):
                if any(_covers(form, start, words, text) for start in range(first - len(form.words) + 1, first + 1)):
                    return True
            if thing.known and thing.known.is_term:
                return False  # a common noun, in whichever name
            start, end = text.start_offsets[first], text.end_offset(last)
            nearby = index.mention_table
            for at in range(bisect_left(nearby, (start - _LONGEST_NAME,)), bisect_left(nearby, (start + 1,))):
                other_start, other_end, owner = nearby[at]
                if other_start <= start and end <= other_end and (other_start, other_end) != (start, end):
                    entity = index.names[owner]
                    if owner not in thing.entity_ids and entity.type in types:
                        return True
            return False

        return is_part


@cache_by_identity
def name_table(index: SearchIndex) -> NameTable:
    """Return the name table of an index; the last few are cached."""
    return NameTable(index)


def mentions_of(index: SearchIndex, reference: Reference) -> Mentions:
    """Return where what a reference means is mentioned."""
    if reference.kind is ReferenceKind.VALUE:
        in_text, in_records = (
            {words for key in reference.keys for words in values.occurrences(key)}
            for values in (values_in_text(index.text), values_in_records(index.records))
        )
        return Mentions(tuple(sorted(in_text)), tuple(sorted(in_records)))
    names = name_table(index)
    find = {
        ReferenceKind.NAME: names.mentions,
        ReferenceKind.INITIALS: names.mentions_by_initials,
    }[reference.kind]
    return union_of_mentions([find(key) for key in reference.keys])


def _without_metonyms(forms: Sequence[NameForm], state: KnownName) -> list[NameForm]:
    """Return the forms without those that only stand for the state, such as its capital."""
    names = [form.key for form in state.forms]
    return [form for form in forms if any(name in form.key for name in names)]


def initials_of(name: str) -> set[str]:
    """Return the acronyms of a name: with and without function words, a purpose ("for Prosperity"), or a state.

    Two letters are too weak for words that hyphens join ("Indo-Pacific").
    """
    words = folded_words(name)
    starts = [0, 1] if len(words) > 2 and tuple(words[:1]) in state_keys() else [0]
    purposes = [n for n, word in enumerate(words) if n > 2 and word in _PURPOSE]
    ends = [len(words), *purposes[-1:]]
    if words[1:2] == ["bin"]:
        ends.append(3)  # Mohammed bin Zayed Al Nahyan
    found: set[str] = set()
    for part in (words[start:end] for start in starts for end in ends):
        for kept in (part, [word for word in part if word not in FUNCTION_WORDS]):
            initials = "".join(word[0] for word in kept)
            if may_be_acronym(initials) and (len(initials) > ACRONYM_LENGTHS.start or " " in name):
                found.add(initials)
    return found


def may_be_acronym(word: str) -> bool:
    """Whether a folded word has the form of an acronym."""
    return len(word) in ACRONYM_LENGTHS and word.isascii() and word.isalpha()


def form_positions(form: NameForm, postings: Postings) -> Iterator[WordRange]:
    """Yield where a form occurs: its words are adjacent in one sentence, with its capitals."""
    words = form.words
    spellings = [
        [s for s in postings.spellings(word) if has_capitals(s, form.capitals) or word in FUNCTION_WORDS]
        if number == 0 or form.capitals is Capitals.ALL
        else postings.spellings(word)
        for number, word in enumerate(words)
    ]
    if not words or not all(spellings):
        return
    positions = postings.positions_by_spelling
    rarest = min(range(len(words)), key=lambda n: sum(len(positions[s]) for s in spellings[n]))
    for spelling in spellings[rarest]:
        for position in positions[spelling]:
            first = position - rarest
            last = first + len(words) - 1
            if len(words) == 1 or (
                postings.in_same_sentence(first, last)
                and all(n == rarest or postings.spelling(first + n) in spellings[n] for n in range(len(words)))
            ):
                yield first, last


def _covers(form: NameForm, start: int, part: Sequence[str], postings: Postings) -> bool:
    """Whether the form stands at a position."""
    end = start + len(form.words)
    if start < 0 or end > len(postings):
        return False
    return all(postings.folded(start + n) == word for n, word in enumerate(form.words))


def _is_longer(form: NameForm, first: int, last: int, postings: Postings) -> bool:
    """Whether a longer name of another state stands around the form."""
    return any(
        _covers(longer, start, form.words, postings)
        for longer in longer_forms().get(form.words, ())
        for start in range(first - len(longer.words) + 1, first + 1)
    )


def _definitions(text: Postings, known: Mapping[str, object]) -> Iterator[NamedThing]:
    """Yield the acronyms that the text defines behind their long form and that are the name of no entity."""
    string = text.strings[0] if text.strings else ""
    for number, match in enumerate(_DEFINITION.finditer(string)):
        acronym = name_form(match["acronym"])
        if number >= _MAX_DEFINITIONS:
            return
        if acronym.capitals is not Capitals.ALL or not may_be_acronym(acronym.key) or acronym.key in known:
            continue
        before = string[max(0, match.start() - _LONGEST_NAME) : match.start()]
        words = [before[start:end] for start, end in word_spans(before)][-2 * len(acronym.key) - 2 :]
        for first in range(len(words) - 1, -1, -1):
            long_form = tuple(folded_words(" ".join(words[first:])))
            if long_form and acronym.key in _plain_initials(long_form):
                plural = NameForm((f"{acronym.key}s",), Capitals.ALL)
                yield NamedThing((), (NameForm(long_form, Capitals.NONE), acronym, plural))
                break


def _plain_initials(words: Sequence[str]) -> tuple[str, str]:
    """Return the initials of the words, with and without function words; the first word must count."""
    content = [word for word in words if word not in FUNCTION_WORDS]
    if not content or words[0] != content[0]:
        return "", ""
    return "".join(word[0] for word in words), "".join(word[0] for word in content)
