"""Straits: a policy-scenario simulator."""
