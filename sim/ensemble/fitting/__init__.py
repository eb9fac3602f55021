"""Fitting the responses to the record: teacher forcing, likelihood, sampler, moments; `sim.ensemble.fitting.fit` is the door."""
