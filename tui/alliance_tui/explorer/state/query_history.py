"""The queries that were asked in a session, the latest last."""

from __future__ import annotations

QueryHistory = tuple[str, ...]


def add_query(queries: QueryHistory, query: str) -> QueryHistory:
    """The queries with this one as the latest; a blank one is not kept."""
    return (*(each for each in queries if each != query), query) if query.strip() else queries


def adjacent_query(queries: QueryHistory, query: str, by: int) -> str | None:
    """The query before (`by` = -1) or after this one; from one that was not asked, the latest is before it."""
    here = queries.index(query) if query in queries else len(queries)
    place = here + by
    return queries[place] if 0 <= place < len(queries) else None
