"""What corrections of entities make of an analysis: names, types, joined and parted entities, added forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from alliance_tui.records import Agreement, Analysis, Document, Entity, EntityType, Mention, PartyRoles, record_id
from alliance_tui.review.entry import Action, Entry


def apply_entity_entry(analysis: Analysis, entry: Entry) -> Analysis:
    """Return the analysis with the entry's change; unchanged where it has no entity of that name."""
    entity = find_entity(analysis, entry)
    change = ENTITY_CHANGES.get(entry.action)
    if entity is None or change is None:
        return analysis
    try:
        return change(analysis, entity, entry.after)
    except (msgspec.ValidationError, ValueError, TypeError):  # of a later version
        return analysis


def find_entity(analysis: Analysis, entry: Entry) -> Entity | None:
    """Return the entity that an entry is about, by its name or else, under another name, by its id."""
    named = [entity for entity in analysis.entities if entity.name == entry.target.name]
    same_id = [entity for entity in named or analysis.entities if entity.id == entry.target.id]
    return next(iter(same_id or named), None)


def _rename(analysis: Analysis, entity: Entity, after: Any) -> Analysis:
    name = msgspec.convert(after, str)
    namesake = next((each for each in analysis.entities if each.name == name and each.id != entity.id), None)
    if namesake:
        return _merge(analysis, entity, namesake)
    renamed = _with_entity(analysis, entity, replace(entity, name=name))
    return _rename_in_records(renamed, {entity.name: name})


def _join(analysis: Analysis, entity: Entity, after: Any) -> Analysis:
    other = next((each for each in analysis.entities if each.name == msgspec.convert(after, str)), None)
    return analysis if other is None or other.id == entity.id else _merge(analysis, entity, other)


def _merge(analysis: Analysis, entity: Entity, other: Entity) -> Analysis:
    """Return the analysis with the entity's mentions as the other's."""
    mentions = sorted({*other.mentions, *entity.mentions}, key=lambda mention: mention.span.start)
    forms = tuple(dict.fromkeys((*other.forms, *entity.forms)))
    joined = _with_entity(analysis, other, replace(other, forms=forms, mentions=tuple(mentions)))
    return _rename_in_records(_without_entity(joined, entity), {entity.name: other.name})


class Part(msgspec.Struct, frozen=True):
    """The forms of an entity that are another entity's, with that one's name and type."""

    forms: tuple[str, ...]
    name: str
    type: EntityType


def _part(analysis: Analysis, entity: Entity, after: Any) -> Analysis:
    part = msgspec.convert(after, Part)
    parted = tuple(mention for mention in entity.mentions if mention.span.quote in part.forms)
    kept = tuple(mention for mention in entity.mentions if mention.span.quote not in part.forms)
    if not parted or not kept:
        return analysis
    new_id = record_id(analysis.document, "entity", *(mention.span for mention in parted))
    new = Entity(new_id, part.name, part.type, tuple(dict.fromkeys(m.span.quote for m in parted)), parted)
    rest = replace(entity, mentions=kept, forms=tuple(form for form in entity.forms if form not in part.forms))
    entities = [rest if each.id == entity.id else each for each in analysis.entities]
    entities.append(new)
    return replace(analysis, entities=_in_order(entities))


def _retype(analysis: Analysis, entity: Entity, after: Any) -> Analysis:
    return _with_entity(analysis, entity, replace(entity, type=msgspec.convert(after, EntityType)))


def _drop(analysis: Analysis, entity: Entity, after: Any) -> Analysis:
    return _without_entity(analysis, entity)


def _add_form(analysis: Analysis, entity: Entity, after: Any) -> Analysis:
    form = msgspec.convert(after, str)
    found = mentions_of_form(analysis.document, form)
    mentions = _without_contained((*entity.mentions, *(each for each in found if each not in entity.mentions)))
    if set(mentions) == set(entity.mentions):
        return analysis
    forms = tuple(dict.fromkeys((*entity.forms, form)))
    return _with_entity(analysis, entity, replace(entity, forms=forms, mentions=mentions))


def mentions_of_form(document: Document, form: str) -> list[Mention]:
    """Return the mentions by a form, as whole words."""
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, form.split())) + r"(?!\w)"
    return [Mention(document.span(*match.span())) for match in re.finditer(pattern, document.text) if form.strip()]


def _without_contained(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in order without those inside a longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end)):
        if not kept or mention.span.end > kept[-1].span.end:
            kept.append(mention)
    return tuple(kept)


ENTITY_CHANGES: Mapping[Action, Callable[[Analysis, Entity, Any], Analysis]] = {
    Action.RENAMED: _rename,
    Action.JOINED: _join,
    Action.PARTED: _part,
    Action.RETYPED: _retype,
    Action.DROPPED: _drop,
    Action.FORM_ADDED: _add_form,
}


def _with_entity(analysis: Analysis, entity: Entity, changed: Entity) -> Analysis:
    entities = [changed if each.id == entity.id else each for each in analysis.entities]
    return replace(analysis, entities=_in_order(entities))


def _without_entity(analysis: Analysis, entity: Entity) -> Analysis:
    return replace(analysis, entities=tuple(each for each in analysis.entities if each.id != entity.id))


def _in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0].span.start))


def _rename_in_records(analysis: Analysis, names: Mapping[str, str]) -> Analysis:
    return replace(analysis, agreements=tuple(rename_in_record(record, names) for record in analysis.agreements))


def rename_in_record(record: Agreement, names: Mapping[str, str]) -> Agreement:
    """Return the record with other names of entities."""
    parties = tuple(dict.fromkeys(names.get(party, party) for party in record.parties))
    instrument = names.get(record.instrument or "", record.instrument)
    attribution = names.get(record.attribution or "", record.attribution)
    roles = PartyRoles(
        **{
            role: tuple(dict.fromkeys(names.get(name, name) for name in holders))
            for role, holders in record.roles.by_role().items()
        }
    )
    renamed = replace(record, parties=parties, instrument=instrument, attribution=attribution, roles=roles)
    return record if renamed == record else renamed
