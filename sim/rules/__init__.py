"""The rules: one mechanism a file, each a pure function with a source.

A rule takes arrays whose last axis is partners (what belongs to a state alone keeps an axis of
length one), by keyword, and returns the same. It draws no lots, keeps no memory and leaves its
arguments as it found them. `sim.rules.year` puts the rules in order; both engines call it.

Reading order: forms, threat, dependence, protection, trust, legitimacy, neighbours, retaliation,
alignment, reassurance, resolve, capacity, sea, courtship, leadership, rivalry, year.
"""
