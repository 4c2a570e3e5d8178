"""Rules of the yearly rhythm."""
