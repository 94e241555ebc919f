"""Matching: occurrences of phrases, the terms they satisfy, and the ranked matches."""
