"""What each page shows, by subject: a dataclass holds all a template may use."""
