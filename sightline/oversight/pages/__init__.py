"""What the pages of oversight show."""
