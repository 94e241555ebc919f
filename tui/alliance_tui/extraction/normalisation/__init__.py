"""Normalisation of tokens and parses before anything reads them."""
