"""For whom a document speaks: the parties that its "we", "both sides" and "the two leaders" mean."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.entities.gazetteer import Found, Known, gazetteer
from alliance_tui.extraction.entities.lexicon import for_state, roles
from alliance_tui.extraction.entities.naming import Naming
from alliance_tui.extraction.entities.offices import state_offices, state_titles, titled_names
from alliance_tui.extraction.entities.people import People, leaders, leaders_named
from alliance_tui.extraction.entities.voices import beside, home, speakers, voices
from alliance_tui.extraction.headings import is_date_line
from alliance_tui.extraction.lists import load
from alliance_tui.extraction.parsing import Passage
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span

Names = tuple[str, ...]

_ACTORS = {EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.UNIT}
_SPEAKERS = {EntityType.STATE, EntityType.PERSON}
_HEADLINE = 250
"""A first line of more characters than this is a paragraph and no title."""
_TITLE_LINES = 4
"""How many lines may make up a title, with who issues the text and what it is."""
_OPENING = 3
"""How many paragraphs may tell who speaks."""
_SEVERAL = 3
_MANY = 4
"""So many states in a list before the verb act, whatever the parse says: "The members – A, B, C and D – met"."""
_LINK = re.compile(r",? and (?:the )?", re.IGNORECASE)
"""What stands between two of whom a title says that they act together; ..."""
_JOINT_LINK = re.compile(r",? and (?:the )?| ?[-–—] ?", re.IGNORECASE)
"""... and in the title of a joint text."""
_ISSUED = re.compile(r"\b(?:communiqu[eé]|declaration|statement|conclusions|summit)\b", re.IGNORECASE)
"""What a group of states issues or holds, rather than one of them about it."""
_TOGETHER = re.compile(r"\b(?:joint|summit|dialogue|council|consultations|meeting)\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear)\s(?:the )?(?:[A-Z][\w.]+, )?$")
"""What stands before a state, or its capital, that is named as the place of a meeting."""
_ABOUT = re.compile(r"\b(?:on|against|from|for|over|about|towards?) (?:the )?(?:[\w’-]+,? ){0,2}$", re.IGNORECASE)
_ENDS = re.compile(r"$|[,;:.()]| (?:in|at|during|following|after|by|to|amid|with) ")
"""What stands before and after a state that a title is only about: "Further Costs on Norland", "Aid for Norland"."""
_JOINED = re.compile(rf"{_JOINT_LINK.pattern}|, (?:the )?", re.IGNORECASE)
"""What stands between the states that a title names together."""
_WE = re.compile(r"(?:We|WE),? (?:the|THE) \w|(?:We|WE), ")
"""How those who speak name themselves: "We, the Leaders of"."""
_OF_OFFICE = re.compile(
    r"^(?:[A-Z]\w+ )?(?:Statement|Remarks|Message|Letter|Address|Memorandum)(?: \w+)? (?:of|by|from) [Tt]he (?:Vice )?"
    r"(?:President|Prime Minister|Chancellor)\b(?! of| [A-Z])"
)
"""The title of what is said by an office whose state it need not name."""
_OWNER = re.compile(r"[’']s? ")


class _Title(NamedTuple):
    """A line of a title: its words, and the names in it where it stands in the text, from `start` on."""

    text: str
    namings: Sequence[Naming] = ()
    start: int = 0


def party(naming: Naming, people: People) -> str | None:
    """The party that a name stands for when it acts: a leader's state, else the actor in its own name."""
    if naming.type is EntityType.PERSON:
        person = people.find(naming.name)
        return (person.acts_for if person else None) or naming.name
    if naming.type in _ACTORS:
        return for_state().get(naming.name) or _administration(naming.name) or naming.name
    return None


@cache
def _administration(name: str) -> str | None:
    """The state of the listed leaders whose administration the name is: "the Biden-Harris Administration"."""
    leading, _, head = name.rpartition(" ")
    if head != "Administration":
        return None
    states = [{leaders()[leader] for leader in leaders_named(family)} for family in leading.split("-")]
    shared = set.intersection(*states) if states else set()
    return next(iter(shared)) if len(shared) == 1 else None


def principals_of(
    title: str, text: str, passages: Sequence[Passage], namings: Sequence[Naming], people: People
) -> Names:
    """The states or groups of states that speak in the document, by the first of these that tells:

    two or more for whom the speakers of a transcript act; those who call themselves "We, the Leaders of …" in the
    opening paragraphs; in what "the President" says, the state named most that is no other leader’s; two or more
    states, or leaders of them, in the title, be it the text's first line, known from elsewhere (`title`), or a line
    below the first; in a transcript the one that speaks, or whose unnamed officials do; two or more whose leaders,
    offices or names act in the opening paragraphs, which are the group alone where its own title has it beside one
    other; the group or alliance whose communiqué, statement or summit the title is of; the one that acts in the
    opening or stands in the title; the group or alliance of the title or the opening; the state or organisation
    named most.
    """
    spoken = _spoken(text, passages, people)
    lines = _title_lines(text, passages)
    titles = [_Title(text[a:b], [n for n in namings if a <= n.start < b], a) for a, b in lines]
    first_line, known = titles[0], _Title(title)
    opening = [p for p in passages if p.segment.end - p.offset > 80][:_OPENING]
    in_opening = [_acting(text, p, namings, people, first=first) for first in (True, False) for p in opening]
    speaking = [_in_title(first_line, people), _in_title(known, people), *in_opening]
    if len(spoken) >= 2:
        return next((names for names in speaking if set(names) > set(spoken)), spoken)
    if named := next((names for p in opening if (names := _self_named(text, p, namings, people))), ()):
        return named
    if any(_OF_OFFICE.search(line.text) for line in (first_line, known)) and (own := _at_home(namings, people)):
        return own
    further = [_in_title(line, people) for line in titles[1:]]
    if several := next((names for names in (*speaking[:2], *further) if len(names) >= 2), ()):
        return several
    if speakers(passages) and (voice := spoken or home(namings, people)):
        return voice
    issuing = () if any(speaking[:2]) else _issuing(first_line) or _issuing(known)
    if several := next((names for names in in_opening if len(names) >= 2), ()):
        return issuing if len(several) == 2 and issuing and issuing[0] in several else several
    above = [n for p in opening[:1] for n in namings if p.offset <= n.start < p.segment.end]
    alone = next((names for names in speaking if names), ())
    return issuing or alone or _groups(first_line.namings) or _groups(above) or _topic(namings)


def _at_home(namings: Sequence[Naming], people: People) -> Names:
    """The state named most besides those whose leaders are named, as one’s own need not be."""
    others = {party(naming, people) for naming in namings if naming.type is EntityType.PERSON}
    counts = Counter(n.name for n in namings if n.type is EntityType.STATE and n.name not in others)
    return tuple(name for name, _ in counts.most_common(1))


def _issuing(title: _Title) -> Names:
    """The group or alliance whose communiqué, statement or summit a title is of."""
    if not _ISSUED.search(title.text):
        return ()
    listed = (found.known.name for found in gazetteer().find(title.text))
    return _groups(title.namings) or tuple(name for name in listed if name in groups())[:1]


def _spoken(text: str, passages: Sequence[Passage], people: People) -> Names:
    """The parties for whom the speakers of a transcript act, and those of whom they say "X and I"."""
    spoken = dict.fromkeys(voices(passages, people).values())
    return tuple(dict.fromkeys((*spoken, *beside(text, people)))) if spoken else ()


def _title_lines(text: str, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Where the lines of the title stand: those before the first paragraph, or a first line that is no sentence; an
    empty one where there is none."""
    first = passages[0] if passages else None
    lines = [m.span() for m in itertools.islice(re.finditer(r"\S[^\n]*", text), _TITLE_LINES)]
    dated = {line for line in lines if is_date_line(text[slice(*line)])}
    above = list(itertools.takewhile(lambda line: line[1] - line[0] <= _HEADLINE, (x for x in lines if x not in dated)))
    if first is None:
        return above[:1] or [(0, 0)]
    if before := [line for line in above if line[1] <= first.offset]:
        return before
    whole = above and (first.offset, first.segment.end) == above[0]
    sentence = whole and text[slice(*above[0])].rstrip('”"’ ').endswith((".", ";", ":"))
    return above[:1] if whole and not sentence else [(0, 0)]


def _states(namings: Iterable[Naming], people: People) -> Names:
    """The states named, and those for which the persons named act."""
    found: dict[str, None] = {}
    for naming in namings:
        if naming.type in _SPEAKERS:
            name = party(naming, people)
            if name and (naming.type is EntityType.STATE or name != naming.name):
                found[name] = None
    return tuple(found)


def _in_title(title: _Title, people: People) -> Names:
    """The states of a title, also within other names ("Kenya-Norway Joint Statement"), those of leaders whom it names,
    and alliances beside a state.
    """
    text = title.text
    listed = list(gazetteer().find(text))
    others = {f.start for i, f in enumerate(listed) if _is_other(text, i, listed)}
    known = [f for f in listed if f.start not in others]
    found = [f for f in known if f.known == Known(f.known.name, EntityType.STATE) or _beside_state(text, f, known)]
    with_titles = (text[t.start : t.end] for t in titled_names(text))
    leading = (state for name in with_titles if (state := _represented(name, people)))
    named = _states((n for n in title.namings if n.start - title.start not in others), people)
    return tuple(dict.fromkeys((*(f.known.name for f in found), *leading, *named)))


def _represented(name: str, people: People) -> str | None:
    """The party for which somebody acts, by the text or by the list of leaders."""
    person = people.find(name)
    return (person.acts_for if person else None) or leaders().get(name)


def _is_other(title: str, index: int, listed: Sequence[Found]) -> bool:
    """Whether a title names it only as a place or as what it is about."""
    here = listed[index]
    if _PLACED.search(title[: here.start]):
        return True
    beside = itertools.pairwise(listed[max(0, index - 1) : index + 2])
    joined = any(_JOINED.fullmatch(title, one.end, two.start) for one, two in beside)
    return not joined and bool(_ABOUT.search(title[: here.start]) and _ENDS.match(title, here.end))


def _beside_state(title: str, found: Found, known: Iterable[Found]) -> bool:
    """Whether an alliance or group stands beside a state: "of Kenya and the European Union", "EU-Kenya Joint"."""
    together = bool(_TOGETHER.search(title))
    if found.known.name not in groups() and not (together and found.known.type is EntityType.ORGANISATION):
        return False
    link = _JOINT_LINK if together else _LINK
    states = (f for f in known if f.known.type is EntityType.STATE)
    pairs = (sorted((found, state), key=lambda f: f.start) for state in states)
    return any(link.fullmatch(title, first.end, second.start) for first, second in pairs)


def _topic(namings: Iterable[Naming]) -> Names:
    """The state or organisation named most, if it is named several times."""
    counts = Counter(n.name for n in namings if n.type in {EntityType.STATE, EntityType.ORGANISATION})
    return tuple(for_state().get(name, name) for name, count in counts.most_common(1) if count >= _SEVERAL)


@cache
def governed() -> frozenset[str]:
    """The territories that have a government of their own."""
    return frozenset(load("places")["governed"])


def infer_states_of_officials(principals: Names, people: People) -> None:
    """Where one party is left of those that speak, for whom no official acts, and the text does not tell for whom one
    official acts: for that one. Where a single state speaks: all such officials for it."""
    officials = [person for person in people.by_name.values() if person.titles & state_titles()]
    left = [person for person in officials if person.acts_for is None]
    others = set(principals) - {person.acts_for for person in officials}
    single = len(principals) == 1 and principals[0] not in groups()
    if single or (len(principals) > 1 and len(left) == len(others) == 1):
        for person in left:
            person.acts_for = principals[0] if single else next(iter(others))


@cache
def groups() -> frozenset[str]:
    """The listed groups and alliances of states."""
    return frozenset((*load("bodies")["bodies"], *load("organisations")["alliances"]))


def members_named(namings: Iterable[Naming], people: People) -> dict[str, Names]:
    """The small formats among the names, each with its members, where all of these are named too."""
    names = {name for naming in namings if (name := party(naming, people))}
    members = load("bodies")["members"]
    return {name: tuple(of) for name, of in members.items() if name in names and names.issuperset(of)}


def _groups(namings: Iterable[Naming]) -> Names:
    """The first group or alliance of states among the names: G7, Quad, NATO."""
    return tuple(n.name for n in namings if n.name in groups())[:1]


@cache
def _office_of() -> re.Pattern[str]:
    groups = (
        "leaders|governments|presidents|ministers|secretaries|heads of (?:state|government)(?: (?:and|or) government)?"
    )
    return re.compile(rf"\b(?:{state_offices()}|(?i:{groups})) of (?:the )?$")


def _self_named(text: str, passage: Passage, namings: Sequence[Naming], people: People) -> Names:
    """Who speaks where a sentence of the passage says so: "We, the Leaders of the Group of Seven (G7), …"."""
    for sentence in passage.doc.sents:
        begin = passage.offset + sentence.start_char
        verb = passage.offset + sentence.root.idx
        if _WE.match(text, begin):
            here = [n for n in namings if begin <= n.start < verb and not _PLACED.search(text[begin : n.start])]
            found = (name for n in here for name in _states([n], people) or _groups([n]))
            if named := tuple(dict.fromkeys(found)):
                return named
    return ()


def _acting(text: str, passage: Passage, namings: Sequence[Naming], people: People, *, first: bool) -> Names:
    """The states that act in the passage's first sentence, or in the first of the others where two or more do: by
    leaders' names, by offices, as subjects, or in a list of many before the verb.
    """
    sentences = list(passage.doc.sents)
    if first:
        return _acting_in(text, passage, sentences[0], namings, people) if sentences else ()
    acting = (_acting_in(text, passage, sentence, namings, people) for sentence in sentences[1:])
    return next((names for names in acting if len(names) >= 2), ())


def _acting_in(text: str, passage: Passage, sentence: Span, namings: Sequence[Naming], people: People) -> Names:
    begin, end = passage.offset + sentence.start_char, passage.offset + sentence.end_char
    here = [n for n in namings if begin <= n.start < end and not _PLACED.search(text[begin : n.start])]
    leaders = [n for n in here if n.type is EntityType.PERSON]
    if len(of_leaders := _states(leaders, people)) >= 2:
        return of_leaders
    subjects = {passage.offset + t.idx for t in sentence if t.dep_ in {"nsubj", "nsubjpass"}}
    verb = passage.offset + sentence.root.idx
    found: dict[str, None] = {}
    for i, naming in enumerate(here):
        office = _office_of().search(text[max(begin, naming.start - 60) : naming.start])
        subject = any(naming.start <= start < naming.end for start in subjects)
        if subject and naming.type is EntityType.PERSON:
            found.update(dict.fromkeys(_states([naming], people)))
        speaks = naming.type is EntityType.STATE or naming.name in groups()
        chain = (naming, *listed(text, naming, here[i + 1 :])) if speaks and naming.name not in found else ()
        if chain and (office or subject or (len(chain) >= _MANY and naming.start < verb)):
            found.update(dict.fromkeys(n.name for n in chain))
    return tuple(found)


@cache
def _list_link() -> re.Pattern[str]:
    """What stands between two names of a list: ", and the", " members, and Norwegian Prime Minister"."""
    titles = sorted((*roles()["titles"]["state"], *roles()["titles"]["other"]), key=len, reverse=True)
    title = rf"(?:(?:[A-Z]\w+ ){{0,2}}(?:{'|'.join(map(re.escape, titles))}) )?"
    sets = r"(?: (?:members|member states|countries|states|leaders|partners|allies))?"
    return re.compile(rf"{sets}(?: \([^()]*\))?(?P<comma>,)?(?P<and> and| &| as well as)? (?:the |The )?{title}")


def listed(text: str, first: Naming, after: Sequence[Naming]) -> Iterator[Naming]:
    """The names that follow in the list which `first` opens: "A, B (the B Agency), and C's Ministry, and D"."""
    chain: list[Naming] = []
    last, commas, held, closed = first.end, 0, None, False
    for naming in after:
        gap = text[last : naming.start]
        if gap == " (" and text[naming.end : naming.end + 1] == ")":
            last = naming.end + 1
            continue
        link = held if held and not gap else _list_link().fullmatch(gap)
        if closed and not (link and link["and"]):
            break
        if link is None or not (naming.type in {*_ACTORS, EntityType.PERSON} or naming.name in governed()):
            return
        owner = _OWNER.match(text, naming.end)
        if owner and held is None:
            last, held = owner.end(), link
            continue
        chain.append(naming)
        last, held = naming.end, None
        commas += link["comma"] is not None
        closed = closed or link["and"] is not None
    if closed and (len(chain) > 1 or not commas):
        yield from chain
