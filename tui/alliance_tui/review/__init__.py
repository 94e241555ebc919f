"""The reader's judgement on what was extracted: log entries, and what they make of an analysis."""
