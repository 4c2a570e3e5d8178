"""What is true of challenges: states and moves, whose turn it is, how long they wait."""
