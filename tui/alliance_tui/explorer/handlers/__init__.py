"""Handlers: the functions that carry commands out on a screen."""
