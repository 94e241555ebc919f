"""The entities of a document: found by lists, by shape and by the model, joined by alias, resolved to parties."""

from alliance_tui.extraction.entities.table import EntityTable, find_entities

__all__ = ["EntityTable", "find_entities"]
