"""The entities of the whole library to pick from, and the agreements of the one that is picked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import work

from alliance_tui.errors import LibraryError
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.export.labels import count_noun
from alliance_tui.library.corpus_entities import AgreementSummary, CorpusEntity

DOCUMENTS_KEY = "documents"
"""The key of the item, above the agreements, that leads to the documents."""


class EntityPicker(PickerScreen):
    """Picks an entity of the library by a typo-tolerant search in a thread."""

    def __init__(self, entities: Callable[[str], Awaitable[list[CorpusEntity]]]) -> None:
        super().__init__("Entities of the library: mentions in documents", [], verb="its agreements")
        self._entities = entities
        self.listed: dict[str, CorpusEntity] = {}
        """The listed entities, by the items' keys."""

    def filter_items(self, typed: str) -> None:
        """List, once they are found, the entities for what is typed."""
        self._find(typed)

    def on_mount(self) -> None:
        """List the entities of the most documents."""
        self._find("")

    @work(exclusive=True)
    async def _find(self, typed: str) -> None:
        try:
            entities = await self._entities(typed)
        except LibraryError as error:
            self.list_items([], [], empty_message=str(error))
            return
        self.listed = {str(number): entity for number, entity in enumerate(entities)}
        items = [
            Item(
                key, entity.name, str(entity.type), f"{entity.mentions:,} in {count_noun(entity.documents, 'document')}"
            )
            for key, entity in self.listed.items()
        ]
        self.list_items(items, typed.lower().split())


def agreement_items(entity: CorpusEntity, agreements: Sequence[AgreementSummary], glyphs: Glyphs) -> list[Item]:
    """Return an item for the documents that name the entity, then its agreements."""
    items = [Item(DOCUMENTS_KEY, "all", f"the documents that name {entity.name}", f"{entity.documents:,}")]
    for number, agreement in enumerate(agreements):
        items.append(
            Item(
                str(number),
                f"{glyphs.for_agreement(agreement)} {agreement.strength or agreement.kind}",
                f"{agreement.title}  {agreement.parties}",
                agreement.date or "",
            )
        )
    return items
