"""The name under which a reader's entries are logged."""

from __future__ import annotations


def author_name(configured: str | None = None) -> str:
    """Return the configured name, else that of the system's user, else "reader"."""
    if configured:
        return configured
    import getpass  # not at the top: a start with a configured name does without

    try:
        return getpass.getuser()  # $LOGNAME, $USER or the user database
    except (OSError, KeyError, ImportError):
        return "reader"
