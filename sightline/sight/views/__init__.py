"""Pages along the line of sight."""
