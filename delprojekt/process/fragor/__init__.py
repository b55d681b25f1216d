"""What each Krav asks, by phase. ``krav.py`` gives them their names."""
