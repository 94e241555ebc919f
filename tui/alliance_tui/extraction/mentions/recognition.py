"""All the names of a document: from the lists, the model, the shapes and the definitions, joined by alias."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.extraction.mentions.abbreviations import Definition, definitions
from alliance_tui.extraction.mentions.aliases import bare_heads, foreign_shorts, joined, named_by, short_forms
from alliance_tui.extraction.mentions.capitalised_names import Shapes
from alliance_tui.extraction.mentions.entity_mention import Naming, disjoint
from alliance_tui.extraction.mentions.enumeration_typing import like_their_list, names_in_lists
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.gazetteer_mentions import listed_namings
from alliance_tui.extraction.mentions.name_lexicon import roles
from alliance_tui.extraction.mentions.name_patterns import patterned
from alliance_tui.extraction.mentions.people import People, find_people
from alliance_tui.extraction.mentions.spacy_ner import common_words, credible, model_namings
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.records import EntityType

Defined = tuple[Definition, Naming | None]
"""A definition and what its long form names, None where that is a thing in general."""
_OPENING = re.compile(r"(?:^|[.!?][”\"]? )(?P<word>[A-Z][a-z]+(?:ing|ed|ly)\b)")
_STARTERS = {"VERB", "AUX", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "INTJ", "PART"}


def find_namings(text: str, passages: Sequence[Passage]) -> tuple[list[Naming], People]:
    """The names in the (unwrapped) text: disjoint, in order, by their canonical names; and the persons among them."""
    common = common_words(text)
    in_lists = list(gazetteer().find(text))
    listed = list(listed_namings(text, in_lists))
    from_model = [n for passage in passages for n in model_namings(passage) if credible(n, common)]
    people, personal = find_people(text, in_lists, from_model)
    shapes = Shapes(text, common, [n for n in personal if n.rank], [*listed, *from_model])
    shaped = [naming for passage in passages for naming in _in_passage(shapes, passage)]
    headings = [n for start, end in _outside(text, passages) if (n := shapes.whole(start, end))]
    found = disjoint([*listed, *personal, *shaped, *headings, *patterned(text), *from_model])
    found, defined = _with_definitions(text, found)
    found = disjoint([*found, *bare_heads(text, found)])
    found = disjoint([*like_their_list(text, found), *names_in_lists(text, found)])
    found = [naming for naming in found if naming.name.lower() not in roles()["sets"]["heads"]]
    return joined([_with_parts(replace(n, name=" ".join(n.name.split())), defined, text) for n in found]), people


def _with_definitions(text: str, namings: Sequence[Naming]) -> tuple[list[Naming], list[Defined]]:
    """The namings with those of the acronyms that the text defines, wherever they stand; and the definitions."""
    defined: list[Defined] = [(definition, named_by(definition, namings, text)) for definition in definitions(text)]
    found = _as_defined(text, namings, defined)
    meant = [(definition, naming) for definition, naming in defined if naming]
    known = {definition.short for definition, _ in defined}
    meant += [(d, naming) for d, naming in foreign_shorts(text, found) if d.short not in known]
    return disjoint([*found, *(naming for _, naming in meant), *short_forms(text, meant)]), defined


def _as_defined(text: str, namings: Sequence[Naming], defined: Sequence[Defined]) -> list[Naming]:
    """The namings that agree with what the text itself defines its acronyms to mean."""
    means = {definition.short: naming.name if naming else None for definition, naming in defined}
    vague = {offset for definition, naming in defined if naming is None for offset in range(*definition.span)}
    return [
        n
        for n in namings
        if means.get(form := text[n.start : n.end], n.name) == n.name
        and (_sure(n) or (form not in means and n.start not in vague))
    ]


def _sure(naming: Naming) -> bool:
    """Whether more than the model's word stands for it: a list, a shape, a title."""
    return naming.rank > (2 if naming.type is EntityType.PERSON else 1)


def _with_parts(naming: Naming, defined: Sequence[Defined], text: str) -> Naming:
    """The naming with the long form and the acronym that its own words define."""
    parts = [
        form
        for definition, meant in defined
        if meant and naming.start <= definition.start and definition.short_end < naming.end
        for form in (text[naming.start : definition.end], definition.short)
    ]
    return replace(naming, also=(*naming.also, *parts)) if parts else naming


def unwrapped(text: str, passages: Sequence[Passage]) -> str:
    """The text with the line breaks inside paragraphs as spaces: offsets stay, and names run on over them."""
    parts: list[str] = []
    last = 0
    for passage in passages:
        start, end = passage.offset, passage.segment.end
        parts += text[last:start], text[start:end].replace("\n", " ")
        last = end
    return "".join([*parts, text[last:]])


def _in_passage(shapes: Shapes, passage: Passage) -> Iterator[Naming]:
    yield from shapes.find(passage.offset, passage.segment.end, frozenset(_starters(passage)))


def _starters(passage: Passage) -> Iterator[int]:
    """Where a sentence begins with a word that has its capital only from standing there."""
    if passage.parsed:
        first = (sentence[0] for sentence in passage.doc.sents)
        yield from (passage.offset + token.idx for token in first if token.pos_ in _STARTERS)
    else:  # no parts of speech are known: go by the ending
        yield from (passage.offset + match.start("word") for match in _OPENING.finditer(passage.text))


def _outside(text: str, passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """The lines, or parts of lines, that no passage covers: titles, headings and run-in headings."""
    last = 0
    for start, end in [*((p.offset, p.segment.end) for p in passages), (len(text), len(text))]:
        for match in re.finditer(r"[^\n]+", text[last:start]):
            line = match.group().strip(" \t:•-–")
            if line:
                begin = last + match.start() + match.group().index(line)
                yield begin, begin + len(line)
        last = max(last, end)
