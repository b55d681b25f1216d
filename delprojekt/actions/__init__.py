"""Floor 5: writes. The only code that saves. Every write has four beats: lock, weigh, change, record."""
