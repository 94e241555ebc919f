"""Finders of mentions by one kind of evidence each: lists, spaCy, patterns, abbreviations, head nouns."""
