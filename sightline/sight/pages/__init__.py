"""What the pages along the line of sight show: a dataclass per page."""
