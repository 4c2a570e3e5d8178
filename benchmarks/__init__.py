"""Measures: how the work grows with its size. Seeded, repeatable, and printed as ratios, not as times."""
