"""Formats that other programs read: annotations, bibliographies, calendars, graphs of entities."""
