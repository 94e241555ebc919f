"""Turns of speech in a transcript: the speaker's label, and where the speech begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from alliance_tui.extraction.layout.headings import is_title_case, sentence_words, standalone_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Layout

_LABEL = re.compile(r"\**(?P<label>[A-Z\[][^:\n“”*]{1,80}?)\**(?:\s[(\[][^)\]]{1,60}[)\]])?\**:\**(?:\s+|$)")
_LABEL_LINE = re.compile(r"\**(?P<label>[A-Z][^:\n“”*.!?]{1,80}?)\**(?:\s\([^)]{1,40}\))?\**")
"""A label on a line of its own, above the speech."""
_QUESTION = re.compile(r"Q(?:\.|:)?\s+(?=\S)")
_ASIDES = re.compile(r"(?:\([^)]{1,60}\)\s*)*")
_OWN_WORDS = re.compile(r"\b(?:I|my|you|your)\b")
"""The words of a speaker, which a paragraph under a run-in heading seldom has."""
_MIN_TURNS = 3
"""The least number of turns in a transcript."""

_MAX_LABEL_WORDS, _MAX_NAME_WORDS = 8, 4


QUESTIONER = "Q"
"""The label of unnamed questioners."""


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
        match = _match_label(text)
        label = match and _label(match)
        if not label or label not in self.labels:
            match = _QUESTION.match(text) if self.questions else None
            label = QUESTIONER
        if match is None:
            return None
        asides = _ASIDES.match(text, match.end())
        return Turn(label, asides.end() if asides else match.end())


def find_speaker_labels(block_texts: Iterable[str]) -> SpeakerLabels:
    """Find the speaker labels of a document, given the text of each block.

    A label in capitals names a speaker if it has an office or a form of address ("MS. X", "PRESIDENT X"), or if there
    are several and one of them occurs twice. A label in mixed case does if it has an office and there are several, or
    if it is a name that occurs twice beside another one, before words in the first or second person. One on a line of
    its own has an office and occurs twice.
    """
    turns: dict[str, list[str]] = {}
    lines: Counter[str] = Counter()
    questions = 0
    for text in block_texts:
        questions += bool(_QUESTION.match(text))
        if match := _LABEL.match(text):
            turns.setdefault(_label(match), []).append(text[match.end() :])
        elif match := _LABEL_LINE.fullmatch(text):
            lines[_label(match)] += 1
    counts = Counter({label: len(speeches) for label, speeches in turns.items()})
    labels = _labels_in_capitals(counts) | _labels_with_office(counts) | _names(turns, questions)
    labels |= _labels_with_office(Counter({label: count for label, count in lines.items() if count > 1}))
    labels |= {label for label in counts if labels and is_questioner(label)}
    return SpeakerLabels(frozenset(labels), bool(labels) or questions >= _MIN_TURNS)


def is_questioner(label: str) -> bool:
    """Whether a label is that of whoever asks, not of who speaks for a party."""
    return label == QUESTIONER or bool(standalone_words(load(Layout).questioners).fullmatch(label))


def _match_label(text: str) -> re.Match[str] | None:
    return _LABEL.match(text) or _LABEL_LINE.fullmatch(text)


def _labels_in_capitals(counts: Counter[str]) -> set[str]:
    labels = {label for label in counts if label.isupper() and len(label.split()) <= _MAX_LABEL_WORDS}
    if sum(counts[label] for label in labels) < _MIN_TURNS or all(counts[label] == 1 for label in labels):
        return {label for label in labels if standalone_words(load(Layout).speaker_roles).search(label)}
    return labels


def _labels_with_office(counts: Counter[str]) -> set[str]:
    """Labels in mixed case that name an office or a role ("President X", "Journalist"), if there are several turns."""
    has_role = standalone_words(load(Layout).speaker_roles).search
    labels = {label for label in counts if _is_name(label, _MAX_LABEL_WORDS) and has_role(label)}
    return labels if sum(counts[label] for label in labels) >= _MIN_TURNS else set()


def _names(turns: Mapping[str, Sequence[str]], questions: int) -> set[str]:
    """Labels that are the names of two speakers or more, or of one who answers questions."""
    names = {label: speeches for label, speeches in turns.items() if _is_name(label, _MAX_NAME_WORDS)}
    names = {label: speeches for label, speeches in names.items() if len(speeches) > 1 and len(label.split()) > 1}
    speeches = [speech for several in names.values() for speech in several]
    are_spoken = 2 * sum(bool(_OWN_WORDS.search(speech)) for speech in speeches) > len(speeches) >= _MIN_TURNS
    has_interlocutor = len(names) > 1 or questions >= _MIN_TURNS or any(map(is_questioner, turns))
    return set(names) if are_spoken and has_interlocutor else set()


def _is_name(label: str, most_words: int) -> bool:
    """Whether a label in mixed case is in title case, and no sentence."""
    fits = not label.isupper() and len(label.split()) <= most_words
    return fits and is_title_case(label) and not sentence_words().search(label)


def _label(match: re.Match[str]) -> str:
    return " ".join(match["label"].split())
