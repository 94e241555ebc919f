"""Party resolution: from a noun phrase to the parties that it stands for."""
