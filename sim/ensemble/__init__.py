"""Designs, plans and blocks: thousands of runs on common random numbers, and what they say together."""
