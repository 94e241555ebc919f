"""A view of labelled values: labels in one column, their wrapped values in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.style import Style
from textual import events
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView

LABEL_WIDTH, NARROW_LABEL_WIDTH = 14, 12
MIN_WIDTH_FOR_WIDE_LABELS = 60

LabelledValue = tuple[str, str]
"""A label and its value."""


class FieldsView(LineView):
    """Labels in one column, their wrapped values in the other."""

    def __init__(self, fields: Sequence[LabelledValue] = (), *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._fields = fields
        self._lines: list[list[Part]] = []

    def show(self, fields: Sequence[LabelledValue]) -> None:
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
        labels = LABEL_WIDTH if self.inner_width >= MIN_WIDTH_FOR_WIDE_LABELS else NARROW_LABEL_WIDTH
        width = max(10, self.inner_width - labels - 1)
        previous_label = None
        for label, value in self._fields:
            displayed_label = label if label != previous_label else ""
            previous_label = label
            for start, end in wrap(value, 0, len(value), width):
                yield [
                    (displayed_label.ljust(labels), self.style_for(StyleRole.MUTED)),
                    (value[start:end], Style()),
                ]
                displayed_label = ""

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
