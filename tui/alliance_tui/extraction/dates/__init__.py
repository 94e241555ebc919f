"""Date expressions: recognition, durations, named events, deadlines."""
