"""Forms of the yearly rhythm."""
