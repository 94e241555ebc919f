"""Commands that help to use the program: help, completion, versions, lexicons."""
