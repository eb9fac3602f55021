"""Is the start plausible? Fit in the initial year."""
