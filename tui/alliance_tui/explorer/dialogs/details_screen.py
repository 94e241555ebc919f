"""Every field of a record, on a screen of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip

from alliance_tui.explorer.rendering.chips import due_label, is_doubtful
from alliance_tui.explorer.rendering.places import place
from alliance_tui.explorer.rendering.strips import Part, key_hints, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView, StatusLine
from alliance_tui.export.labels import count_noun
from alliance_tui.highlighting import agreements_involving
from alliance_tui.records import Agreement, Amount, Analysis, Deadline, Entity, Kind, Span
from alliance_tui.review.record_changes import RecordReview

LABEL_WIDTH = 14
MAX_MENTIONS = 12
"""How many mentions of an entity are quoted."""
CONTEXT_LENGTH = 36
"""Characters of the text on each side of a quoted mention."""

LabelledValue = tuple[str, str]
"""A label and its value."""


def review_fields(review: RecordReview | None) -> list[LabelledValue]:
    """Return what the reader did with a record."""
    if review is None:
        return []
    fields = [
        ("Judgement", str(review.judgement or "")),
        ("Corrected", ", ".join(review.corrected)),
        ("Added", "by the reader" if review.added else ""),
        *(("Note", note) for note in review.notes),
        ("Tags", ", ".join(review.tags)),
        ("Changed", "its words read slightly differently now" if review.words_changed else ""),
        ("Extracted", "" if review.is_extracted else "no longer, or never"),
        ("By", f"{review.author}, {review.time[:16].replace('T', ' ')} UTC"),
    ]
    return [(label, value) for label, value in fields if value]


def record_fields(analysis: Analysis, record: Entity | Agreement) -> list[LabelledValue]:
    """Return every field of the record that has a value, with its label, in reading order."""
    fields = _entity(analysis, record) if isinstance(record, Entity) else _agreement(analysis, record)
    return [(label, " ".join(value.split())) for label, value in fields if value]


def _agreement(analysis: Analysis, record: Agreement) -> Iterator[LabelledValue]:
    cues = ", ".join(f"“{cue.quote}”" for cue in record.cues)
    yield "Title", record.title
    yield "Kind", "" if record.kind is Kind.AGREEMENT else str(record.kind)
    yield "Strength", f"{record.strength}, by the words {cues}" if cues else str(record.strength or "")
    for party in record.parties:
        yield "Parties", _with_words(party, _party_words(analysis, record, party))
    yield from ((role.capitalize(), ", ".join(names)) for role, names in record.roles.by_role().items())
    yield "Quote", f"“{record.evidence.quote}”"
    yield "Action", f"“{record.trigger.quote}”"
    if record.deadline:
        yield "Due", _with_words(due_label(record), record.deadline.span.quote)
        yield "Between", _bounds(record.deadline)
    yield from (("Amount", _with_words(_amount(amount), amount.span.quote)) for amount in record.amounts)
    role = f" ({record.instrument_role})" if record.instrument_role else ""
    yield "Instrument", f"{record.instrument}{role}" if record.instrument else ""
    yield "Field", str(record.domain or "")
    yield "Said by", record.attribution or ""
    yield "Reaffirms", "an earlier undertaking" if record.reaffirms else ""
    yield (
        "Restates",
        next((f"“{original.evidence.quote}”" for original in analysis.agreements if original.id == record.same_as), ""),
    )
    yield "Section", record.section or ""
    yield "Place", place(analysis.document, record.evidence)
    yield "Confidence", _confidence(record)
    yield "Rule", record.rule
    yield "Record", record.id


def _with_words(value: str, words: str) -> str:
    """Return a value with the words of the text that decided it, unless these are the same."""
    return value if not words or words == value else f"{value}, by “{words}”"


def _party_words(analysis: Analysis, record: Agreement, party: str) -> str:
    """Return how the evidence names a party, "" where it does not: by its name, or by words that stand for it."""
    evidence = record.evidence
    mentions = (
        mention
        for entity in analysis.entities
        if entity.name == party
        for mention in entity.mentions
        if evidence.start <= mention.span.start and mention.span.end <= evidence.end
    )
    first = min(mentions, key=lambda mention: (not mention.by_name, mention.span.start), default=None)
    return first.span.quote if first else ""


def _bounds(deadline: Deadline) -> str:
    if not deadline.earliest or not deadline.latest or deadline.earliest == deadline.latest:
        return ""
    return f"{deadline.earliest} and {deadline.latest}"


def _confidence(record: Agreement) -> str:
    """Return the probability that the record is right, in words for a low one."""
    if record.confidence is None:
        return ""
    return f"{record.confidence:.0%}{', so it may well be wrong' if is_doubtful(record) else ''}"


def _amount(amount: Amount) -> str:
    """Return an amount in figures: "200,000,000 USD for two years", "3 percent of output"."""
    preposition = "of" if amount.unit == "percent" else "for" if amount.base != "year" else "a"
    return f"{amount.value:,.15g} {amount.unit}" + (f" {preposition} {amount.base}" if amount.base else "")


def _entity(analysis: Analysis, record: Entity) -> Iterator[LabelledValue]:
    yield "Kind", str(record.type)
    yield "Named as", ", ".join(record.forms)
    involved = agreements_involving(analysis, record)
    mentions = "once" if len(record.mentions) == 1 else f"{len(record.mentions)} times"
    yield "Mentioned", f"{mentions}, in {count_noun(len(involved), 'agreement')}" if involved else mentions
    for agreement in involved:
        yield "Agreements", f"{agreement.title} ({agreement.strength or agreement.kind})"
    for mention in record.mentions[:MAX_MENTIONS]:
        yield "In the text", _context(analysis.document.text, mention.span)
    if len(record.mentions) > MAX_MENTIONS:
        yield "", f"and {len(record.mentions) - MAX_MENTIONS} more"
    yield "Record", record.id


def _context(text: str, span: Span) -> str:
    """Return a mention with whole words of the text around it."""
    start, end = max(0, span.start - CONTEXT_LENGTH), min(len(text), span.end + CONTEXT_LENGTH)
    before, after = text[start : span.start], text[span.end : end]
    if start and not text[start - 1].isspace():
        before = before.partition(" ")[2]
    if end < len(text) and not text[end].isspace():
        after = after.rpartition(" ")[0]
    marks = "… " if start else "", " …" if end < len(text) else ""
    return f"{marks[0]}{before}{span.quote}{after}{marks[1]}"


class FieldsView(LineView):
    """Labels in one column, their wrapped values in the other."""

    def __init__(self, fields: list[LabelledValue]) -> None:
        super().__init__(id="fields")
        self._fields = fields
        self._lines: list[list[Part]] = []

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the values."""
        self._lines = list(self._wrapped(max(10, self.inner_width - LABEL_WIDTH - 1)))
        self.set_line_count(len(self._lines))
        self.styles.height = len(self._lines)
        self.refresh()

    def _wrapped(self, width: int) -> Iterator[list[Part]]:
        previous_label = None
        for label, value in self._fields:
            displayed_label = label if label != previous_label else ""
            previous_label = label
            for start, end in wrap(value, 0, len(value), width):
                yield [
                    (displayed_label.ljust(LABEL_WIDTH), self.style_for(StyleRole.MUTED)),
                    (value[start:end], Style()),
                ]
                displayed_label = ""

    def draw_line(self, number: int) -> Strip:
        """Return a label with its value, or a further line of the value."""
        return to_strip([(" ", Style()), *self._lines[number]], self.inner_width, self.style_for(StyleRole.TEXT))


class DetailsScreen(ModalScreen[None]):
    """The details of a record, or of a failure."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d,enter", "app.pop_screen", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup,b", "scroll(-10)", show=False),
        Binding("y", "copy('copy_quote')", show=False),
        Binding("Y", "copy('copy_citation')", show=False),
    ]

    def __init__(
        self, title: str, fields: list[LabelledValue], copy: Callable[[str], None], room: Region | None = None
    ) -> None:
        """Show these fields, in the `room` beside the text; `copy` carries out a copying command, given its id."""
        super().__init__()
        self._room = room
        self._title = title
        self._copy = copy
        self._view, self._keys = FieldsView(fields), StatusLine(id="dialog-keys")

    def compose(self) -> ComposeResult:
        """Lay out the fields and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._view
            yield self._keys

    def on_mount(self) -> None:
        """Take the room beside the text, and show the keys."""
        if self._room:
            frame = self.query_one("#frame")
            frame.styles.width, frame.styles.max_width = self._room.width, self._room.width
            frame.styles.max_height = self._room.height
            frame.styles.offset = (0, self._room.bottom - self.app.size.height)
        accent = self._keys.style_for(StyleRole.ACCENT)
        keys = (("Up Down", "scroll"), ("y", "copy"), ("Y", "copy citation"))
        self._keys.show(key_hints(keys, accent), key_hints([("Esc", "close")], accent))

    def action_scroll(self, by: int) -> None:
        """Scroll the fields."""
        self._view.scroll_to(y=self._view.scroll_offset.y + by, animate=False, force=True, immediate=True)

    def action_copy(self, name: str) -> None:
        """Carry out a copying command."""
        self._copy(name)
