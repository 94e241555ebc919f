"""Mentions of entities: recognition, typing, aliases."""
