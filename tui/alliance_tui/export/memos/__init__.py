"""Memos in Word and in HTML."""
