"""The engines: one history to look inside (region), many to count (ensemble). Both call `sim.rules.year`."""
