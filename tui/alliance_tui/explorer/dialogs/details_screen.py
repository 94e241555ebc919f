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
from textual.screen import ModalScreen
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, key_hints, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView, StatusLine
from alliance_tui.highlighting import agreements_involving
from alliance_tui.records import Agreement, Amount, Analysis, Entity
from alliance_tui.review.record_changes import RecordReview

LABEL_WIDTH = 14
MAX_MENTIONS = 12
"""How many mentions of an entity are quoted."""
CONTEXT_LENGTH = 30
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
    yield "Kind", str(record.kind)
    yield "Strength", f"{record.strength} (by {cues})" if cues else str(record.strength or "")
    yield "Parties", ", ".join(record.parties)
    yield "Evidence", f"“{record.evidence.quote}”"
    yield "Action", record.trigger.quote
    if record.deadline:
        yield "Deadline", f"{record.deadline.edtf} (“{record.deadline.span.quote}”)"
        if record.deadline.earliest and record.deadline.latest:
            yield "Due", f"{record.deadline.earliest} to {record.deadline.latest}"
    yield from (("Amount", f"{_amount(amount)} (“{amount.span.quote}”)") for amount in record.amounts)
    role = f" ({record.instrument_role})" if record.instrument_role else ""
    yield "Instrument", f"{record.instrument}{role}" if record.instrument else ""
    yield "Domain", str(record.domain or "")
    yield "Attribution", record.attribution or ""
    yield "Reaffirms", "an earlier undertaking" if record.reaffirms else ""
    yield (
        "Restates",
        next((f"“{original.evidence.quote}”" for original in analysis.agreements if original.id == record.same_as), ""),
    )
    yield "Section", record.section or ""
    yield "Page", str(record.page or "")
    yield "Place", f"characters {record.evidence.start} to {record.evidence.end}"
    yield "Rule", record.rule
    yield "Confidence", f"{record.confidence:.2f}" if record.confidence is not None else ""
    yield "Record", record.id


def _amount(amount: Amount) -> str:
    """Return an amount in figures: "200,000,000 USD for two years", "3 percent of output"."""
    preposition = "of" if amount.unit == "percent" else "for" if amount.base != "year" else "a"
    return f"{amount.value:,.15g} {amount.unit}" + (f" {preposition} {amount.base}" if amount.base else "")


def _entity(analysis: Analysis, record: Entity) -> Iterator[LabelledValue]:
    yield "Type", str(record.type)
    yield "Named as", ", ".join(record.forms)
    yield "Mentions", str(len(record.mentions))
    for agreement in agreements_involving(analysis, record):
        yield "Takes part in", f"{agreement.strength or agreement.kind}: {agreement.title}"
    text = analysis.document.text
    for mention in record.mentions[:MAX_MENTIONS]:
        start, end = max(0, mention.span.start - CONTEXT_LENGTH), min(len(text), mention.span.end + CONTEXT_LENGTH)
        yield "In the text", " ".join(text[start:end].split())
    if len(record.mentions) > MAX_MENTIONS:
        yield "", f"and {len(record.mentions) - MAX_MENTIONS} more"
    yield "Record", record.id


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

    def __init__(self, title: str, fields: list[LabelledValue], copy: Callable[[str], None]) -> None:
        """Show these fields; `copy` carries out a copying command, given its id."""
        super().__init__()
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
        """Show the keys."""
        accent = self._keys.style_for(StyleRole.ACCENT)
        keys = (("Up Down", "scroll"), ("y", "copy"), ("Y", "copy citation"))
        self._keys.show(key_hints(keys, accent), key_hints([("Esc", "close")], accent))

    def action_scroll(self, by: int) -> None:
        """Scroll the fields."""
        self._view.scroll_to(y=self._view.scroll_offset.y + by, animate=False, force=True, immediate=True)

    def action_copy(self, name: str) -> None:
        """Carry out a copying command."""
        self._copy(name)
