"""A small contextual encoder that reads passages: word pieces, windows and inference."""
