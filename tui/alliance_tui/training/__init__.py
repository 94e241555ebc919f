"""Training of the candidate classifier; nothing here is needed at run time."""
