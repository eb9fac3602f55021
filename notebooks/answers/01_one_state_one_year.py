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
import sim

history = sim.simulate()

# %% [markdown]
# **1. Cambodia.** The difference in every motive, option by option.

# %%
philippines = sim.terms(history, state="Philippines", year=2024)
cambodia = sim.terms(history, state="Cambodia", year=2024)
gap = (cambodia - philippines).fillna(0)
gap.round(2)

# %% [markdown]
# *Protection* differs most: without an alliance the United States can protect Cambodia far less credibly.

# %%
most = gap["United States"].abs().idxmax()
print(most)
assert most == "protection"

# %% [markdown]
# **2. The economic choice.** *Reassurance* appears: after security ties with China's rivals rise, a state makes up for
# it by dealing with China. *Market* stands where *protection* stood: the size of the partner's market.

# %%
economic = sim.terms(history, state="Philippines", year=2024, domain="economic")
print(sorted(set(economic.index) - set(philippines.index)))
assert "reassurance" in economic.index

# %% [markdown]
# **3. How far in one year?**

# %%
tie = history["security_tie"].sel(state="PHL", option="USA")
target = history["security_target"].sel(state="PHL", option="USA", year=2024)
moved = float(tie.sel(year=2024) - tie.sel(year=2023))
part = moved / float(target - tie.sel(year=2023))
print(f"{100 * moved:.1f} parts in a hundred, {100 * part:.0f} % of the way")
assert 0 < moved < 0.02

# %% [markdown]
# About one part in a hundred, of a gap several times as large: the model's `adjustment`, one number for all states.
#
# **4. All the way at once.**

# %%
wanted = history["security_target"].sel(year=2024, option="CHN").to_series().sort_values()
(100 * wanted).round(1)

# %% [markdown]
# **What the discussion says, checked**, so that it cannot outlive a change of the model.

# %%
assert philippines["United States"].idxmax() == "protection"
assert philippines["China"].idxmax() == "legitimacy"
