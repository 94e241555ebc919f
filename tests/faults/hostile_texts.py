"""Hostile texts: shapes that make a stage slow, greedy or confused, in any length."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count

from tests.support.hostile_text import ATTACKS

Shape = Callable[[int], str]
"""Returns a text of so many characters."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"

SENTENCES = (
    "Norland and Westmark agreed to link their coastal radars by 2031.",
    "Japan will sign the treaty with Kenya next year.",
    "The two leaders reaffirmed their commitment to the Harbour Accord (HA).",
    "“We will deliver six drones within two years,” Minister Ana Duarte said.",
    "The Parties shall establish a Joint Working Group on ports.",
)


def word(number: int) -> str:
    """Return a capitalised word of its own for each number."""
    letters = ""
    while number or not letters:
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter]
    return letters.title()


def repeated(fragment: str, length: int) -> str:
    """Repeat a fragment up to a length; each "{}" becomes a new word each time."""
    return "".join(_repetitions(fragment, length))[:length]


def _repetitions(fragment: str, length: int) -> Iterator[str]:
    written = 0
    for number in count():
        piece = fragment.replace("{}", word(number))
        yield piece
        written += len(piece)
        if written >= length:
            return


def _repeating(fragment: str) -> Shape:
    return lambda length: repeated(fragment, length)


def _nested(opening: str, closing: str, inside: str = "Japan will sign the treaty") -> Shape:
    def text(length: int) -> str:
        depth = max(0, length - len(inside)) // (len(opening) + len(closing))
        return opening * depth + inside + closing * depth

    return text


SHAPES: dict[str, Shape] = {
    "one word": _repeating("a"),
    "one capitalised word": _repeating("Ab"),
    "one line of sentences": _repeating("Japan will sign the treaty. "),
    "one sentence": _repeating("Japan will sign the treaty and "),
    "one sentence of new names": _repeating("{}o will sign the {}o Treaty with {}o and "),
    "capitals": _repeating("JAPAN WILL SIGN THE TREATY WITH KENYA BY 2031. "),
    "capitalised words": _repeating("{}o "),
    "hyphens": _repeating("Japan-U.S.-"),
    "full stops": _repeating("A.B."),
    "apostrophes": _repeating("Ab’s "),
    "brackets": _nested("(", ")"),
    "brackets with names": _nested("(Ab ", ")"),
    "quotation marks": _nested("“", "”"),
    "abbreviations": _repeating("Joint Working Group (JWG) "),
    "new abbreviations": _repeating("{}o Working Group ({}oG) "),
    "dates": _repeating("12 May 2024, by the end of next year, 2024-05-12, "),
    "lines of dates": _repeating("12 May 2024\n"),
    "deadlines": _repeating("{}o will build a port by 12 May 2024. "),
    "bullets": _repeating("- {}o\n"),
    "bullets that undertake": _repeating("• build the {}o Port by 2031;\n"),
    "one list": lambda length: "The two leaders agreed to:\n" + repeated("- share the {}o radar,\n", length),
    "lead-ins": _repeating("The Parties will:\n"),
    "lead-ins with an item": _repeating("Norland and Westmark will:\n(a) build {}o Port;\n"),
    "nested items": _repeating("1. (a) (i) - • build {}o\n"),
    "signatures": _repeating("Signed: {}o\n"),
    "signatures in one line": _repeating("Signed: {}o, For the Government of {}o: "),
    "speakers": _repeating("PRESIDENT {}o: We will build a port.\n\n"),
    "people": _repeating("Minister {}o {}o of Kenya, "),
    "ministries": _repeating("the Ministry of {}o, the Office of the {}o for the "),
    "states": _repeating("Japan, Kenya, France and the United States "),
    "headings": _repeating("THE {}o\n\n"),
    "labels": _repeating("{}o: “"),
    "empty lines": _repeating("\n"),
    "lines of one letter": _repeating("a\n"),
    "spaces": _repeating(" "),
    "tabs": _repeating("a\t"),
    "digits": _repeating("1,000,"),
    "money": _repeating("$1 million to $2 billion and "),
    "symbols": _repeating("&/|_*#"),
    "unclosed quotes": _repeating("“{}o "),
    "events": _repeating("The {}o Treaty of {}o. The Treaty enters into force. Before the {}o Summit, "),
    "combining marks": lambda length: "e" + "\u0301" * (length - 1),
    "ideographs": _repeating("日本は条約に署名する"),
    "emoji": _repeating("👩‍👩‍👧‍👦"),
    "attacks": lambda length: repeated(" ".join(ATTACKS.values()), length),
    "restatements": _repeating("The Parties reaffirm that Norland will build the port. As agreed, "),
    "coordination": _repeating("to build ports, share radars, train crews and "),
    "commas": _repeating("will, "),
    "one cue": _repeating("will "),
    "articles": _repeating("Article 1.\n"),
    "rows of values": _repeating('2031-05-12,Norland,{}o Port,"7,000,000",will build\n'),
    "quoted words": _repeating("“{}o” "),
    "relative clauses": _repeating("which said that the treaty which "),
}


def mixed(chance: random.Random, length: int) -> str:
    """Return stretches of shapes and ordinary sentences in random order."""
    pieces: list[str] = []
    written = 0
    while written < length:
        shape = chance.choice(list(SHAPES.values()))
        piece = chance.choice((shape(chance.randrange(1, max(2, length // 4))), chance.choice(SENTENCES)))
        piece += chance.choice((" ", "\n", "\n\n"))
        pieces.append(piece)
        written += len(piece)
    return "".join(pieces)[:length]


def hostile_text(chance: random.Random, length: int) -> str:
    """Return one shape in full length, or a mixture."""
    if chance.random() < 0.5:
        return chance.choice(list(SHAPES.values()))(length)
    return mixed(chance, length)
