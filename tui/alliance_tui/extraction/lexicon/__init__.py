"""Lexicons: the words and names that the rules of the extraction read, typed and checked when they are loaded."""

from alliance_tui.extraction.data_folders import own_folder
from alliance_tui.extraction.lexicon.loading import load, own_faults

__all__ = ["load", "own_faults", "own_folder"]
