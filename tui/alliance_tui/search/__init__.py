"""From a query to what matches it, in the text, the entities and the agreements."""
