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
# # 2 · A region remembers
#
# **The question.** In 2027 ships of China and the Philippines clash; people die; a blockade follows. A year later the sea
# is calm again. What is left of it in 2034: at sea, in the mind, in what people think, in alliances? And with the neighbours?
#
# This is a made-up event, not a prediction.

# %%
import pandas as pd

import sim

# %% [markdown]
# ## Write down your prediction first
#
# For each, say *gone within two years*, *fades within ten*, or *permanent*:
#
# 1. the number of incidents at sea,
# 2. the pressure of Chinese ships,
# 3. Manila's resolve to stand up to them,
# 4. what the public thinks of China,
# 5. its alignment with the United States (how many points of a hundred?).
#
# And: does Vietnam, which was not attacked, become more resolute?

# %% [markdown]
# ## Run
#
# Two histories with **common random numbers**: every throw of the dice is the same in both, so whatever differs was caused by the
# clash.

# %%
calm = sim.simulate()
clash = sim.simulate("scenario=sea_clash")
calm_outcomes, clash_outcomes = sim.compute_outcomes(calm), sim.compute_outcomes(clash)


# %%
def difference(name, states=("Philippines", "Vietnam")):
    """How much higher a quantity is in the history with the clash, from 2025 to 2036."""
    with_clash = sim.series(clash_outcomes, name, states=states)
    without = sim.series(calm_outcomes, name, states=states)
    return (with_clash - without).loc[2025:2036]


# %%
sim.lines(
    difference("incidents"),
    title="More incidents at sea because of the clash?",
    unit="incidents a year, difference",
)

# %%
sim.lines(
    difference("pressure"),
    title="More pressure at sea because of the clash?",
    unit="pressure (0 to 1), difference",
)

# %%
sim.lines(
    difference("resolve"),
    title="More resolve because of the clash?",
    unit="resolve (0 to 1), difference",
)

# %%
sim.lines(
    difference("trust_china"),
    title="Less trust in China because of the clash?",
    unit="trust in China (0 to 1), difference",
)

# %%
sim.lines(
    difference("alignment"),
    title="Closer to the United States because of the clash?",
    unit="alignment, points of 100, difference",
    least=2,  # points shown at least, so that a tiny change looks tiny
)

# %% [markdown]
# Where is the memory kept? In what the model calls **salience**: how present past incidents are in a state's mind.

# %%
memory = (clash["salience"] - calm["salience"]).sel(partner="CHN", state=["PHL", "VNM"])
table = memory.sel(year=slice(2025, 2036)).to_pandas()
sim.lines(
    table.rename(columns={"PHL": "Philippines", "VNM": "Vietnam"}),
    title="How present is the clash in memory?",
    unit="salience, difference",
)

# %% [markdown]
# ## Discussion
#
# * Each thing has its own clock. Incidents are back to normal after a year. Opinion falls at once and comes back within a few
#   years, most of it. Pressure takes several years: ships once sent are called home slowly. Resolve outlives its cause, since it
#   feeds on memory and changes slowly.
# * What the government wants moves within a year or two, by less than a point or two of a hundred here. Agreements and trade
#   hardly move: one clash is seldom enough for another treaty. Does that fit your reading of 2012 (Scarborough Shoal) and 2014
#   (the oil rig off Vietnam)?
# * Not everybody airs what is done to him. A state with old quarrels, an ally and an open system tells its public; others keep
#   silent, and their publics think of China what they thought before.
# * Vietnam grows a little more resolute without having been attacked: resolve answers to the resolve of the others.
#   What the model lacks: Vietnam does not *fear* more for what was done to the Philippines.
#
# ## Exercises
#
# 1. Memory fades by 30 % a year (`rules.sea.fade=0.7`). Set it to 0.95, a region that forgets nothing, and look at
#    resolve again. Give both histories the same setting, or you compare two things at once.
# 2. In which year is the difference in the Philippines' resolve largest? Why not in 2027?
# 3. Make the clash happen to Vietnam instead. You can give an event by hand:
#    `"scenario.events=[{year: 2027, kind: incident, size: 15, state: VNM, partner: CHN}]"`.
#
# Answers: `answers/02_a_region_remembers.py`.

# %%
pd.DataFrame(
    {name: difference(name)["Philippines"] for name in ("resolve", "trust_china", "alignment")}
).round(3)
