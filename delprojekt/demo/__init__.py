"""The demo: invented people and their delprojekt, walked into place through the real actions."""

from datetime import date

DEMODAG = date(2026, 11, 22)
"""The day on which the demo's clock stands (scenario: Sunday, week 47)."""
