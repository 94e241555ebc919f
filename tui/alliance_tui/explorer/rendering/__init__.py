"""The parts of drawing: strips, wrapping, layout, themes and glyphs."""
