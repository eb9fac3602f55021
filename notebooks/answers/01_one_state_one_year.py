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
# # Answers to lesson 1

# %%
import numpy as np

import sim

history = sim.simulate("start=observed")

# %% [markdown]
# **1. Cambodia.** The difference in every motive.

# %%
philippines = sim.terms(history, state="Philippines", year=2024)
cambodia = sim.terms(history, state="Cambodia", year=2024)
gap = cambodia.sub(philippines, fill_value=0.0).squeeze()
print(gap.round(2).sort_values(), gap.abs().idxmax(), sep="\n\n")

# %% [markdown]
# *Protection* pulls less: nobody presses Cambodia at sea, and it has no alliance that could protect it.

# %%
assert gap["protection"] < 0

# %% [markdown]
# **2. Opinion.** *Incidents at sea* cost China, and nobody else: the others send no ships into Philippine waters.

# %%
opinion = sim.terms(history, state="Philippines", year=2024, of="opinion")
print(opinion.round(3))
assert opinion.loc["incidents at sea", "China"] < 0
assert (opinion.loc["incidents at sea", ["United States", "Japan"]] == 0).all()

# %% [markdown]
# **3. How far in one year?**

# %%
own = history.sel(state="PHL")
before, after = (float(own["stance"].sel(year=year)) for year in (2023, 2024))
aim, jump = (float(own[name].sel(year=2024)) for name in ("aim", "jump"))
print(f"from {before:.2f} to {after:.2f}, aiming at {aim:.2f}; a new leader's jump {jump:.2f}")
speed, room = sim.settings().rules.stance.speed, float(history["room"].sel(year=2024))
with_the_old = float(
    np.tanh(np.arctanh(aim) - jump / room)
)  # what the old leader would have aimed at
kick = (1.0 - speed) * (aim - with_the_old)
print(f"{100 * (after - before - kick) / (aim - before):.0f} % of the way")
assert np.isclose((after - before - kick) / (aim - before), speed)

# %% [markdown]
# It is the model's `rules.stance.speed`, one number for all states.
#
# **4. Steps with Japan.**

# %%
with_japan = history[["up", "steps"]].sel(partner="JPN", year=2024).to_dataframe()
with_japan[["up", "steps"]].sort_values("up", ascending=False).round(2)

# %% [markdown]
# The likeliest need not be the one that does: a chance of one in three fails twice in three.
#
# **What the lesson says, checked**, so that it cannot outlive a change of the model.

# %%
assert np.isclose(np.tanh(float(philippines.sum().iloc[0]) / room), aim)
acts = sim.terms(history, state="Philippines", year=2024, of="act")
assert acts.loc["pressure", "China"] < 0 < acts.loc["pressure by rivals", "United States"]
assert philippines.loc["protection"].item() > 0
