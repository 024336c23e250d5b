"""Commands that measure: how good the names are, and what the database does for an answer."""
