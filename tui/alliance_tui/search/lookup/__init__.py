"""Look-up: the spellings and phrases that a query word may mean."""
