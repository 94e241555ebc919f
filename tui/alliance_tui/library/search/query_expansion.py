"""What a query word may stand for in the library: sets of keys by which documents are looked up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from alliance_tui.library.index.reader import Lookups
from alliance_tui.library.index.terms import BEGINNINGS, Role
from alliance_tui.search.acronyms import is_acronym
from alliance_tui.search.cancellation import Watch
from alliance_tui.search.fuzzy_lookup import Meeting, Speller, is_likely
from alliance_tui.search.matches import How
from alliance_tui.search.query import Mode, Wanted, Words
from alliance_tui.search.tokenizer import FUNCTION_WORDS
from alliance_tui.search.transliteration import by_romanisation
from alliance_tui.search.vocabulary import Vocabulary

_SHORTEST_NAME = 5


class Known:
    """The keys of a library, in memory: its words, and what stands for its names."""

    def __init__(self, lookups: Lookups) -> None:
        self.words = Vocabulary(lookups.keys(Role.WORD))
        self.name_words = frozenset(lookups.keys(Role.NAME_WORD))
        self.romanised_names = by_romanisation(self.name_words)
        self.names = Vocabulary(lookups.keys(Role.NAME))
        self.initials = frozenset(lookups.keys(Role.INITIALS))


class Sense(NamedTuple):
    """One way to take a word: a document has it so that has, of each of the sets of keys, one. `words` are what is
    met, and on which of their letters; there are none where it is not words that are met. Where it is `likely`, any
    document that has the words has them so, whatever its names are."""

    how: How
    role: Role
    keys: tuple[tuple[str, ...], ...]
    words: tuple[Meeting, ...] = ()
    likely: bool = True


class Senses:
    """Takes the words of one query, as `search.finding.Finder` does in one document."""

    def __init__(self, known: Known, watch: Watch) -> None:
        self._known = known
        self._watch = watch
        self._speller = Speller(known.words, known.name_words, watch, known.romanised_names)

    def of_word(self, wanted: Wanted, mode: Mode, *, typing: bool) -> list[Sense]:
        """The senses of a word, best first."""
        word = wanted.folded
        strict = Mode.WHOLE if mode is Mode.FUZZY and not typing and word in FUNCTION_WORDS else mode
        met = self._speller.meetings(wanted, strict, typing=typing)
        beginning = word if len(word) in BEGINNINGS and mode not in (Mode.INSIDE, Mode.SUFFIX) else None
        if mode is not Mode.FUZZY:
            return list(_of_meetings(met, word, beginning))
        misspelt = not met or met[0].how is How.TYPO
        meetings = list(_of_meetings(met, word, beginning))
        if misspelt and (apart := list(self._apart(word))):
            return [*meetings, *apart]  # in a large library two words are found in almost any misspelling
        if is_acronym(word) and word in self._known.initials:
            acronym = Sense(How.ACRONYM, Role.INITIALS, ((word,),))
            return [acronym] if misspelt else [*meetings, acronym]
        return meetings

    def of_joined(self, words: Iterable[Wanted]) -> list[Sense]:
        """Words that were typed apart taken as one ("air craft" for "aircraft")."""
        joined = "".join(word.folded for word in words)
        return [Sense(How.TYPO, Role.WORD, ((joined,),))] if joined in self._known.words else []

    def of_name(self, typed: Iterable[Words]) -> list[Sense]:
        """All words of a query taken together as a name one edit away, whatever word the edit is in."""
        words = [word.folded for one in typed for word in one.words]
        joined = "".join(words)
        if len(joined) < _SHORTEST_NAME or (len(words) > 1 and joined in self._known.names):
            return []
        near = (name for chunk in self._known.names.near(joined, 1) for name, _ in self._watch.over(chunk))
        names = [name for name in near if list(filter(str.isdigit, name)) == list(filter(str.isdigit, joined))]
        return [Sense(How.TYPO, Role.NAME, (tuple(names),))] if names else []

    def _apart(self, word: str) -> Iterable[Sense]:
        """The word as two ("selfdefense" for "self defense")."""
        for cut in range(2, len(word) - 1):
            if word[:cut] in self._known.words and word[cut:] in self._known.words:
                yield Sense(How.TYPO, Role.WORD, ((word[:cut],), (word[cut:],)))


def _of_meetings(met: Iterable[Meeting], word: str, beginning: str | None) -> Iterable[Sense]:
    """A sense for each way of meeting, the best first; `beginning` is one by which what it begins is looked up."""
    by_how: dict[How, list[Meeting]] = {}
    for meeting in met:
        by_how.setdefault(meeting.how, []).append(meeting)
    for how in sorted(by_how, key=lambda how: how.rank):
        if beginning and how is How.PREFIX:
            yield Sense(how, Role.BEGINNING, ((beginning,),), tuple(by_how[how]))
        else:
            words = tuple(meeting.word for meeting in by_how[how])
            likely = all(is_likely(word, meeting) for meeting in by_how[how])
            yield Sense(how, Role.WORD, (words,), tuple(by_how[how]), likely)
