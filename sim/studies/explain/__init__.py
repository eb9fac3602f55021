"""Why did a state move, and what would another policy have changed? Exact reasons."""
