"""The library's documents, and previews of one."""
