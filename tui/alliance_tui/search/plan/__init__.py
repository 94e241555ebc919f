"""Planning: what a query means in one document or in the library, as readings of its words and conditions."""
