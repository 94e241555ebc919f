"""Matching: occurrences of query words and phrases, the terms they satisfy, and the ranked matches."""
