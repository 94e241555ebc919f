"""Names that no list has, by their capitals and head nouns."""
