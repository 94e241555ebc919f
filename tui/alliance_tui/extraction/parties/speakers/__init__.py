"""Speakers of a transcript and the parties that they represent."""
