"""Views of oversight, a function per page."""
