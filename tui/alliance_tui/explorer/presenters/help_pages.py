"""The help pages: keys, query language and symbols, shown by the explorer and by `alliance-tui help`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from alliance_tui.explorer.commands.registry import Command, CommandScope
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.widgets.document_rows import CHANGED_MARK, DUPLICATE_MARK, NEAR_DUPLICATE_MARK
from alliance_tui.explorer.widgets.entities_pane import SHORT_TYPE_HEADINGS, TYPE_HEADINGS
from alliance_tui.records import EntityType, Strength


class HelpEntry(Struct, frozen=True):
    """An entry of a page: keys, a part of a query or a symbol, its meaning, and a short remark, "" for none."""

    subject: str
    meaning: str
    remark: str = ""


class HelpSection(Struct, frozen=True):
    """Entries under a heading."""

    heading: str
    entries: tuple[HelpEntry, ...]


class HelpPage(Struct, frozen=True):
    """A page of help. `remark_heading` says what the remarks are, "" where there are none."""

    title: str
    sections: tuple[HelpSection, ...]
    remark_heading: str = ""


_SCOPE_HEADINGS = {
    CommandScope.ANYWHERE: "Document, and library where it applies",
    CommandScope.TEXT: "Text of the document",
    CommandScope.QUERY: "Query line",
    CommandScope.LIBRARY: "Library",
}


def keys_page(commands: Iterable[Command]) -> HelpPage:
    """Return the page of all commands with their keys, and as remarks the names by which config.toml knows them."""
    commands = tuple(commands)
    sections = tuple(
        HelpSection(heading, entries)
        for scope, heading in _SCOPE_HEADINGS.items()
        if (entries := tuple(HelpEntry(c.displayed_keys, c.help, c.id) for c in commands if c.scope is scope))
    )
    return HelpPage("Keys", sections, "name in config.toml")


QUERY_PAGE = HelpPage(
    "Query language",
    (
        HelpSection(
            "Words: all must match, in one sentence or one record",
            (
                HelpEntry("kishda state visit", "words in any order; typing errors are forgiven"),
                HelpEntry("self-defense", "joined words: side by side, in this order"),
                HelpEntry('"command and control"', "exactly these whole words, side by side"),
                HelpEntry("'ship", "exactly these letters, also inside a word (warships)"),
                HelpEntry("^coop", "words that begin with these letters"),
                HelpEntry("ship$", "words that end with these letters"),
                HelpEntry("!china", "not with this word; ! negates filters too"),
                HelpEntry("space | cyber", "either word"),
                HelpEntry("Polish", "capitals must match, if the word occurs so anywhere"),
                HelpEntry("scc", "initials of a phrase or a name, two to six letters"),
            ),
        ),
        HelpSection(
            'Filters on agreements and entities (several words: party:"new zealand")',
            (
                HelpEntry("party:japan", "agreements of this party"),
                HelpEntry("strength:>=committed", "how firm it is; also >, <= and <"),
                HelpEntry("by:2027-03", "due by the end of the date; also >=, >, <= and <"),
                HelpEntry("domain:maritime", "the policy field, or its beginning"),
                HelpEntry("instrument:treaty", "the treaty, body or programme concerned"),
                HelpEntry("said:reuters", "who reports the agreement"),
                HelpEntry("kind:declaratory", "agreement, declaratory or package"),
                HelpEntry("has:deadline", "or amount, instrument, attribution, party"),
                HelpEntry("type:person", "the type of entity, or its beginning"),
            ),
        ),
        HelpSection(
            "Filters on documents, in the library",
            (
                HelpEntry("date:2021..2022", "a date or a range; also >=, >, <= and <"),
                HelpEntry("added:2024-05", "when the document was added, in the same way"),
                HelpEntry("opened:>=2024", "when it was opened last, in the same way"),
                HelpEntry("source:reuters", "words of the source, or their beginnings"),
                HelpEntry("title:radar", "words of the title, in the same way"),
                HelpEntry("path:statements", "words of the file's path, in the same way"),
                HelpEntry("kind:statement", "the kind of document"),
                HelpEntry("language:fr", "the language, by its code or its name"),
                HelpEntry("words:>1000", "the length in words, a number or a range"),
                HelpEntry("entities:5..10", "the number of entities, in the same way"),
                HelpEntry("agreements:>0", "the number of agreements, in the same way"),
                HelpEntry("has:duplicate", "the same text as an earlier document, or nearly"),
            ),
        ),
    ),
)

_TYPICAL_CUES = {
    Strength.EXPLORED: "explore, consider, discuss",
    Strength.AIMED: "seek, hope, a goal",
    Strength.PLANNED: "plan, intend, propose",
    Strength.COMMITTED: "will, pledge, decide",
    Strength.AGREED: "agree, sign, launch",
    Strength.BINDING: "shall, ratify, enter into force",
    Strength.COMPLETED: "delivered, opened, achieved",
}


def symbols_page(glyphs: Glyphs) -> HelpPage:
    """Return the page of the symbols in this set of glyphs."""
    return HelpPage(
        "Symbols",
        (
            HelpSection("Strength of an agreement, with typical words", tuple(_strength_entries(glyphs))),
            HelpSection(
                "Text",
                (
                    HelpEntry(glyphs.evidence, "beside the text: the evidence of an agreement goes on"),
                    HelpEntry(glyphs.match_tick, "at the right edge: a match of the query"),
                    HelpEntry(glyphs.selection_tick, "at the right edge: the selected record"),
                    HelpEntry(glyphs.match_and_selection_tick, "at the right edge: both of these"),
                    HelpEntry(glyphs.scroll_thumb, "at the right edge: the part in view"),
                    HelpEntry(glyphs.fold, "paragraphs that the filter hides"),
                ),
            ),
            HelpSection(
                "Lists and lines",
                (
                    HelpEntry(glyphs.cursor, "the row, or the pane, with the focus"),
                    HelpEntry(glyphs.ellipsis, "cut off for want of room"),
                    HelpEntry(glyphs.separator, "between two pieces of information"),
                    HelpEntry(f"{glyphs.open_quote} {glyphs.close_quote}", "around words of the document"),
                    HelpEntry(f"{glyphs.bar_done} {glyphs.bar_left}", "progress: done, and left"),
                ),
            ),
            HelpSection("Types of entity", tuple(_entity_type_entries())),
            HelpSection(
                "Library",
                (
                    HelpEntry(DUPLICATE_MARK, "the same text as an earlier document"),
                    HelpEntry(NEAR_DUPLICATE_MARK, "nearly the same text as an earlier document"),
                    HelpEntry(CHANGED_MARK, "the file has changed since it was read"),
                    HelpEntry(glyphs.ascending, "sorted by this column, the lowest first"),
                    HelpEntry(glyphs.descending, "sorted by this column, the highest first"),
                ),
            ),
        ),
    )


def _strength_entries(glyphs: Glyphs) -> Iterator[HelpEntry]:
    for strength, cues in _TYPICAL_CUES.items():
        yield HelpEntry(glyphs.strengths[strength], f"{strength}: {cues}")
    yield HelpEntry(glyphs.declaratory, "declaratory: only worded like an agreement")
    yield HelpEntry(glyphs.package, "package: several agreements under one name")


def _entity_type_entries() -> Iterator[HelpEntry]:
    for entity_type in EntityType:
        yield HelpEntry(SHORT_TYPE_HEADINGS[entity_type], TYPE_HEADINGS[entity_type].lower())
