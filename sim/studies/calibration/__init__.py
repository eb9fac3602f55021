"""Calibration: the joint fit of the responses to the record to 2022 (`sim.ensemble.fitting`)."""

from sim.ensemble.fitting.fit import Fit, fit
from sim.ensemble.fitting.predict import acts_log_score, acts_predictions

__all__ = ["Fit", "acts_log_score", "acts_predictions", "fit"]
