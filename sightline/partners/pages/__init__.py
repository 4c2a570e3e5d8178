"""What the pages of partners show."""
