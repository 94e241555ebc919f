"""Names by themselves: listed names, the words that make a name, normal forms, surnames."""
