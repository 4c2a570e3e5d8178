"""What is true of words that are looked for: how they are cut, stemmed, asked for and shown. Plain values only."""
