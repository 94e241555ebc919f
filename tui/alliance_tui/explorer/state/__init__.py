"""The state of the explorer and its transitions: frozen values and pure functions."""
