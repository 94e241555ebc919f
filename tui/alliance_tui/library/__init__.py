"""The library: documents, analyses and their index in one SQLite database."""
