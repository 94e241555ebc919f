"""One name a thing: the short, longer and differing names by which the text calls it are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec.structs import replace
from rapidfuzz import fuzz

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.abbreviations import Abbreviation
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.gazetteer import GazetteerEntry, gazetteer, normalise_punctuation
from alliance_tui.extraction.mentions.name_lexicon import capitalised_names, head_noun_types, head_type, roles
from alliance_tui.extraction.parties.party_mapping import administration_state
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_NUMBERED = r" .*\b(?:fleet|army|corps|division|brigade|wing|squadron|regiment|battalion)$"
"""Units of one kind are told apart by their numbers alone."""
_ABBREVIATION_PRIORITY = 2
_NOMINAL_PRIORITY = 1
_BRACKETED = re.compile(r" \((?P<short>[A-Z]{3,10})\)")
_HEAD_END = re.compile(r" (?:of|on|for|to|in|between|at)\b")
_USUAL_NAME_RATIO = 2
"""How many times as often as its full name a firm's short one stands where it is the usual one."""
_SIMILAR = 80
"""How alike (of 100) a long form is to the listed one of the same acronym to be taken for it, slips and all."""
_NORMALISATIONS = (
    (re.compile(r"\([^)]*\)"), " "),
    (re.compile(r"\bu\.?s\.?(?: of america)?(?=\W|$)|\bunited states\b"), "us"),
    (re.compile(r"\bu\.?n\.?(?=\W|$)|\bunited nations\b"), "un"),
    (re.compile(r"&"), " and "),
    (re.compile(r"\bco\b"), "company"),
    (re.compile(r"\bcorp\b"), "corporation"),
    (re.compile(r"[^\w ]+"), " "),
    (re.compile(rf"^(?:the|(?:19|20)\d\d|\d+(?:st|nd|rd|th)(?!{_NUMBERED})|first|inaugural) "), ""),
)


def normalised_name(name: str) -> str:
    """What two spellings of one name share: small letters, no points, brackets, articles or years."""
    form = normalise_punctuation(name).lower()
    for pattern, instead in _NORMALISATIONS:
        form = pattern.sub(instead, form)
    return " ".join(form.split())


def find_foreign_abbreviations(
    text: str, namings: Iterable[EntityMention]
) -> Iterator[tuple[Abbreviation, EntityMention]]:
    """Acronyms in another language, by their place alone: "State Property Agency (AVAS)"."""
    for naming in namings:
        match = _BRACKETED.match(text, naming.end)
        if match and naming.type is EntityType.ORGANISATION and naming.priority and " " in naming.name:
            yield Abbreviation(naming.start, naming.end, match["short"], match.start("short"), True), naming


def find_abbreviation_mentions(
    text: str, defined: Iterable[tuple[Abbreviation, EntityMention]]
) -> Iterator[EntityMention]:
    """Every place where a defined acronym stands, named as its long form."""
    by_short = {definition.short: naming for definition, naming in reversed(list(defined))}
    if not by_short:
        return
    either = literal_alternation(by_short)
    for match in re.finditer(rf"(?<![\w-])(?:{either})(?!\w)", text):
        long = by_short[match.group()]
        yield EntityMention(match.start(), match.end(), long.name, long.type, _ABBREVIATION_PRIORITY)


def find_nominal_mentions(text: str, namings: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """Places such as "the Treaty", where a head noun in capitals stands for something named before with this head."""
    known = (*(head for head in head_noun_types() if len(head) > 3), *roles().government.bare_nouns)
    either = literal_alternation(known)
    taken = {offset for n in namings if n.priority for offset in range(n.start, n.end)}
    by_head = _mentions_by_head(namings) | _states_by_bare_noun(text, namings)
    by_head["administration"] = [  # a leader's, no agency's that is called so too
        naming for naming in by_head.get("administration", ()) if administration_state(naming.name)
    ]
    pattern = re.compile(
        rf"\b(?:(?:[Tt]he|[Oo]ur|[Tt]his|[Ii]ts|new) )+(?P<head>(?:[A-Z]\w+ )?(?:{either}))(?![\w-]|[’'](?!s\b)| [A-Z])"
    )
    for match in pattern.finditer(text):
        start, end = match.span("head")
        if taken.isdisjoint(range(start, end)) and (
            meant := _most_frequent_before(by_head.get(match["head"].lower()), start)
        ):
            yield EntityMention(start, end, meant.name, meant.type, _NOMINAL_PRIORITY)


def _mentions_by_head(namings: Iterable[EntityMention]) -> dict[str, list[EntityMention]]:
    """The sure names of more than their head, in order, by the one or two last words of the head: "Treaty" of "A
    Treaty of B"."""
    found: dict[str, list[EntityMention]] = {}
    for naming in namings:
        head = _HEAD_END.split(naming.name, maxsplit=1)[0].lower().split()
        for length in (1, 2):
            if naming.priority and len(naming.name.split()) > length <= len(head):
                found.setdefault(" ".join(head[-length:]), []).append(naming)
    return found


def _states_by_bare_noun(text: str, namings: Iterable[EntityMention]) -> dict[str, list[EntityMention]]:
    """The states that the text names in full, by what it calls them: "Kingdom" of "the Kingdom of Norland"."""
    found: dict[str, list[EntityMention]] = {}
    for naming in namings:
        first, _, rest = text[naming.start : naming.end].partition(" of ")
        if naming.type is EntityType.STATE and rest and first in roles().government.bare_nouns:
            found.setdefault(first.lower(), []).append(naming)
    return found


def _most_frequent_before(namings: Sequence[EntityMention] | None, before: int) -> EntityMention | None:
    """What is named most, of these, before the offset."""
    earlier = [n for n in namings or () if n.start < before]
    if not earlier:
        return None
    most = Counter(n.name for n in earlier).most_common(1)[0][0]
    return next(n for n in earlier if n.name == most)


def resolve_aliases(namings: Sequence[EntityMention]) -> list[EntityMention]:
    """The namings with one canonical name and one type for each thing."""
    names = Counter(n.name for n in namings)
    types: dict[str, Counter[EntityType]] = {}
    for naming in namings:
        types.setdefault(naming.name, Counter())[naming.type] += 1 + 10 * naming.priority
    to = _alias_targets(names, types)
    final = {name: _follow(name, to) for name in names}
    kinds: dict[str, Counter[EntityType]] = {}
    for name, target in final.items():
        kinds.setdefault(target, Counter()).update(types[name])
    return [replace(n, name=final[n.name], type=kinds[final[n.name]].most_common(1)[0][0]) for n in namings]


def _follow(name: str, to: dict[str, str]) -> str:
    """The name at the end of the chain of names that begins here."""
    passed = {name}
    while (further := to.get(name)) is not None and further not in passed:
        passed.add(further)
        name = further
    return name


def _alias_targets(names: Counter[str], types: dict[str, Counter[EntityType]]) -> dict[str, str]:
    """For each name that is another's, that other name."""
    to: dict[str, str] = {}
    by_key: dict[str, str] = {}
    things = [name for name in names if not types[name][EntityType.PERSON]]
    for name in sorted(things, key=lambda n: (gazetteer().get(n) is None, -len(n))):
        other = by_key.setdefault(normalised_name(name), name)
        if other != name:
            to[name] = other
    longer, firms = _names_by_suffix(by_key), _firms_by_short_name(by_key.values())
    for name_key, name in by_key.items():
        target = (
            _qualified_name(name_key, longer.get(name_key, []))
            or _name_without_tail_noun(name_key, by_key)
            or _full_body_name(name, things)
        )
        if target and name != target and types[name][EntityType.PLACE] <= types[target][EntityType.PLACE]:
            to[name] = target
    to.update(_initialisms(things, types))
    for short, full in firms.items():
        if short in names and (types[short][EntityType.ORGANISATION] or " " not in short):
            to.update(_firm_aliases(short, full, names))
    return to


@cache
def _qualifiers() -> frozenset[str]:
    """The words, as in keys, that may stand before a name without changing it."""
    return frozenset(capitalised_names().qualifiers) | _state_words()


@cache
def _state_words() -> frozenset[str]:
    states = load(States).states
    forms = [f for name, state in states.items() for f in (name, *state.forms, *state.demonyms)]
    return frozenset(word for form in forms for word in normalised_name(form).split())


def _initialisms(names: Sequence[str], types: dict[str, Counter[EntityType]]) -> dict[str, str]:
    """The acronyms that no list knows and that are the initials of just one longer name: CAW, Canadian Auto Workers."""
    found: dict[str, list[str]] = {}
    for name in names:
        words = [word for word in name.split() if word[0].isupper()]
        if len(words) > 2 and not types[name][EntityType.PLACE]:
            found.setdefault("".join(word[0] for word in words), []).append(name)
    short = [name for name in names if name.isupper() and gazetteer().get(name) is None]
    return {name: found[name][0] for name in short if len(found.get(name, ())) == 1}


def _names_by_suffix(by_key: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The names whose keys end in each run of words of two or more, with the words before it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for other, name in by_key.items():
        words = other.split()
        for begin in range(1, len(words) - 1):
            found.setdefault(" ".join(words[begin:]), []).append((" ".join(words[:begin]), name))
    return found


def _qualified_name(name_key: str, longer: Sequence[tuple[str, str]]) -> str | None:
    """The one name that this one is the end of, where what stands before it only qualifies ("Annual", "U.S.").

    A name of three words or more may have anything before it in the longer one.
    """
    length = len(name_key.split())
    fitting = [name for before, name in longer if length > 2 or set(before.split()) <= _qualifiers()]
    return fitting[0] if len(fitting) == 1 else None


def _name_without_tail_noun(name_key: str, by_key: dict[str, str]) -> str | None:
    """The name without its last noun in small letters, where that adds nothing: "Artemis program" is Artemis."""
    heads = capitalised_names().lowercase_heads
    for tail in (*heads[EntityType.PROGRAMME], *heads[EntityType.ORGANISATION]):
        if by_key[name_key].endswith(" " + tail) and (name := by_key.get(name_key[: -len(tail) - 1])):
            return name
    return None


def _full_body_name(name: str, names: Iterable[str]) -> str | None:
    """The one longer name by which a body is called in full, of whose head this one has the last words or the first and
    the last: "Task Force" of "Task Force on Ports", "Joint Taskforce" of "Joint Ports and Supply Taskforce".
    """
    words = name.split()
    if len(words) < 2 or head_type(words) is not EntityType.BODY or gazetteer().get(name) is not None:
        return None
    longer = (other for other in names if len(other.split()) > len(words))
    heads = {other: _HEAD_END.split(other, maxsplit=1)[0].split() for other in longer}
    fitting = [o for o, head in heads.items() if head[-len(words) :] == words or [*head[:1], *head[-1:]] == words]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _firm_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?P<short>.+?),?(?: (?:{literal_alternation(capitalised_names().firm_endings)})\.?)+$")


def _firms_by_short_name(names: Iterable[str]) -> dict[str, list[str]]:
    """The firms' full names by the short one that they begin with."""
    found: dict[str, list[str]] = {}
    for name in names:
        if match := _firm_pattern().match(name):
            found.setdefault(match["short"], []).append(name)
    return found


def _firm_aliases(short: str, full: Sequence[str], names: Counter[str]) -> dict[str, str]:
    """Which of a firm's names mean which: all mean the one full name, if there is one besides those that only add a
    legal form; else the short one where that is the usual name in the text, or the full one that is.
    """
    legal = [name for name in full if _adds_only_legal_form(name, short)]
    other = [name for name in full if name not in legal]
    if len(other) > 1:
        return dict.fromkeys(legal, short)
    usual = other[0] if other else max(legal, key=lambda name: (names[name], name))
    if not other and names[short] > _USUAL_NAME_RATIO * names[usual]:
        usual = short
    return {name: usual for name in (short, *legal) if name != usual}


def _adds_only_legal_form(full: str, short: str) -> bool:
    """Whether the full name adds nothing but its legal form: "Fiat Group SpA"."""
    return {word.strip(".,") for word in full[len(short) :].split()} <= set(capitalised_names().legal_forms)


def resolve_long_form(definition: Abbreviation, namings: Sequence[EntityMention], text: str) -> EntityMention | None:
    """What a definition's long form names: the name found there, or one made of the whole long form by its head.

    The head may come after the brackets: "Exchange and Teaching (JET) Programme". None where it is a thing in general,
    or only qualifies a longer name: "Liquid Gas (LG) Terminal".
    """
    form = text[definition.long_start : definition.long_end]
    known = gazetteer().get(form) or _known_short(definition.short, form)
    for naming in namings:
        if naming.type is EntityType.PERSON or not naming.priority:
            continue
        if naming.start <= definition.long_start and definition.long_end <= naming.end:
            if known:
                return replace(naming, name=known.name, type=known.type)
            last = text[naming.start : naming.end].split()[-1].lower()
            ends_there = naming.end <= max(definition.long_end, definition.short_end + 1)
            return naming if ends_there or _tail_type(last) else None
    if known:
        return EntityMention(definition.long_start, definition.long_end, known.name, known.type, _ABBREVIATION_PRIORITY)
    if not definition.is_name:
        return None
    after = re.match(r"\) (\w+)", text[definition.short_end : definition.short_end + 30])
    if after and definition.long_end < definition.short_start and (kind := _tail_type(after[1])):
        end = definition.short_end + after.end()
        return EntityMention(
            definition.long_start, end, text[definition.long_start : end], kind, _ABBREVIATION_PRIORITY + 1
        )
    first = re.split(r" (?:of|for|on|to|in|through|with|at)\b", form)[0]
    kind = head_type(first.split()) or head_type(form.split())
    return (
        EntityMention(definition.long_start, definition.long_end, form, kind, _ABBREVIATION_PRIORITY + 1)
        if kind
        else None
    )


def _known_short(short: str, form: str) -> GazetteerEntry | None:
    """What a listed acronym means, if the long form in the text is nearly the listed one."""
    known = gazetteer().get(short)
    return known if known and fuzz.ratio(normalised_name(known.name), normalised_name(form)) > _SIMILAR else None


def _tail_type(word: str) -> EntityType | None:
    """The type that a noun after the brackets gives."""
    return next((kind for kind, nouns in capitalised_names().lowercase_heads.items() if word.lower() in nouns), None)
