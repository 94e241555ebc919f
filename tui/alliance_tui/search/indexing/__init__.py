"""Indexing: tokens, folded vocabulary, and the positions of every word in a text and its records."""
