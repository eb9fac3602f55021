"""The actors, as Mesa agents: a State hedges, a Power courts and presses."""
