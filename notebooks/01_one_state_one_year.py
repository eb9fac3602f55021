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
# # 1 · One state, one year
#
# **The question.** In 2024 the government of the Philippines decides how close to stand to China and to the United States,
# and what to sign with whom. What speaks for each side, what does it come to want, and what does it do?
#
# Straits is a model: a set of rules, each one sentence of theory turned into one line of arithmetic. It is **not a
# forecast**. It says: *if these mechanisms hold, then ...*. You need no Python. Click into a cell and press Shift+Enter.

# %%
import numpy as np

import sim

# %% [markdown]
# ## Write down your prediction first
#
# On paper, before you run anything:
#
# 1. Which motives pull the Philippines towards the United States, and which pull it towards China?
# 2. How far does what a government wants move in one year: not at all, a little, half of the way to where it would like to be?
# 3. How likely is a formal step closer to the United States (a new agreement, a new base, a large exercise) within one year?

# %% [markdown]
# ## Run
#
# One history of the region from 2000 to 2040. What lies before 2024 is observed, what lies after is simulated.

# %%
history = sim.simulate(
    "start=observed"
)  # from the stance read off the record, not from a draw around it (lesson 3)

# %% [markdown]
# **What the government wants** is called its *stance*, from -1 (with China) to 1 (with the United States). Each **motive**
# pulls one way or the other.

# %%
motives = sim.terms(history, state="Philippines", year=2024)
motives.round(2)

# %%
sim.bars(
    motives["towards the United States"],
    title="Philippines, 2024: what pulls its stance to either side?",
    unit="pull (right: towards the United States, left: towards China)",
)

# %% [markdown]
# | motive | in plain words | who said so |
# |---|---|---|
# | protection | a strong, near, believed partner, when others threaten | Walt 1987, Snyder 1984 |
# | fear of entrapment | being dragged into somebody else's war | Snyder 1984 |
# | leverage | whoever could make us pay, by trade | Hirschman 1945 |
# | public opinion | whom the public likes better; counts more in an open system | surveys |
# | aid beyond the usual | more, or less, than one has grown used to | |
# | pressure on values | being lectured or punished; counts more in a closed system | |
# | the neighbours' stance | what the other members of ASEAN want | Goh 2005 |
# | the leader's leaning | what this president or prime minister brings along | |
# | inherited disposition | what the other motives do not explain of where the state stood | |
#
# Add them up. The sum is where the government would like to stand, once it has been squeezed into -1 to 1. How sharply it
# takes a side depends on its **room to hedge**: the more the great powers compete, the smaller the room (Korolev 2019,
# unverified).

# %%
room = float(history["room"].sel(year=2024))
pull = float(motives.sum().iloc[0])
aim = np.tanh(pull / room)
print(f"pulls together {pull:+.2f}, room to hedge {room:.2f}, stance aimed at {aim:+.2f}")

# %% [markdown]
# It moves only a part of the way in one year: governments do not turn on the spot, unless the leader changes.

# %%
stance = history["stance"].sel(state="PHL", year=[2023, 2024]).to_pandas()
stance.round(2)

# %% [markdown]
# **What the government does.** Formal steps with each partner, up or down, are rare and dated. Each year every partner has a
# chance of a step. What raises and what lowers it?

# %%
sim.bars(
    sim.terms(history, state="Philippines", year=2024, of="act"),
    title="Philippines, 2024: what makes a step closer to each partner more likely?",
    unit="log-odds (right: more likely, left: less likely)",
)

# %%
here = history.sel(state="PHL", year=2024)
chances = here[["up", "down", "steps"]].to_dataframe()[["up", "down", "steps"]]
chances.round(2)

# %% [markdown]
# The last column says what happened in *this* history (1: a step up, 2: one that counts twice, -1: a step down): the throw of
# the dice decides which of the likely steps come true. Other histories have other throws (lesson 3).
#
# ## Discussion
#
# * Fear of China speaks twice: as *protection* in what the government wants, and as *pressure* (by China, and by the rivals
#   of the others) in what it signs with whom.
# * *Inherited disposition* is an honest name for not knowing: it is what must be added so that the motives fit where the state
#   stood at the start. It fades. Where it is large, the model explains little.
# * Wanting and doing are two things. A government may lean and sign nothing; it may sign with both sides in one year.
# * The numbers are weights that brought the model near the record of all ten states at once; what published studies say of
#   their size went in first (`docs/calibration.md`).
#
# ## Exercises
#
# 1. Do the same for Cambodia. Which motive differs most from the Philippines?
# 2. What moved *public opinion* of China in 2024 (`of="opinion"`)? Which motive is there for China and for nobody else?
# 3. Compute what part of the way to the stance aimed at the Philippines moved in 2024. (Had its leader changed, a jump would
#    come on top: look at `history["jump"]`.)
# 4. Which of the ten states was likeliest to step up with Japan in 2024, and did it?
#
# Answers: `answers/01_one_state_one_year.py`.
