"""Count in how many sentences of real documents each stem is: the background weights of linking.

    python -m tests.quality.linking.word_counts FOLDER...

FOLDERs hold documents as text or Markdown, here the archive of the shared folder, unpacked. They are read in a fixed
order drawn at random, up to some characters; stems of fewer sentences than some are not listed.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import alliance_tui.linking
from alliance_tui.linking.words import stem_of
from alliance_tui.search.indexing.tokenizer import folded_words

_COUNTS = Path(alliance_tui.linking.__file__).parent / "data" / "word_counts.txt"
_MAX_CHARACTERS = 12_000_000
_MIN_SENTENCES = 15
_MIN_STEMS = 5
"""A sentence with fewer stems is a heading or a greeting."""


def sentences(folders: Iterable[str]) -> Iterator[set[str]]:
    """The stems of each sentence."""
    files = sorted(file for folder in folders for file in Path(folder).rglob("*") if file.is_file())
    random.Random(1).shuffle(files)
    characters = 0
    for file in files:
        text = file.read_text("utf-8", errors="replace")
        if (characters := characters + len(text)) > _MAX_CHARACTERS:
            return
        for sentence in re.split(r"\n|(?<=[.!?;])\s+", text):
            if len(stems := {stem_of(word) for word in folded_words(sentence)}) >= _MIN_STEMS:
                yield stems


def main() -> None:
    counts: Counter[str] = Counter()
    total = 0
    for stems in sentences(sys.argv[1:]):
        total += 1
        counts.update(stems)
    listed = sorted(
        (stem, count)
        for stem, count in counts.items()
        if count >= _MIN_SENTENCES and stem.isascii() and (stem.isalpha() or (stem.isdigit() and len(stem) == 4))
    )
    _COUNTS.write_text(f"{total}\n" + "".join(f"{stem} {count}\n" for stem, count in listed), "utf-8")
    print(f"{total:,} sentences, {len(listed):,} stems")


if __name__ == "__main__":
    main()
