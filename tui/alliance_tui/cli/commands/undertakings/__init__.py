"""Commands on undertakings across documents: comparison, register, timeline, matrix."""
