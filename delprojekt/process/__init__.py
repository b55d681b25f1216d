"""Floor 0: the method as data and pure functions. No database, no HTTP, no settings."""
