"""Work off the screen's thread: analysis, search, the library, ingest."""
