"""Party resolution: from a noun phrase to the parties that it refers to."""
