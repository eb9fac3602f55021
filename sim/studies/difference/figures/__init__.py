"""Charts of policy minus baseline: which points are drawn, and state by state."""
