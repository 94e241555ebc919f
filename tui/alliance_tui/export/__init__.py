"""Export of analyses: JSON, CSV, Markdown, tables and plain text."""
