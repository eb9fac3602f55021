"""Rival theories as pure mathematics, each with its published table."""
