"""The acceptance scenario (domain/scenario.md 7.1) by clicking: what happens in each row, and what the portal says."""
