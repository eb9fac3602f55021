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
import sys

sys.path.insert(0, "../..")

import pandas as pd

import sim


def end(*changes):
    """Alignment of every state in 2040 (the middle of twenty futures)."""
    return sim.series(sim.judge(sim.simulate(*changes, runs=20))).loc[2040]


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
# **3. A theory of pure fear** moves those whom China frightens (strong, near and pressing at sea) and hardly the others.

# %%
fear = end("rules.security.threat=20", "rules.security.trust=0", "rules.security.legitimacy=0")
change = (fear - table["insurance"]).sort_values(ascending=False)
sim.bars(change.rename("pure fear"), title="Pure fear: who moves?", unit="points of alignment")
