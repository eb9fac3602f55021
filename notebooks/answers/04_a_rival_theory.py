# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Answers to lesson 4

# %%
import pandas as pd

import sim


def end(*changes):
    """Alignment of every state in 2040 (the middle of twenty futures)."""
    return sim.series(sim.compute_outcomes(sim.simulate(*changes, runs=20))).loc[2040]


# %%
names = ["insurance", "balance_of_threat", "balance_of_power", "commerce"]
table = pd.DataFrame({name: end(f"theory={name}") for name in names})
table.round(1)

# %% [markdown]
# **1. Balance of power.** Intentions count for nothing in it, so what China *does* at sea is not looked at, only how
# strong it is.

# %%
moved = end("theory=balance_of_power", "policy/china=assertive") - table["balance_of_power"]
print(moved.round(2))
assert moved.abs().max() < 1

# %% [markdown]
# **2. The largest disagreement about one state.**

# %%
widest = (table.max(axis=1) - table.min(axis=1)).sort_values(ascending=False)
print(widest.round(1).head(3))

# %% [markdown]
# **3. A theory of pure fear** does not drive the frightened to the other side: it moves nearly everybody towards the middle. In
# this model a threat takes from the worth of closeness to whoever threatens, and every strong and near power threatens a
# little, an ally too. Those who stood near China drift away from it, and the Philippines from the United States.

# %%
fear = end("rules.security.threat=20", "rules.security.trust=0", "rules.security.legitimacy=0")
change = (fear - table["insurance"]).sort_values(ascending=False)
sim.bars(change.rename("pure fear"), title="Pure fear: who moves?", unit="points of alignment")

# %%
from_the_middle = table["insurance"] - 50
assert change.corr(from_the_middle) < -0.8

# %% [markdown]
# **What the discussion says, checked**, so that it cannot outlive a change of the model.

# %%
apart = (table["balance_of_threat"] - table["insurance"]).abs()
assert 1 < apart.mean() < 5
assert table.mean().idxmin() == "commerce"
