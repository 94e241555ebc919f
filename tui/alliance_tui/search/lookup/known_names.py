"""Names that mean one thing in any document: states, organisations, bodies, treaties, and terms with an acronym.

The names of states, organisations and treaties are those of the extraction's lexicons, with the further names of
data/organisations.txt and the other spellings of data/wordings.txt; the acronyms of common nouns are in
data/acronyms.txt. Names in which a state's name means something else are in data/longer_names.txt.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from importlib.resources import files

from msgspec import Struct

from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS, folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.dictionary import inflections

_LEXICONS = (
    ("organisations", "alliances"),
    ("organisations", "organisations"),
    ("bodies", "bodies"),
    ("instruments", "instruments"),
)


class Capitals(IntEnum):
    """The capitals by which a name is told from a common word in a text."""

    NONE = 0
    INITIAL = 1
    ALL = 2


def has_capitals(spelling: str, capitals: Capitals) -> bool:
    """Whether a word is written with such capitals; of an acronym ("MOUs", "MoU") most letters are."""
    if capitals is Capitals.NONE:
        return True
    if capitals is Capitals.INITIAL:
        return spelling[:1].isupper() or not spelling[:1].isalpha()
    letters = [character for character in spelling if character.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters) or not letters


class NameForm(Struct, frozen=True):
    """One way to write a name: its folded words, and the capitals that they must have."""

    words: tuple[str, ...]
    capitals: Capitals

    @property
    def key(self) -> str:
        """The folded words run together, by which names are looked up."""
        return "".join(self.words)


class KnownName(Struct, frozen=True):
    """A state, an organisation, a body, a treaty or (`is_term`) a common noun with an acronym, by all its forms."""

    name: str
    forms: tuple[NameForm, ...]
    is_state: bool = False
    is_term: bool = False

    @property
    def key(self) -> str:
        """The key of the first form, by which the others are found."""
        return self.forms[0].key


def name_form(text: str) -> NameForm:
    """Return the form of a name as written."""
    letters = [character for character in text if character.isalpha()]
    is_acronym = len(letters) > 1 and sum(map(str.isupper, letters)) > len(letters) / 2
    capitals = Capitals.ALL if is_acronym else Capitals.INITIAL if text[:1].isupper() else Capitals.NONE
    return NameForm(tuple(folded_words(text)), capitals)


@cache
def known_names() -> Mapping[str, Sequence[KnownName]]:
    """Return the known names by the keys of all their forms."""
    by_key: dict[str, list[KnownName]] = defaultdict(list)
    for known in (*_states(), *_organisations(), *_terms()):
        for key in {form.key for form in known.forms}:
            by_key[key].append(known)
    return by_key


def known_keys(words: Vocabulary) -> set[str]:
    """Return the keys of the known names of which these words make a form."""
    return {
        key
        for first, forms in _forms_by_first_word().items()
        if first in words
        for others, key in forms
        if all(word in words for word in others)
    }


@cache
def _forms_by_first_word() -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """Return the other words of each form of the known names, with the key of its name, by its first word."""
    by_word: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for known in {known for names in known_names().values() for known in names}:
        for form in known.forms:
            by_word[form.words[0]].append((form.words[1:], known.key))
    return by_word


@cache
def longer_forms() -> Mapping[tuple[str, ...], Sequence[NameForm]]:
    """Return, for the words of each name of a state, the longer names that contain them and mean others.

    They are the names of other states ("North Korea") and of regions ("Central American").
    """
    states = [known for names in known_names().values() for known in names if known.is_state]
    owners = {form.words: known.name for known in states for form in known.forms}
    owners |= {tuple(folded_words(form)): names[0] for names in _name_lines("longer_names") for form in names}
    longer: dict[tuple[str, ...], list[NameForm]] = defaultdict(list)
    for words, owner in owners.items():
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                part = words[start:end]
                if len(part) < len(words) and owners.get(part, owner) != owner:
                    longer[part].append(NameForm(words, Capitals.NONE))
    return longer


def is_within_other_states(key: str) -> bool:
    """Whether a state's own name is a word in the names of others (Guinea, Sudan)."""
    return (key,) in longer_forms() and any(name.is_state and name.key == key for name in known_names().get(key, ()))


@cache
def state_keys() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the words of each state's name by the words of all names of it, adjectives left out."""
    return {
        form.words: known.forms[0].words
        for names in known_names().values()
        for known in names
        if known.is_state
        for form in known.forms
    }


def name_key(words: Sequence[str]) -> str:
    """Return the key of a name; a state that begins it counts by its own name ("U.S. Coast Guard")."""
    for length in range(min(len(words) - 1, 4), 0, -1):
        state = state_keys().get(tuple(words[:length]))
        if state:
            return "".join((*state, *words[length:]))
    return "".join(words)


def _states() -> Iterator[KnownName]:
    for name, fields in _lexicon("states")["states"].items():
        written = dict.fromkeys((name, *fields.get("forms", ()), *fields.get("demonyms", ())))
        yield KnownName(name, tuple(map(name_form, written)), is_state=True)


def _organisations() -> Iterator[KnownName]:
    further: dict[str, Sequence[str]] = dict(_further_organisations())
    for lexicon, table in _LEXICONS:
        for name, aliases in _lexicon(lexicon)[table].items():
            names = list(_with_other_wordings((name, *aliases, *further.pop(name, ()))))
            if len(names) > 1:
                yield KnownName(name, tuple(map(name_form, names)))
    for name, others in further.items():
        yield KnownName(name, tuple(map(name_form, _with_other_wordings((name, *others)))))


def _further_organisations() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield names of organisations, each with its further names."""
    for name, *aliases in _name_lines("organisations"):
        yield name, aliases


def _name_lines(name: str) -> Iterator[list[str]]:
    """Yield the names of each line of a list in data/."""
    text = files("alliance_tui.search.lookup").joinpath(f"data/{name}.txt").read_text(encoding="utf-8")
    yield from (line.split(" = ") for line in text.splitlines() if not line.startswith("#"))


def _with_other_wordings(names: Iterable[str]) -> Iterable[str]:
    """Return the names, each with the other wordings of its words, without repetitions."""
    every = dict.fromkeys(names)
    for one, other in _wordings():
        for old, new in ((one, other), (other, one)):
            every |= dict.fromkeys(re.sub(rf"\b{old}\b", new, name) for name in every)
    return every


@cache
def _wordings() -> Sequence[tuple[str, str]]:
    return [(one, other) for one, other in _name_lines("wordings")]


def _terms() -> Iterator[KnownName]:
    lines = files("alliance_tui.search.lookup").joinpath("data/acronyms.txt").read_text(encoding="ascii")
    for line in lines.splitlines():
        if line.startswith("#"):
            continue
        acronym, *long_form = line.split()
        short = tuple(folded_words(acronym))
        forms = [NameForm(tuple(long_form), Capitals.NONE), NameForm(short, Capitals.ALL)]
        forms.append(NameForm((*short[:-1], f"{short[-1]}s"), Capitals.ALL))
        head = next((n - 1 for n, word in enumerate(long_form) if n and word in FUNCTION_WORDS - {"and"}), -1)
        for inflected in inflections(long_form[head]):
            words = list(long_form)
            words[head] = inflected
            forms.append(NameForm(tuple(words), Capitals.NONE))
        yield KnownName(" ".join(long_form), tuple(dict.fromkeys(forms)), is_term=True)


def _lexicon(name: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Read a lexicon of the extraction; its package is not imported, since it takes longer than a key may."""
    path = files("alliance_tui").joinpath(f"extraction/data/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
