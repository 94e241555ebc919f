"""Document parties, by rules over the document's title, opening, speakers and issuer."""
