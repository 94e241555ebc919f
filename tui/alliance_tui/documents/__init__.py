"""Documents from files: one module a format, all giving a Document, and one gate (cleaning) that all text passes."""

from alliance_tui.documents.loader import read, read_all, seed_document

__all__ = ["read", "read_all", "seed_document"]
