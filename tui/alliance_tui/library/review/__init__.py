"""The log of what the reader did, and its rows in the index."""
