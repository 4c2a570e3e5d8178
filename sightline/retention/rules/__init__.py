"""What is kept for how long: read from definitions, laid over by the version in force, counted in days."""
