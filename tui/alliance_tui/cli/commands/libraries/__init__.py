"""Commands on a library: its documents, and searches in them."""
