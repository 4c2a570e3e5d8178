"""Views of case lists, conflicts of interest and break-glass, by what they are about."""
