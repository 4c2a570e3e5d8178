"""Pages of the yearly rhythm."""
