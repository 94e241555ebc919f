"""The commands, a module each: `run` carries one out and returns the exit status."""
