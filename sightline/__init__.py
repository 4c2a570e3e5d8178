"""Sightline runs a local safeguarding children partnership and keeps its line of sight."""

__version__ = "0.1.0"
