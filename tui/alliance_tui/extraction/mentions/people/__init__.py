"""Persons: their names, titles and offices, and the states and parties that they represent."""
