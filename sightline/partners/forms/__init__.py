"""Forms of partners."""
