"""Commands on the reader's judgements."""
