"""The steps of the year, one a file, in order: see, court, weigh, settle. `sim.rules.year` puts them together."""
