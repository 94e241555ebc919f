"""Analyses for other programs and for paper: JSON, CSV, Markdown, tables, plain lines."""
