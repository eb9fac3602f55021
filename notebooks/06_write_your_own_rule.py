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
# # 6 · Write your own rule
#
# **The question.** Walt (1987) says that power, proximity, offensive capability and intentions *together* make a
# threat. He does not say how they combine. This model **multiplies** them: a power that is weak, or far, or friendly,
# frightens nobody. What if they **add up**, so that one large part is enough? Does the region look different?
#
# You will change the theory of this model: **one file, one line, one test.**

# %%
import inspect

import pandas as pd

import sim
from notebooks.my_rule import threat_as_mean
from notebooks.test_my_rule import test_a_hostile_power_frightens_however_weak_and_distant
from sim.rules.threat import perceived_threat

# %% [markdown]
# ## Write down your prediction first
#
# Threats add up. By 2040:
#
# 1. Is the region closer to the United States or to China than before?
# 2. Which state moves most, which least?

# %% [markdown]
# ## One file
#
# A rule is a function: it takes numbers by name and gives a number back. Nothing else: no random draws, no memory. This is the
# model's own rule, and below it yours, from the file `notebooks/my_rule.py`. Open that file in any editor and read it.

# %%
print(inspect.getsource(perceived_threat))

# %%
print(inspect.getsource(threat_as_mean))

# %% [markdown]
# ## One test
#
# Before you believe a rule, let it state a fact. This one is in `notebooks/test_my_rule.py`; on the command line
# `python -m pytest notebooks/test_my_rule.py` runs it.

# %%
test_a_hostile_power_frightens_however_weak_and_distant()
print("The fact holds.")

# %% [markdown]
# ## One line
#
# `rules=` names the rule that yours stands in for. It takes its place in every year, for every state.

# %%
mine = sim.simulate(rules={"threat.perceived_threat": threat_as_mean})

# %%
before = sim.simulate()
threats = pd.DataFrame(
    {
        "multiplied (the model's)": before["threat"].sel(year=2024, partner="CHN"),
        "averaged (mine)": mine["threat"].sel(year=2024, partner="CHN"),
    },
    index=before["state_name"].values,
)
sim.bars(threats, title="How threatening is China, 2024?", unit="threat perceived, 0 to 1")

# %%
ends = pd.DataFrame(
    {
        "multiplied (the model's)": sim.series(sim.compute_outcomes(before)).loc[2040],
        "averaged (mine)": sim.series(sim.compute_outcomes(mine)).loc[2040],
    }
)
sim.bars(
    ends - 50,
    title="Where do the states stand in 2040?",
    unit="alignment less 50: left of 0 towards China, right towards the United States",
)

# %% [markdown]
# ## Discussion
#
# * Fear of one power makes the protection of another worth more, so those who can be shielded move towards who shields them,
#   the Philippines most. Whom nobody shields hardly moves, however large the fear.
# * Careful: the mean is also *larger* than the product, for every power. Part of the difference is that threat simply
#   weighs more, and nothing to do with adding or multiplying. A fair comparison gives both the same average size
#   (exercise 1).
# * The history says which rule was replaced: look at `mine.attrs["own_rules"]`. A result that does not say how it
#   was made is worth nothing.
# * A rule sees only what it is handed. Yours knows nothing of what China does to the *neighbours*, since the model
#   hands each state its own record. A theory of contagious fear needs another argument, not only another formula.
#
# ## Exercises
#
# 1. Scale your rule so that its mean over all states and powers in 2024 equals the model's. What is left of the difference?
# 2. Give your function a wrong name for an argument (`strength` for `power`) and run it. Read the message.
# 3. Replace another rule. `sim.engines.own_rule.replaceable_rules()` lists them all. An idea: `sea.next_salience`, so that a
#    region never forgets.
# 4. Now one that is yours alone: copy `my_rule.py` to `another_rule.py`, and its test, and write the threat you believe in.
#    An idea: only the *larger* of strength and nearness counts. Which fact will its test state?
#
# Answers: `answers/06_write_your_own_rule.py`.

# %%
print(mine.attrs["own_rules"])
