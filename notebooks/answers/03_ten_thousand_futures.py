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
# # Answers to lesson 3

# %%
import sys

sys.path.insert(0, "../..")

import pandas as pd

import sim


def ends(*changes, state="PHL"):
    """Where one state stands in 2030: the middle future, and how far nine in ten reach."""
    futures = sim.judge(sim.simulate("years.last=2030", *changes, runs=1000, past=False))
    alignment = futures["alignment"].sel(state=state, year=2030)
    low, middle, high = (float(alignment.quantile(level)) for level in (0.05, 0.5, 0.95))
    return {"middle": middle, "width of nine in ten": high - low}


# %% [markdown]
# **1. Thailand**: wider, since the Philippines is held by its alliance.

# %%
table = pd.DataFrame({"Philippines": ends(), "Thailand": ends(state="THA")})
print(table.round(1))
assert table.loc["width of nine in ten"].idxmax() == "Thailand"

# %% [markdown]
# **2. Without changes of government** hardly any spread is left: in this model domestic politics is the luck that counts.

# %%
steady = ends("rules.leadership.turnover=0")
print(pd.DataFrame({"as it is": ends(), "no turnover": steady}).round(2))
assert steady["width of nine in ten"] < 0.5 * ends()["width of nine in ten"]

# %% [markdown]
# **3. Unknown, but not luck**: the weights, the rules themselves, the data of the start, what the powers will do. One
# weight:

# %%
print(pd.DataFrame({"weight 1.7": ends(), "weight 4": ends("rules.security.threat=4")}).round(2))

# %% [markdown]
# Compare the change of the middle with the width: that is how luck and ignorance differ. `parameters=posterior` in a sweep
# (`experiments/README.md`) varies all weights at once, as far as the record leaves them open.
