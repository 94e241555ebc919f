"""Random edits of a text that keep track of where each of its characters went."""

from __future__ import annotations

import random
import re

from msgspec import Struct


class EditedText(Struct, frozen=True):
    """An edited text; `origins` holds the offset in the original of each of its characters, -1 for new ones.

    A copied character has the origin of the one that it copies: where only the copy is left, it was moved.
    """

    text: str
    origins: tuple[int, ...]

    def holds(self, start: int, end: int) -> bool:
        """Return whether the original's characters `start` to `end` are there, side by side, once and only once."""
        places = [index for index, origin in enumerate(self.origins) if start <= origin < end]
        return len(places) == end - start == places[-1] + 1 - places[0]

    def share_from(self, start: int, end: int, found_start: int, found_end: int) -> float:
        """Return which share of `found_start` to `found_end` comes from `start` to `end` of the original."""
        found = self.origins[found_start:found_end]
        return sum(start <= origin < end for origin in found) / len(found)


def edit(text: str, chance: random.Random, edits: int) -> EditedText:
    """Apply so many edits: words replaced, sentences deleted, inserted, copied or moved, white space changed."""
    current = EditedText(text, tuple(range(len(text))))
    for _ in range(edits):
        current = chance.choice((_replace_word, _delete, _insert, _copy, _move, _rewrap))(current, chance)
    return current


def _sentence(edited: EditedText, chance: random.Random) -> tuple[int, int]:
    spans = [match.span() for match in re.finditer(r"[^.!?\n]+[.!?\n]+\s*", edited.text)]
    return chance.choice(spans) if spans else (0, len(edited.text))


def _spliced(edited: EditedText, start: int, end: int, text: str, origins: tuple[int, ...]) -> EditedText:
    return EditedText(
        edited.text[:start] + text + edited.text[end:], edited.origins[:start] + origins + edited.origins[end:]
    )


def _replace_word(edited: EditedText, chance: random.Random) -> EditedText:
    words = [match.span() for match in re.finditer(r"\w+", edited.text)]
    start, end = chance.choice(words)
    first, last = chance.choice(words)
    word = edited.text[first:last]
    return _spliced(edited, start, end, word, (-1,) * len(word))


def _delete(edited: EditedText, chance: random.Random) -> EditedText:
    return _spliced(edited, *_sentence(edited, chance), "", ())


def _insert(edited: EditedText, chance: random.Random) -> EditedText:
    words = re.findall(r"\w+", edited.text)
    new = " ".join(chance.choices(words, k=chance.randint(3, 20))).capitalize() + ". "
    start, _ = _sentence(edited, chance)
    return _spliced(edited, start, start, new, (-1,) * len(new))


def _copy(edited: EditedText, chance: random.Random) -> EditedText:
    start, end = _sentence(edited, chance)
    goal, _ = _sentence(edited, chance)
    return _spliced(edited, goal, goal, edited.text[start:end], edited.origins[start:end])


def _move(edited: EditedText, chance: random.Random) -> EditedText:
    start, end = _sentence(edited, chance)
    text, origins = edited.text[start:end], edited.origins[start:end]
    rest = _spliced(edited, start, end, "", ())
    goal, _ = _sentence(rest, chance)
    return _spliced(rest, goal, goal, text, origins)


def _rewrap(edited: EditedText, chance: random.Random) -> EditedText:
    spaces = [match.start() for match in re.finditer(" ", edited.text)]
    start = chance.choice(spaces)
    return _spliced(edited, start, start + 1, "\n", (edited.origins[start],))
