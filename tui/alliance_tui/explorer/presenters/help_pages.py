"""The help pages: keys, query language and symbols, shown by the explorer and by `alliance-tui help`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from alliance_tui.explorer.commands.registry import Command, CommandScope
from alliance_tui.explorer.rendering.chips import LOW_CONFIDENCE
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.widgets.agreements.agreement_rows import UNSURE
from alliance_tui.explorer.widgets.documents.document_rows import CHANGED_MARK, DUPLICATE_MARK, NEAR_DUPLICATE_MARK
from alliance_tui.explorer.widgets.entities_pane import TYPE_HEADINGS
from alliance_tui.records import EntityType, Strength


class HelpEntry(Struct, frozen=True):
    """An entry of a page: keys, a part of a query or a symbol, its meaning, and a short remark, "" for none.

    A symbol in the colour of a strength or of a type of entity has that as its `coloured_by`.
    """

    subject: str
    meaning: str
    remark: str = ""
    coloured_by: Strength | EntityType | None = None


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
    CommandScope.TABLE: "Table of agreements",
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
            "Words: one sentence or record",
            (
                HelpEntry("kishda state visit", "any order; inflected, misspelt"),
                HelpEntry("usa mou dmitri kuleba bombay", "all names, acronyms, spellings"),
                HelpEntry("$6m 2% 7.10.2023 saved:arms", "by worth; a saved search (*)"),
                HelpEntry('"command and control" self-defense Polish', "exact; joined; capitals count"),
                HelpEntry("^coop ship$ 'ship space | cyber !china", "begins, ends, in; either; not"),
            ),
        ),
        HelpSection(
            "Agreements (also >=, <, 5..10)",
            (
                HelpEntry("party:japan only:japan with:iraq to:kenya", "party; sole; joint; addressee"),
                HelpEntry("does:eu pays:eu receives:kenya hosts:peru", "its part in what is undertaken"),
                HelpEntry("said:biden instrument:treaty section:arms", "speaker; pact or body; heading"),
                HelpEntry("strength:>=committed domain:maritime", "how firm; the policy field"),
                HelpEntry("by:2030 due:2025..2027 amount:>$100m", "still to do; all due; any sum"),
                HelpEntry("is:joint is:accepted tag:arms note:haven", "open, completed; your review"),
                HelpEntry("kind:declaratory has:deadline type:person", "or package; sum; of entities"),
            ),
        ),
        HelpSection(
            "Documents of the library",
            (
                HelpEntry("date:2021..2022 added:2024 opened:>=2024", "by year, month or day"),
                HelpEntry('title:"arms race" path:texts source:cnn', "words; several in quotes"),
                HelpEntry("kind:statement language:fr has:duplicate", "kind; code or name; same text"),
                HelpEntry("words:>1000 entities:>5 agreements:0..9", "how many"),
            ),
        ),
    ),
)

REGISTER_PAGE = HelpPage(
    "Queries on the register, the timeline and the matrix",
    (
        HelpSection(
            "An undertaking, in whichever documents it is stated: all of these hold",
            (
                HelpEntry('radar "patrol centre" ren', "words of a title, party or instrument"),
                HelpEntry("status:overdue status:delivered", "promised, reaffirmed, under way; silent"),
                HelpEntry("overdue:yes overdue:no", "past its date and not said to be done"),
                HelpEntry("first:2024 first:2023-05..2024", "when it was stated first"),
                HelpEntry("last:<2025 last:>=2024-03-01", "when it was stated last"),
                HelpEntry("told:>2 told:1..3", "in how many documents"),
                HelpEntry("!party:japan !is:joint", "not"),
            ),
        ),
        HelpSection(
            "Any of its statements",
            (
                HelpEntry("party:japan instrument:treaty", "words, or beginnings of words"),
                HelpEntry("title:radar domain:maritime", "the same; the policy field"),
                HelpEntry("strength:>=committed", "how firm"),
                HelpEntry("is:open is:joint is:reaffirmed", "not completed; several parties"),
                HelpEntry("is:accepted is:new is:doubted", "how you judged it, or not yet"),
                HelpEntry("tag:budget note:haven", "words of your tags and notes"),
            ),
        ),
        HelpSection(
            "Keys",
            (
                HelpEntry("Shift-Up Shift-Down", "scroll the details"),
                HelpEntry("Shift-Left Shift-Right", "columns: a page to the left or right"),
                HelpEntry("Ctrl-X X", "export what is listed; a timeline, a matrix"),
            ),
        ),
    ),
)

COMPARISON_PAGE = HelpPage(
    QUERY_PAGE.title,
    (
        *QUERY_PAGE.sections,
        HelpSection("Keys", (HelpEntry("Ctrl-X", "export the comparison of what the query finds"),)),
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
            HelpSection(
                "Strength of an agreement, weakest first, with typical words", tuple(_strength_entries(glyphs))
            ),
            HelpSection(
                "Text",
                (
                    HelpEntry(glyphs.evidence, "beside the text: the words of the undertaking go on"),
                    HelpEntry("12", "beside the text: the number of the paragraph"),
                    HelpEntry("p3", "beside the text: the page that begins here"),
                    HelpEntry(" ".join(glyphs.heat), "at the right edge: agreements, few to many"),
                    HelpEntry(glyphs.match_tick, "at the right edge: a match of the query"),
                    HelpEntry(glyphs.selection_tick, "at the right edge: the selected record"),
                    HelpEntry(glyphs.match_and_selection_tick, "at the right edge: both of these"),
                    HelpEntry(glyphs.scroll_thumb, "at the right edge: the part in view"),
                    HelpEntry(glyphs.fold, "paragraphs that the filter hides"),
                    HelpEntry("3/17", "above the text: the third of 17 matches; -/17: at none yet"),
                ),
            ),
            HelpSection(
                "Lists and lines",
                (
                    HelpEntry(glyphs.cursor, "the row, or the pane, with the focus"),
                    HelpEntry(glyphs.ellipsis, "cut off for want of room"),
                    HelpEntry("1/164", "beside a list's name: so many match, or belong to the choice"),
                    HelpEntry("196", "beside an entity: its mentions; above all: agreements"),
                    HelpEntry(glyphs.separator, "between two pieces of information"),
                    HelpEntry(f"{glyphs.open_quote} {glyphs.close_quote}", "around words of the document"),
                    HelpEntry(f"{glyphs.bar_done} {glyphs.bar_left}", "progress: done, and left"),
                ),
            ),
            HelpSection(
                "Review, beside the row",
                (
                    HelpEntry(glyphs.marked, "marked for the next command"),
                    HelpEntry(glyphs.accepted, "accepted"),
                    HelpEntry(glyphs.rejected, "rejected: left out of exports"),
                    HelpEntry(glyphs.doubted, "in doubt"),
                    HelpEntry(glyphs.touched, "corrected, added or noted, and not judged"),
                ),
            ),
            HelpSection(
                "Rows of agreements",
                (
                    HelpEntry("US JP", "parties, where room is short: states by their ISO codes"),
                    HelpEntry("+2", "and two more parties"),
                    HelpEntry("$500 M", "the amount (M million, B billion, T trillion); +1: one more"),
                    HelpEntry("by Jun 2027", "when it is due; in 2027: when it was, or is to be, done"),
                    HelpEntry(f"{UNSURE} {glyphs.doubtful}", f"less than {LOW_CONFIDENCE:.0%} likely to be right"),
                ),
            ),
            HelpSection(
                "Timeline",
                (
                    HelpEntry(glyphs.bar_done * 3, "the days on which it may fall due"),
                    HelpEntry(glyphs.marked, "due on this day"),
                    HelpEntry(glyphs.bar_left * 3, "from the last statement until it falls due"),
                    HelpEntry(f"{glyphs.selection_tick} {glyphs.cursor}", "at either end: it is out of view there"),
                    HelpEntry("2027", "underlined: today's; before its months: due in that year"),
                ),
            ),
            HelpSection(
                "Who with whom, and counts of the timeline",
                (
                    HelpEntry("US JP", "the other party, by the code after its own row's name"),
                    HelpEntry("all", "all that the row undertakes, in whatever column"),
                    HelpEntry("none", "in the timeline: without such a date"),
                    HelpEntry("12k", "12,000 and more; the ground is the warmer the more they are"),
                ),
            ),
            HelpSection("Kinds of entity, in the text after the key E", tuple(_entity_type_entries(glyphs))),
            HelpSection(
                "Register and comparisons",
                (
                    HelpEntry(
                        f"{glyphs.strengths[Strength.PLANNED]} {glyphs.strengths[Strength.COMMITTED]}",
                        "in each statement, or document, in order",
                    ),
                    HelpEntry("×2", "stated in so many documents"),
                    HelpEntry("–", "not stated in this document"),
                    HelpEntry("strength", "at the right end: the fields in which statements differ"),
                ),
            ),
            HelpSection(
                "Library",
                (
                    HelpEntry("Agr. Ent.", "agreements and entities of the document"),
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
        yield HelpEntry(glyphs.strengths[strength], f"{strength}: {cues}", coloured_by=strength)
    yield HelpEntry(glyphs.declaratory, "declaratory: only worded like an agreement")
    yield HelpEntry(glyphs.package, "package: several agreements under one name")


def _entity_type_entries(glyphs: Glyphs) -> Iterator[HelpEntry]:
    for entity_type in EntityType:
        meaning = TYPE_HEADINGS[entity_type].lower()
        yield HelpEntry(glyphs.entities[entity_type], meaning, coloured_by=entity_type)
