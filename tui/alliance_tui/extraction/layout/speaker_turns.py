"""Turns of speech in a transcript: the speaker's label, and where the speech begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from alliance_tui.extraction.layout.headings import is_title_case, sentence_words, standalone_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Layout

_LABEL = re.compile(r"\**(?P<label>[A-Z\[][^:\n“”]{1,60}?)(?:\s\([^)]{1,40}\))?:\**(?:\s+|$)")
_QUESTION = re.compile(r"Q(?:\.|:)?\s+(?=\S)")
_ASIDES = re.compile(r"(?:\([^)]{1,60}\)\s*)*")
_MIN_TURNS = 3
"""The least number of turns in a transcript."""

_MAX_LABEL_WORDS = 6


class Turn(NamedTuple):
    """The label of a turn's speaker, and the offset of the speech in the block (after "(As interpreted.)")."""

    speaker: str
    body: int


class SpeakerLabels:
    """The labels by which a transcript names its speakers, and whether "Q" marks questions."""

    def __init__(self, labels: frozenset[str], questions: bool) -> None:
        self.labels = labels
        self.questions = questions

    def match_turn(self, text: str) -> Turn | None:
        """The turn of speech that a block begins, if any."""
        match = _LABEL.match(text)
        label = match and _label(match)
        if not label or label not in self.labels:
            match = _QUESTION.match(text) if self.questions else None
            label = "Q"
        if match is None:
            return None
        asides = _ASIDES.match(text, match.end())
        return Turn(label, asides.end() if asides else match.end())


def find_speaker_labels(block_texts: Iterable[str]) -> SpeakerLabels:
    """Find the speaker labels of a document, given the text of each block.

    A label in capitals names a speaker if it has an office or a form of address ("MS. X", "PRESIDENT X"), or if there
    are several and one of them occurs twice; a label in mixed case only if it has an office and there are several.
    """
    counts: Counter[str] = Counter()
    questions = 0
    for text in block_texts:
        if match := _LABEL.match(text):
            counts[_label(match)] += 1
        questions += bool(_QUESTION.match(text))
    in_capitals = {label for label in counts if label.isupper() and len(label.split()) <= _MAX_LABEL_WORDS}
    if sum(counts[label] for label in in_capitals) < _MIN_TURNS or all(counts[label] == 1 for label in in_capitals):
        in_capitals = {label for label in in_capitals if standalone_words(load(Layout).speaker_roles).search(label)}
    in_mixed_case = {label for label in counts if not label.isupper() and _names_office(label)}
    if sum(counts[label] for label in in_mixed_case) < _MIN_TURNS:
        in_mixed_case = set()
    has_questions = bool(in_capitals or in_mixed_case) or questions >= _MIN_TURNS
    return SpeakerLabels(frozenset(in_capitals | in_mixed_case), has_questions)


def _names_office(label: str) -> bool:
    """Whether a label in mixed case names an office or a role ("President X", "Journalist")."""
    is_name = len(label.split()) <= _MAX_LABEL_WORDS and is_title_case(label) and not sentence_words().search(label)
    return is_name and bool(standalone_words(load(Layout).speaker_roles).search(label))


def _label(match: re.Match[str]) -> str:
    return " ".join(match["label"].split())
