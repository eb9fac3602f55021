"""Designs, plans and blocks: thousands of runs, their luck shared, and what they say together."""
