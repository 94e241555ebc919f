"""Commands: what the reader can do, and which keys ask for it."""
