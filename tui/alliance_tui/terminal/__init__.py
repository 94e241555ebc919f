"""The terminal below the explorer: capabilities, cells, frame diffs, input, driver and session."""
