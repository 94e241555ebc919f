"""Look-up: the words and phrases of an index that a query word may mean."""
