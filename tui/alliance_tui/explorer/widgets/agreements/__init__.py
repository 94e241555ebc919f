"""Agreements in lists and tables."""
