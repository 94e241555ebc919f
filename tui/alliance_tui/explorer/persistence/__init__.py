"""The files that the explorer keeps between runs: settings and reading positions."""
