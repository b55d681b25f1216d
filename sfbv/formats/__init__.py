"""How dates are read, for the languages of the portal."""
