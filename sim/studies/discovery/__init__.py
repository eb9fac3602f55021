"""Under which conditions does it happen? Boxes in the space of settings, found in a finished sweep."""
