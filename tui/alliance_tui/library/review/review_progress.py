"""How far the review of each document of a library is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from msgspec import Struct

_JUDGED = "('accepted', 'rejected', 'doubted')"


class ReviewProgress(Struct, frozen=True):
    """How many agreements of a document are judged, of how many, and the least confidence of the others.

    The confidence is 1 where the extraction gives none, and None where all are judged.
    """

    document: int
    judged: int
    total: int
    least_confidence: float | None


def review_progress(db: sqlite3.Connection) -> Iterator[ReviewProgress]:
    """Yield the progress of each document with agreements, possible ones not counted."""
    query = f"""SELECT document, count(label), count(*), min(CASE WHEN label IS NULL THEN coalesce(confidence, 1) END)
        FROM agreements LEFT JOIN (
            SELECT document, position, label FROM labels WHERE label IN {_JUDGED}
        ) USING (document, position)
        WHERE kind = 'agreement' AND document IN (SELECT number FROM documents) GROUP BY document"""
    for row in db.execute(query):
        yield ReviewProgress(*row)
