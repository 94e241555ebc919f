"""A view of labelled values: labels in one column, their wrapped values in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView

MIN_WIDTH_FOR_WIDE_LABELS = 60

LabelledValue = tuple[str, str]
"""A label and its value."""


class StyledField(Struct, frozen=True):
    """A label and its value in styled parts, which are wrapped together."""

    label: str
    parts: tuple[Part, ...]


Fields = Sequence[LabelledValue] | Sequence[StyledField]


class FieldsView(LineView):
    """Labels in one column, their wrapped values in the other. The label of a plain value is not repeated."""

    LABEL_WIDTHS: ClassVar[tuple[int, int]] = (14, 12)
    """Cells of the labels, in a wide and in a narrow view."""

    def __init__(self, fields: Fields = (), *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._fields = fields
        self._lines: list[list[Part]] = []

    def show(self, fields: Fields) -> None:
        """Show these fields from the first on."""
        if fields != self._fields:
            self._fields = fields
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
            self._wrap()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the values."""
        self._wrap()

    def notify_style_update(self) -> None:
        """Called by Textual when the theme changes."""
        super().notify_style_update()
        if self._lines:
            self._wrap()

    def _wrap(self) -> None:
        self._lines = list(self._wrapped())
        self.set_line_count(len(self._lines))
        self.refresh()

    def _wrapped(self) -> Iterator[list[Part]]:
        wide, narrow = self.LABEL_WIDTHS
        label_width = wide if self.inner_width >= MIN_WIDTH_FOR_WIDE_LABELS else narrow
        width = max(10, self.inner_width - label_width - 1)
        for label, parts in self._styled():
            text = "".join(part for part, _ in parts)
            displayed_label = label
            for start, end in wrap(text, 0, len(text), width):
                head = displayed_label.ljust(label_width), self.style_for(StyleRole.MUTED)
                yield [head, *slice_parts(parts, start, end)]
                displayed_label = ""

    def _styled(self) -> Iterator[tuple[str, Sequence[Part]]]:
        """Yield each label to display with the parts of its value."""
        previous_label = None
        for field in self._fields:
            if isinstance(field, StyledField):
                yield field.label, field.parts
            else:
                label, value = field
                yield label if label != previous_label else "", [(value, Style())]
                previous_label = label

    def draw_line(self, number: int) -> Strip:
        """Return a label with its value, or a further line of the value."""
        return to_strip([(" ", Style()), *self._lines[number]], self.inner_width, self.style_for(StyleRole.TEXT))


class DetailsPane(FieldsView, can_focus=False):
    """The details of the focused record, in the side column."""


class DialogFields(FieldsView):
    """Fields in a dialog, as high as they are."""

    def _wrap(self) -> None:
        super()._wrap()
        self.styles.height = len(self._lines)


def slice_parts(parts: Sequence[Part], start: int, end: int) -> Iterator[Part]:
    """Yield what the parts have from `start` to `end`, counted in characters of all of them together."""
    position = 0
    for text, style in parts:
        piece = text[max(0, start - position) : max(0, end - position)]
        if piece:
            yield piece, style
        position += len(text)
