"""Rival theories of alignment as pure mathematics: landscape (Axelrod and Bennett 1993), bargaining (KTAB).

Each reproduces a published table (`published/`, with its source on top); `sim.rules` says what they mean in the model's year.
"""
