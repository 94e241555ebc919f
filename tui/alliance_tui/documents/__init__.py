"""Loading of documents: a reader for each format, and sanitising of all text that comes from a file."""

from alliance_tui.documents.loader import read, read_all, seed_document

__all__ = ["read", "read_all", "seed_document"]
