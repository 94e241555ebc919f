"""Search over all documents of the library: retrieval, then verification."""
