"""The queries of a session, the latest last."""

from __future__ import annotations

QueryHistory = tuple[str, ...]


def add_query(queries: QueryHistory, query: str) -> QueryHistory:
    """Add the query as the latest, unless it is blank."""
    return (*(each for each in queries if each != query), query) if query.strip() else queries


def adjacent_query(queries: QueryHistory, query: str, by: int) -> str | None:
    """Return the query before (`by` = -1) or after this one; before one that is not in the history, the latest."""
    index = queries.index(query) if query in queries else len(queries)
    target = index + by
    return queries[target] if 0 <= target < len(queries) else None
