"""Reading the yearly rhythm, scoped to a user."""
