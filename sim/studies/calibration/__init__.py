"""Calibration: sequential Monte Carlo of the global weights on the record to 2022."""
