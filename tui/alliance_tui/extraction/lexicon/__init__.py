"""Lexicons: the words and names that the rules of the extraction read, typed and checked when they are loaded."""

from alliance_tui.extraction.lexicon.loading import load

__all__ = ["load"]
