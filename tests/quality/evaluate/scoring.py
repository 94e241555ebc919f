"""Compare predicted records and entities with annotated ones.

A predicted agreement matches a gold one if its evidence contains the gold trigger and is no catch-all (at most 400
characters, or 2.5 times the gold evidence); one to one, best overlap first. Gold records marked `optional` are neither
demanded nor counted as errors.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import combinations

from alliance_tui.extraction.mentions.names.gazetteer import GazetteerEntry, gazetteer
from alliance_tui.records import EntityType, Strength
from tests.quality.data_sets import Record

Pair = tuple[Record, Record]
"""A predicted record and the gold record that it matches."""

FIELDS = ("strength", "parties", "deadline", "reaffirms", "domain")
NAMES = ("instrument", "attribution")
"""Fields that most records rightly leave empty: measured by F1 of the names, where the annotation has the field."""
LONGEST_EVIDENCE = 400
LONGEST_EVIDENCE_RATIO = 2.5
_FUNCTION_WORDS = frozenset({"the", "a", "an", "of", "for", "and", "on", "in", "new", "to"})


def overlap(one: Record, other: Record) -> float:
    """Intersection over union of two spans, 0 where they are apart."""
    intersection = min(one["end"], other["end"]) - max(one["start"], other["start"])
    union = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return float(max(0, intersection) / union)


def match(predicted: Sequence[Record], gold: Sequence[Record]) -> list[Pair]:
    """Pair predicted with gold records, one to one, best overlap first; an equal trigger weighs more than overlap."""
    ranked = sorted(
        (
            (overlap(record, annotated) + _same_trigger(record, annotated), i, j)
            for i, record in enumerate(predicted)
            for j, annotated in enumerate(gold)
            if _may_match(record, annotated)
        ),
        reverse=True,
    )
    matched: list[tuple[int, int]] = []
    for _, i, j in ranked:
        if all(i != a and j != b for a, b in matched):
            matched.append((i, j))
    return [(predicted[i], gold[j]) for i, j in matched]


def _may_match(predicted: Record, gold: Record) -> bool:
    contains_trigger = predicted["start"] <= gold["anchor_start"] and gold["anchor_end"] <= predicted["end"]
    longest = max(LONGEST_EVIDENCE, LONGEST_EVIDENCE_RATIO * (gold["end"] - gold["start"]))
    return bool(contains_trigger and predicted["end"] - predicted["start"] <= longest)


def _same_trigger(predicted: Record, gold: Record) -> bool:
    return bool(predicted["anchor_start"] < gold["anchor_end"] and gold["anchor_start"] < predicted["anchor_end"])


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names denote one thing: three in five of their words are shared, or all words of the shorter one.

    Case, articles and abbreviations in brackets are ignored. A single shared word is too little for the second rule.
    """
    words, other_words = _content_words(one or ""), _content_words(other or "")
    shared = len(words & other_words)
    shorter = min(len(words), len(other_words))
    return bool(shared) and (shared >= 0.6 * len(words | other_words) or shared == shorter > 1)


def _content_words(name: str) -> set[str]:
    plain = re.sub(r"[’']s\b", "", re.sub(r"\([^)]*\)", " ", name.lower().replace("programme", "program")))
    return set(re.findall(r"[\w&+-]+", plain)) - _FUNCTION_WORDS


@cache
def same_party(one: str, other: str) -> bool:
    """Whether two names denote one party: full name, short form and abbreviation do, a part and its whole do not.

    They are names of one entry of the gazetteer, equal without the state before one of them ("U.S. Coast Guard"), one
    the initials of the other, or the same by their words, if the gazetteer has neither and they are of one state. What
    the program itself takes for an alias does not count.
    """
    if _plain(one) == _plain(other):
        return True
    entries = [_entry(one), _entry(other)]
    if entries[0] is not None and entries[1] is not None:
        return entries[0] == entries[1]
    if _initials(one) == other or _initials(other) == one:
        return True
    if _without_state(one) == _plain(other) or _plain(one) == _without_state(other):
        return True
    states, other_states = _states_in(one), _states_in(other)
    return not any(entries) and same_name(one, other) and (states == other_states or not (states and other_states))


def shared_parties(predicted: Sequence[str], gold: Sequence[str]) -> int:
    """The number of predicted parties that are gold ones, each counted once."""
    left = list(gold)
    for name in predicted:
        counterpart = name if name in left else next((party for party in left if same_party(name, party)), None)
        if counterpart is not None:
            left.remove(counterpart)
    return len(gold) - len(left)


def _entry(name: str) -> GazetteerEntry | None:
    return gazetteer().get(name) or gazetteer().get(_without_state(name))


def _states_in(name: str) -> set[str]:
    return {match.entry.name for match in gazetteer().find(name) if match.entry.type is EntityType.STATE}


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").removeprefix("The ").removeprefix("the ").casefold().split())


def _without_state(name: str) -> str:
    """The plain name without the state, or its adjective, that begins it."""
    first = next(gazetteer().find(name), None)
    is_before = first is not None and first.start == 0 and first.entry.type is EntityType.STATE
    return _plain(name[first.end :].lstrip(" -")) if first is not None and is_before else _plain(name)


def _initials(name: str) -> str:
    """The initials of the words with a capital: "CNES" of "Centre National d’Études Spatiales"."""
    capitals = "".join(re.findall(r"\b[^\W\d_a-zß-öø-ÿ](?=[^\W\d_A-ZÀ-Þ])", name))
    plain = "".join(c for c in unicodedata.normalize("NFD", capitals) if not unicodedata.combining(c))
    return plain if len(plain) > 2 else name


class Comparison:
    """The predicted agreements of one document beside its gold ones: matched, missed and extra."""

    def __init__(self, predicted: Sequence[Record], gold: Sequence[Record]) -> None:
        found = [record for record in predicted if record["kind"] == "agreement"]
        agreements = [record for record in gold if record["kind"] == "agreement"]
        required = [record for record in agreements if not record.get("optional")]
        optional = [record for record in agreements if record.get("optional")]
        self.matched = match(found, required)
        unmatched = _without(found, [record for record, _ in self.matched])
        self.extra = _without(unmatched, [record for record, _ in match(unmatched, optional)])
        self.missed = _without(required, [annotated for _, annotated in self.matched])

    def differences(self) -> list[tuple[str, Record, Record]]:
        """The fields in which a matched record differs: the field, the predicted record, the gold record."""
        return [
            (field, predicted, gold)
            for predicted, gold in self.matched
            for field in (*FIELDS, *(name for name in NAMES if name in gold))
            if not _same(field, predicted, gold)
        ]


def _without(records: Sequence[Record], others: Sequence[Record]) -> list[Record]:
    """The records that are not (the same objects as) any of the others."""
    identities = set(map(id, others))
    return [record for record in records if id(record) not in identities]


def _same(field: str, predicted: Record, gold: Record) -> bool:
    one, other = predicted.get(field), gold.get(field)
    if field in NAMES:
        return same_name(one, other) or not (one or other)
    if field == "parties":
        return len(one or ()) == len(other or ()) == shared_parties(one or (), other or ())
    return (one or None) == (other or None)


def figures(comparisons: Sequence[Comparison]) -> dict[str, float]:
    """Precision, recall and F1 of agreements and, over the matched ones, the measures of their fields, all pooled."""
    matched = [pair for comparison in comparisons for pair in comparison.matched]
    values = prf(
        len(matched),
        sum(len(comparison.extra) for comparison in comparisons),
        sum(len(comparison.missed) for comparison in comparisons),
    )
    if not matched:
        return values
    values["overlap"] = sum(overlap(*pair) for pair in matched) / len(matched)
    for field in FIELDS:
        values[field] = sum(_same(field, *pair) for pair in matched) / len(matched)
    values["strength kappa"] = weighted_kappa(matched)
    values["parties F1"] = _parties_f1(matched)
    if any(record.get("deadline") for pair in matched for record in pair):
        values["deadline F1"] = _name_f1("deadline", matched)
    for name in NAMES:
        annotated = [pair for pair in matched if name in pair[1]]
        if any(record.get(name) for pair in annotated for record in pair):
            values[f"{name} F1"] = _name_f1(name, annotated)
    return values


def prf(matched: int, extra: int, missed: int) -> dict[str, float]:
    """The counts of annotated and predicted ones, with precision, recall and F1."""
    precision, recall = matched / max(1, matched + extra), matched / max(1, matched + missed)
    f1 = 2 * precision * recall / (precision + recall) if matched else 0.0
    return {"gold": matched + missed, "predicted": matched + extra, "P": precision, "R": recall, "F1": f1}


def weighted_kappa(matched: Sequence[Pair]) -> float:
    """Cohen's kappa of the strengths with quadratic weights."""
    ranks = [(Strength(one["strength"]).rank, Strength(other["strength"]).rank) for one, other in matched]
    predicted, gold = Counter(one for one, _ in ranks), Counter(other for _, other in ranks)
    observed = sum((i - j) ** 2 for i, j in ranks) / len(ranks)
    expected = sum((i - j) ** 2 * predicted[i] * gold[j] for i in predicted for j in gold) / len(ranks) ** 2
    return 1 - observed / expected if expected else float(observed == 0)


def _parties_f1(matched: Sequence[Pair]) -> float:
    pairs = [(one.get("parties") or (), other["parties"]) for one, other in matched]
    common = sum(shared_parties(one, other) for one, other in pairs)
    return 2 * common / max(1, sum(len(one) + len(other) for one, other in pairs))


def _name_f1(field: str, matched: Sequence[Pair]) -> float:
    """F1 of a field that may be empty: a record that leaves it rightly empty counts neither way."""
    right = sum(bool(other.get(field)) and _same(field, one, other) for one, other in matched)
    return 2 * right / sum(bool(record.get(field)) for pair in matched for record in pair)


def entity_figures(documents: Sequence[tuple[Sequence[Record], Sequence[Record]]]) -> dict[str, float]:
    """Of predicted and gold entities of each document, pooled: surface forms found, types, and aliases joined rightly.

    Surface forms are compared in lower case. An alias pair is two forms of one entity, among the forms that both have.
    """
    forms, pairs, types = Counter[str](), Counter[str](), 0
    for predicted, gold in documents:
        found, annotated = _by_form(predicted), _by_form(gold)
        common = sorted(annotated.keys() & found.keys())
        forms.update(matched=len(common), extra=len(found) - len(common), missed=len(annotated) - len(common))
        types += sum(found[form]["type"] == annotated[form]["type"] for form in common)
        joined, due = _alias_pairs(common, found), _alias_pairs(common, annotated)
        pairs.update(matched=len(joined & due), extra=len(joined - due), missed=len(due - joined))
    aliases = prf(pairs["matched"], pairs["extra"], pairs["missed"])
    return {
        **prf(forms["matched"], forms["extra"], forms["missed"]),
        "types": types / max(1, forms["matched"]),
        "aliases F1": aliases["F1"],
    }


def _by_form(entities: Sequence[Record]) -> dict[str, Record]:
    return {form.lower(): entity for entity in entities for form in entity["forms"]}


def _alias_pairs(forms: Sequence[str], entities: dict[str, Record]) -> set[tuple[str, str]]:
    return {(one, other) for one, other in combinations(forms, 2) if entities[one] is entities[other]}


def line(name: str, values: dict[str, float]) -> str:
    """One line of a table of figures."""
    cells = (f"{key} {value:.2f}" if isinstance(value, float) else f"{key} {value:3}" for key, value in values.items())
    return f"{name[:40]:40} " + "  ".join(cells)
