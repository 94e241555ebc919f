"""The library's file: connected to, migrated, checked and repaired."""
