"""Commands: what the reader can do, which key asks for it, and the handlers."""
