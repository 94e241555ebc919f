"""The fields of an agreement, one module each."""
