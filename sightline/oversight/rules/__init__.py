"""What is unusual, what is drawn, and the numbers of both. Plain values only."""
