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
# # Answers to lesson 2

# %%
import sim


def gap(name, *changes, event="scenario=sea_clash"):
    """The difference an event makes, year by year, a column a state."""
    calm = sim.compute_outcomes(sim.simulate(*changes))
    hit = sim.compute_outcomes(sim.simulate(*changes, event))
    states = ["Philippines", "Vietnam"]
    return (sim.series(hit, name, states=states) - sim.series(calm, name, states=states)).loc[2025:]


# %% [markdown]
# **1. A region that forgets nothing.**

# %%
forgetful = gap("resolve")
unforgetting = gap("resolve", "rules.sea.fade=0.95")
sim.lines(
    forgetful[["Philippines"]]
    .rename(columns={"Philippines": "forgets 30 % a year"})
    .assign(**{"forgets 5 % a year": unforgetting["Philippines"]}),
    title="Does a region that forgets nothing resist longer?",
    unit="resolve of the Philippines, difference",
)

# %% [markdown]
# Surprise: where memory hardly fades, one more clash makes *less* of a difference. The ordinary incidents of every year
# pile up as well, and salience saturates: a state that is angry anyway has little anger left to add.

# %%
print(forgetful.loc[2028:2030].round(3), unforgetting.loc[2028:2030].round(3), sep="\n\n")

# %% [markdown]
# **2. The largest difference** comes years after the clash: resolve moves 40 % of the way to its target each year, and
# the target itself looks at *last* year's memory.

# %%
peak = int(forgetful["Philippines"].idxmax())
print(peak)
assert peak > 2027

# %% [markdown]
# **3. The clash happens to Vietnam.**

# %%
event = "scenario.events=[{year: 2027, kind: incident, size: 15, state: VNM, partner: CHN}]"
vietnam = gap("resolve", event=event)
sim.lines(vietnam, title="A clash off Vietnam: whose resolve grows?", unit="resolve, difference")

# %%
assert vietnam["Vietnam"].max() > vietnam["Philippines"].max() > 0

# %% [markdown]
# **What the discussion says, checked**, so that it cannot outlive a change of the model.

# %%
pressure, trust = gap("pressure")["Philippines"], gap("trust_china")
assert gap("incidents").loc[2029:, "Philippines"].abs().max() <= 2
assert pressure[2029] > 0.2 * pressure.max() and pressure[2034] < 0.1 * pressure.max()
assert trust["Philippines"].min() < -0.03 and abs(trust["Vietnam"]).max() < 0.01
assert trust["Philippines"][2034] > 0.6 * trust["Philippines"].min()
assert gap("alignment").abs().to_numpy().max() < 3
assert forgetful["Philippines"].max() > forgetful["Vietnam"].max() > 0
