"""Commands on documents: the explorer, extraction, the explorer in a browser, the demonstration."""
