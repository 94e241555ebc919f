"""Dialogs: modal screens with a record's details or a list to pick from."""
