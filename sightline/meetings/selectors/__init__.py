"""Reading meetings, scoped to a user."""
