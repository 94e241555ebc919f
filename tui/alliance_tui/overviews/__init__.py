"""Overviews of undertakings: when they were promised and fall due, and who shares them with whom."""
