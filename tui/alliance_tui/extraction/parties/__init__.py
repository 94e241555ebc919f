"""Parties: those that a document, its speakers and its noun phrases refer to."""
