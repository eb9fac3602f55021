"""Does joint resolve tip, and does it tip back? Pressure raised and lowered slowly in a world held still."""
