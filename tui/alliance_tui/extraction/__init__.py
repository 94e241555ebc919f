"""From a document to its analysis: entities and agreements. Only this package imports spaCy, and only when it runs."""
