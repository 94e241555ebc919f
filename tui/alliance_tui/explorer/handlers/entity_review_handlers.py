"""Handlers that correct the focused entity: its name, type and forms, here or in all documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from alliance_tui.errors import LexiconError
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.explorer.handlers.screen_ports import DocumentScreenPort
from alliance_tui.export.labels import collapse_whitespace, count_noun
from alliance_tui.extraction.lexicon.own_names import TYPES_WITH_NAMES, keep_name
from alliance_tui.records import Entity, EntityType
from alliance_tui.review import steps
from alliance_tui.review.entity_changes import mentions_of_form
from alliance_tui.review.entry import Entry, Step


def edit_entity(screen: DocumentScreenPort, entity: Entity) -> None:
    """List what can be done with an entity."""
    actions = {
        "rename": "another name, in all records",
        "join": "it is the same as another entity",
        "part": "one of its forms is another entity",
        "retype": "another type",
        "form": "a further name by which the text mentions it",
        "drop": "it is no entity",
    }
    items = [Item(key, key, note) for key, note in actions.items()]

    def picked(key: str | None) -> None:
        if key:
            _ENTITY_EDITORS[key](screen, entity)

    screen.app.push_screen(PickerScreen(f"Correct: {entity.name}", items, verb="do it"), picked)


def _log_for_entity(
    screen: DocumentScreenPort,
    make: Callable[[Step, bool], list[Entry]],
    said: str,
    learnt: tuple[str, EntityType] | None = None,
) -> None:
    """Ask whether a step counts in this document or in all, and log it.

    `learnt` is the name of the entity after the step, with its type: it may be kept in the reader's own lexicon too.
    """
    items = [Item("here", "here", "in this document"), Item("everywhere", "everywhere", "in all documents")]
    if learnt and learnt[1] in TYPES_WITH_NAMES:
        items.append(Item(_LEXICON, "lexicon", "in all, and in my own lexicon for what is read later"))

    async def picked(key: str | None) -> None:
        if key and await screen.log_step(lambda step: make(step, key != "here")):
            kept = await asyncio.to_thread(_keep, screen, *learnt) if learnt and key == _LEXICON else ""
            screen.show_notice(said + kept)

    screen.app.push_screen(PickerScreen("Where does this count?", items, verb="choose"), picked)


_LEXICON = "lexicon"


def _keep(screen: DocumentScreenPort, name: str, type_: EntityType) -> str:
    """Keep an entity's name with its forms in the reader's own lexicon; return what to say of it."""
    forms = [form for each in screen.state.analysis.entities if each.name == name for form in each.forms]
    try:
        path = keep_name(name, type_, filter(_is_name, forms))
    except LexiconError as error:
        return f" It is in no lexicon: {error}"
    return f" It is in {path.name} of your lexicons: documents are analysed anew when they are opened."


def _is_name(form: str) -> bool:
    return any(letter.isupper() for letter in form)


def _ask_name(
    screen: DocumentScreenPort,
    title: str,
    name: str,
    make: Callable[[Step, str, bool], list[Entry]],
    notice: Callable[[str], str],
    learnt: Callable[[str], tuple[str, EntityType]],
    check: Callable[[str], str] = lambda typed: "",
) -> None:
    """Ask for a name, `name` until now, and log the step that `make` returns for it; `notice` is shown then.

    `learnt` returns the entity's name after the step, with its type, `check` what is shown while it is typed.
    """

    def typed_in(typed: str | None) -> None:
        if new := collapse_whitespace(typed or ""):
            _log_for_entity(screen, lambda step, everywhere: make(step, new, everywhere), notice(new), learnt(new))

    screen.app.push_screen(PromptScreen(title, name, check), typed_in)


def _rename(screen: DocumentScreenPort, entity: Entity) -> None:
    _ask_name(
        screen,
        "Name",
        entity.name,
        lambda step, name, everywhere: steps.rename(step, entity, name, everywhere=everywhere),
        lambda name: f"{entity.name} is now {name}.",
        lambda name: (name, entity.type),
    )


def _join(screen: DocumentScreenPort, entity: Entity) -> None:
    others = [each for each in screen.state.analysis.entities if each.id != entity.id]

    def picked(key: str | None) -> None:
        if other := next((each for each in others if each.id == key), None):
            _log_for_entity(
                screen,
                lambda step, everywhere: steps.join(step, entity, other, everywhere=everywhere),
                f"{entity.name} is now {other.name}.",
                (other.name, other.type),
            )

    items = [Item(each.id, each.name, str(each.type)) for each in others]
    screen.app.push_screen(PickerScreen(f"{entity.name} is the same as", items, verb="join"), picked)


def _part(screen: DocumentScreenPort, entity: Entity) -> None:
    if len(entity.forms) < 2:
        screen.show_notice(f"{entity.name} has one form only.")
        return

    async def picked(form: str | None) -> None:
        if form and await screen.log_step(lambda step: steps.part(step, entity, [form], form, entity.type)):
            screen.show_notice(f"{form} is an entity of its own.")

    items = [Item(form, form, "") for form in entity.forms]
    screen.app.push_screen(PickerScreen("Which form is another entity?", items, verb="part"), picked)


def _retype(screen: DocumentScreenPort, entity: Entity) -> None:
    def picked(key: str | None) -> None:
        if key:
            _log_for_entity(
                screen,
                lambda step, everywhere: steps.retype(step, entity, EntityType(key), everywhere=everywhere),
                f"{entity.name}: {key}.",
                (entity.name, EntityType(key)),
            )

    items = [Item(each, each, "now" if each is entity.type else "") for each in EntityType]
    screen.app.push_screen(PickerScreen(f"What is {entity.name}?", items, verb="choose"), picked)


def _add_form(screen: DocumentScreenPort, entity: Entity) -> None:
    document = screen.state.analysis.document

    def count(form: str) -> str:
        return count_noun(len(mentions_of_form(document, form)), "mention")

    _ask_name(
        screen,
        f"A further form of {entity.name}",
        "",
        lambda step, form, everywhere: steps.add_form(step, entity, form, everywhere=everywhere),
        lambda form: f"{form} is a form of {entity.name}: {count(form)} here.",
        lambda form: (entity.name, entity.type),
        count,
    )


def _drop(screen: DocumentScreenPort, entity: Entity) -> None:
    _log_for_entity(
        screen,
        lambda step, everywhere: steps.drop(step, entity, everywhere=everywhere),
        f"{entity.name} is dropped.",
    )


_ENTITY_EDITORS: Mapping[str, Callable[[DocumentScreenPort, Entity], None]] = {
    "rename": _rename,
    "join": _join,
    "part": _part,
    "retype": _retype,
    "form": _add_form,
    "drop": _drop,
}
