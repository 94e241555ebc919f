"""Work that would hold up the screen: analysis, search, the library and imports."""
