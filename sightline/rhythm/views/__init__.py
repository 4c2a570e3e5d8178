"""Views of the yearly rhythm."""
