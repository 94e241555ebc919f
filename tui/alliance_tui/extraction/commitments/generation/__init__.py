"""Candidate generation: where a sentence may undertake something."""
