"""A terminal explorer for diplomatic and defence documents."""

__version__ = "0.1.0"
