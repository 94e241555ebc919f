"""What drawing needs: strips, wrapping, layout, themes and glyphs."""
