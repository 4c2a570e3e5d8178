"""What the pages of governance show."""
