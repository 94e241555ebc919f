"""The preview of a document of the library, beside the list: its whole title, and its agreements or its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from rich.style import Style

from alliance_tui.explorer.rendering.short_names import ShortNames, short_names
from alliance_tui.explorer.rendering.strips import Part
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.library_state import shown_source
from alliance_tui.explorer.widgets.agreements.agreement_rows import GLYPH_WIDTH, AgreementRow, AgreementRowDrawer
from alliance_tui.explorer.widgets.documents.preview import Preview
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.records import Agreement, Analysis, Kind

MAX_AGREEMENTS = 40
"""How many agreements of a document are shown."""
MAX_PREVIEW_LENGTH = 2_000
"""Characters of the text that are shown of a document without agreements."""


class DocumentPreview(Preview):
    """The preview of one document."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._document: LibraryDocument | None = None
        self._analysis: Analysis | None = None

    def show(self, document: LibraryDocument | None, analysis: Analysis | None) -> None:
        """Show this document; `analysis` is None until it has been read."""
        if document is self._document and analysis is self._analysis:
            return
        self._document, self._analysis = document, analysis
        self.lay_out()

    def content(self, width: int) -> Iterator[list[Part]]:
        """Yield the title, facts, and the agreements or the beginning of the text."""
        document, analysis = self._document, self._analysis
        if document is None:
            return
        muted = self.style_for(StyleRole.MUTED)
        yield from self.wrapped(document.title, width, self.style_for(StyleRole.TITLE))
        facts = (document.date, document.kind, shown_source(document), f"{document.words:,} words")
        yield from self.wrapped(f" {self.glyphs.separator} ".join(filter(None, facts)), width, muted)
        yield []
        if analysis is None:
            return
        agreements = [record for record in analysis.agreements if record.kind is Kind.AGREEMENT]
        for record in agreements[:MAX_AGREEMENTS]:
            yield from self._agreement(record, short_names(analysis), width)
        if len(agreements) > MAX_AGREEMENTS:
            yield [(f"and {len(agreements) - MAX_AGREEMENTS} more", muted)]
        if not agreements:
            for line in analysis.document.text[:MAX_PREVIEW_LENGTH].splitlines():
                yield from self.wrapped(line, width, Style())

    def _agreement(self, record: Agreement, names: ShortNames, width: int) -> list[list[Part]]:
        """Return the title of an agreement, and its parties with amount and due date."""
        room = max(1, width - GLYPH_WIDTH)
        title = list(wrap(record.title, 0, len(record.title), room)) or [(0, 0)]
        drawer = AgreementRowDrawer(self.palette, self.glyphs)
        return drawer.lines(AgreementRow(record, title, names=names), room, whole=True, quoted=False)
