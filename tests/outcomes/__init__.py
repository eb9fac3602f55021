"""The outcomes."""
