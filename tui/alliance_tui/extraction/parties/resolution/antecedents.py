"""Antecedents: the nearest earlier subject that refers to a fitting number of parties."""

from __future__ import annotations

from dataclasses import replace

from alliance_tui.extraction.parties.party_mapping import PartyNames, state_groups, unique
from alliance_tui.extraction.parties.resolution.discourse import Discourse, NounPhrase
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import meeting_counterpart

_MAX_DEPTH = 2
"""The most antecedents in a chain."""
UNLIMITED = 99


def find_antecedent(discourse: Discourse, phrase: NounPhrase, *, at_least: int, at_most: int = UNLIMITED) -> PartyNames:
    """Return the parties of the nearest subject before a phrase that refers to a fitting number of them.

    A plural subject of a group of states ("Heads of Government") is the group. A subject that refers to too few counts
    together with whom it met.
    """
    if phrase.depth == _MAX_DEPTH:
        return ()
    for earlier in discourse.subjects_before(phrase):
        subject = replace(earlier, depth=phrase.depth + 1)
        names = discourse.resolve(subject) if subject.head.pos_ != "PRON" else ()
        is_plural = subject.head.tag_ in {"NNS", "NNPS"}
        if at_least > 1 and is_plural and names and state_groups().issuperset(names[:1]):
            return names
        if len(names) < at_least and (counterpart := meeting_counterpart(subject.head)) is not None:
            names = unique(names, discourse.resolve(subject.headed_by(counterpart)))
        if at_least <= len(names) <= at_most:
            return names
    return ()
