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
# **1. Balance of power** looks at how strong China is, not at what it does at sea.

# %%
moved = pd.DataFrame(
    {
        name: end(f"theory={name}", "policy/china=assertive") - table[name]
        for name in ("insurance", "balance_of_power")
    }
)
moved.round(2)

# %% [markdown]
# **2. The largest disagreement about one state.**

# %%
widest = (table.max(axis=1) - table.min(axis=1)).sort_values(ascending=False)
print(widest.round(1).head(3))

# %% [markdown]
# **3. A theory of pure fear** turns to whoever can shield. Those whose waters are pressed and who have an ally move towards the
# United States; those whom nobody presses have nothing to be shielded from, and hardly move.

# %%
fear = end("rules.stance.protection=15", "rules.stance.opinion=0", "rules.stance.leverage=0")
change = (fear - table["insurance"]).sort_values(ascending=False)
sim.bars(change.rename("pure fear"), title="Pure fear: who moves?", unit="points of alignment")

# %% [markdown]
# **What the discussion says, checked**, so that it cannot outlive a change of the model.

# %%
assert change["Philippines"] > change["Laos"] and change["Philippines"] > 0
assert widest.iloc[0] > 1
