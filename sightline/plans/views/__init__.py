"""One function per page, by subject."""
