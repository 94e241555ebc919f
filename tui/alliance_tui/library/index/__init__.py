"""The inverted index of the library: its terms, and the SQL that writes and reads it."""
