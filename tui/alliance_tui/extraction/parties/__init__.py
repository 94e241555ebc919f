"""Party resolution: which parties a noun phrase stands for."""
