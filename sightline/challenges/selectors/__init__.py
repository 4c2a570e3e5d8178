"""Reading challenges, always scoped to a person."""
