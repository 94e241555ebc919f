"""Presenters: pure functions from a state to styled lines."""
