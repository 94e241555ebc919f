"""Names in other spellings: romanisations, places by other names, short forms, initials."""
