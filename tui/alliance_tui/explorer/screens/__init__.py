"""The two screens: a document, and the library."""
