"""What a query word may stand for in the library: sets of keys by which documents are looked up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from alliance_tui.library.keys import Role
from alliance_tui.library.lookups import Lookups
from alliance_tui.search.acronyms import is_acronym
from alliance_tui.search.cancelling import Watch
from alliance_tui.search.folding import fold
from alliance_tui.search.matches import How
from alliance_tui.search.query import Mode, Wanted, Words
from alliance_tui.search.spelling import Meeting, Speller
from alliance_tui.search.vocabulary import Vocabulary
from alliance_tui.search.words import FUNCTION_WORDS

_SHORTEST_NAME = 5


class Known:
    """The keys of a library, in memory: its words with those of its titles, and what stands for its names."""

    def __init__(self, lookups: Lookups, title_words: Iterable[str]) -> None:
        body = Vocabulary(lookups.keys(Role.WORD))
        self.words = Vocabulary(sorted(title_words), base=body)
        self.name_words = frozenset(lookups.keys(Role.NAME_WORD))
        self.names = Vocabulary(lookups.keys(Role.NAME))
        self.initials = frozenset(lookups.keys(Role.INITIALS))


class Sense(NamedTuple):
    """One way to take a word: a document has it so that has, of each of the sets of keys, one. `words` are what is
    met, and on which of their letters; there are none where it is not words that are met."""

    how: How
    role: Role
    keys: tuple[tuple[str, ...], ...]
    words: tuple[Meeting, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether a document that has it so has a match: what is likely only must be looked for in the document."""
        return self.how in (How.WORD, How.PREFIX)


class Senses:
    """Takes the words of one query, as `search.finding.Finder` does in one document."""

    def __init__(self, known: Known, watch: Watch) -> None:
        self._known = known
        self._watch = watch
        self._speller = Speller(known.words, known.name_words, watch)

    def of_word(self, wanted: Wanted, mode: Mode, *, typing: bool) -> list[Sense]:
        """The senses of a word, best first."""
        word = wanted.folded
        strict = Mode.WHOLE if mode is Mode.FUZZY and not typing and word in FUNCTION_WORDS else mode
        met = self._speller.meetings(wanted, strict, typing=typing)
        if mode is not Mode.FUZZY:
            return list(_of_meetings(met))
        misspelt = not met or met[0].how is How.TYPO
        others = list(self._apart(word)) if misspelt else []
        if not others and is_acronym(word) and word in self._known.initials:
            others = [Sense(How.ACRONYM, Role.INITIALS, ((word,),))]
        return others if misspelt and others else [*_of_meetings(met), *others]

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


def _of_meetings(met: Iterable[Meeting]) -> Iterable[Sense]:
    by_how: dict[How, list[Meeting]] = {}
    for meeting in met:
        by_how.setdefault(meeting.how, []).append(meeting)
    for how in sorted(by_how, key=lambda how: how.rank):
        yield Sense(how, Role.WORD, (tuple(meeting.word for meeting in by_how[how]),), tuple(by_how[how]))


def folded_words(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """The folded words at these places of a text."""
    return [folded for start, end in spans if (folded := fold(text[start:end]))]
