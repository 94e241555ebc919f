"""Presenters: pure functions from state to styled lines."""
