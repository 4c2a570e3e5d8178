"""Reading what governs groups."""
