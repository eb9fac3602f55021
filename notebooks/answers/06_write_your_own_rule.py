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
# # Answers to lesson 6

# %%
import numpy as np
import pandas as pd

import sim
from notebooks.my_rule import threat_as_mean
from sim.errors import UserError

before = sim.simulate()
mine = sim.simulate(rules={"threat.perceived_threat": threat_as_mean})

# %% [markdown]
# **1. A fair comparison.** The same average threat, combined in another way.

# %%
first = {"year": 2024}
scale = float(before["threat"].sel(first).mean() / mine["threat"].sel(first).mean())


def scaled(*, power, proximity, hostility, intent):
    """The mean, made as small on average as the product."""
    mean = threat_as_mean(power=power, proximity=proximity, hostility=hostility, intent=intent)
    return scale * mean


fair = sim.simulate(rules={"threat.perceived_threat": scaled})
table = pd.DataFrame(
    {
        "multiplied": sim.series(sim.compute_outcomes(before)).loc[2040],
        "averaged": sim.series(sim.compute_outcomes(mine)).loc[2040],
        "averaged, same size": sim.series(sim.compute_outcomes(fair)).loc[2040],
    }
)
table.round(1)

# %%
gap = (table[["averaged", "averaged, same size"]].sub(table["multiplied"], axis=0)).abs().mean()
print(f"scale {scale:.2f}; mean difference to the model:", gap.round(2).to_dict())
assert gap["averaged, same size"] < 0.5 * gap["averaged"]

# %% [markdown]
# Most of the difference was size, not form. So the *form* of the rule, which the literature leaves open, matters less
# here than a *weight* that nobody can measure.
#
# **2. A wrong argument** is refused with a message that says what is wanted.


# %%
def wrong(*, strength, proximity, hostility, intent):
    """Has an argument the model does not know."""
    return strength * proximity * hostility * intent


try:
    sim.simulate(rules={"threat.perceived_threat": wrong})
except UserError as message:
    print(message)

# %% [markdown]
# **3. A region that never forgets.**


# %%
def never(*, salience, incidents, coercion, fade, weight):
    """All that ever happened stays in mind."""
    return salience + weight * incidents + coercion


unforgetting = sim.simulate(rules={"sea.next_salience": never})
years = before["year"] >= 2024
both = pd.DataFrame(
    {
        name: one["resolve"].sel(state="PHL").where(years, drop=True).values
        for name, one in {"forgets": before, "never forgets": unforgetting}.items()
    },
    index=np.arange(2024, 2041),
)
sim.lines(
    both, title="Does a long memory make resolute?", unit="resolve of the Philippines, 0 to 1"
)

# %% [markdown]
# **4. One that is yours alone.** For example, with the fact that its test would state: a power far away frightens as long as
# it is strong.


# %%
def threat_as_larger(*, power, proximity, hostility, intent):
    """The larger of strength and nearness, scaled by intent as in the model's own rule."""
    return np.maximum(power, proximity) * (1.0 - intent + intent * hostility)


far_and_strong = {"power": np.array([1.0]), "proximity": np.array([0.0]), "hostility": 0.5}
assert threat_as_larger(**far_and_strong, intent=0.75) > 0
larger = sim.simulate(rules={"threat.perceived_threat": threat_as_larger})
(sim.series(sim.compute_outcomes(larger)).loc[2040] - table["multiplied"]).round(1)

# %% [markdown]
# **What the discussion says, checked**, so that it cannot outlive a change of the model.

# %%
moved = table["averaged"] - table["multiplied"]
assert moved.idxmax() == "Philippines" and moved.max() > 1
assert bool((mine["threat"].sel(first) > before["threat"].sel(first)).all())
