"""The rules: what holds for every one, and what each one's source says."""
