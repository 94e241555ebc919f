"""The spaCy pipeline and its faster components."""
