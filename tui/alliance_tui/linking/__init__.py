"""Linking: which agreements of several documents are the same undertaking, and what became of it."""
