"""Reading along the line of sight: every query starts from what the person may see."""
