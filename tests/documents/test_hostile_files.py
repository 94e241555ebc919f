"""Files that are broken, locked, enormous or made to do harm: one clear sentence each, and the next file is read."""

from __future__ import annotations
