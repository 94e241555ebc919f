"""The encoder: word pieces, windows, readings; without the model but for readings of passages."""
