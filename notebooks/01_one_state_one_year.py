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
# **The question.** In 2024 the government of the Philippines decides how close to stand to China, to the United States
# and to Japan, and how much to keep to itself. What speaks for each, and which way does it move?
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
# 1. Which single motive speaks most strongly *for* close security ties with the United States?
# 2. Which motive speaks most strongly *for* China? (There is one. Think before you look.)
# 3. By how much do a state's security ties change in one year: about 1, 10 or 50 parts in a hundred?

# %% [markdown]
# ## Run
#
# One history of the region from 2000 to 2040. What lies before 2024 is observed, what lies after is simulated.

# %%
history = sim.simulate()

# %% [markdown]
# Each **motive** adds to the value of an option, or takes from it. A state has four options: the three powers, and
# staying unaligned.

# %%
motives = sim.terms(history, state="Philippines", year=2024)
motives.round(2)

# %%
sim.bars(
    motives,
    title="Philippines, 2024: what speaks for and against close security ties?",
    unit="worth (the model's own unit; only differences between options matter)",
)

# %% [markdown]
# | motive | in plain words | who said so |
# |---|---|---|
# | protection | a strong, near, believed partner, when others threaten | Snyder 1984 |
# | aid | what was given last year | |
# | trust | do we believe they will do the right thing? | surveys |
# | legitimacy | what public and government will bear: how alike we vote, whom the leader likes, anger | Kuik 2008 |
# | neighbours | what the other members of ASEAN do | Goh 2005 |
# | threat | strength brought near by geography and intent | Walt 1987 |
# | retaliation | what the other side can do to us if we lean away | |
# | entrapment | being dragged into somebody else's war | Snyder 1984 |
# | concentration | the cost of putting all eggs in one basket: the insurance motive | |
# | autonomy | the worth of staying unaligned | |
#
# Now add up each column. The option with the highest sum is the one the state moves towards most.

# %%
value = motives.sum()
value.round(2)

# %% [markdown]
# **From values to shares.** A state does not give everything to the best option. It shares itself out: the better an
# option, the larger its share. How sharply it prefers the best depends on its **room to hedge**: the more the great
# powers compete, the smaller the room, the sharper the choice (Korolev 2019, unverified).

# %%
room = float(history["room"].sel(year=2024))
weight = np.exp(value / room)
target = weight / weight.sum()
print(f"room to hedge in 2024: {room:.2f}")
(100 * target).round(1)

# %% [markdown]
# That is where the state *would like* to be. It moves only a part of the way each year: treaties, training and
# habits change slowly. Below are the security ties of 2023 (observed) and 2024 (simulated), in parts of a hundred.

# %%
ties = history["security_tie"].sel(state="PHL", year=[2023, 2024]).to_pandas()
(100 * ties).round(1)

# %% [markdown]
# ## Discussion
#
# * *Threat* takes away from the option that threatens, but it also shows up as *protection* by the others, which is
#   worth more when somebody else frightens you. Fear of China speaks twice, once in each column.
# * China's strongest asset is *legitimacy*: the Philippines votes much like China in the United Nations. All of Southeast
#   Asia does. Whether votes in New York say anything about security at home is one of this model's weak points
#   (see `docs/limits.md`).
# * The numbers are weights chosen so that the model comes near the record of all ten states at once. They were not
#   measured. The data say little about half of them.
#
# ## Exercises
#
# 1. Do the same for Cambodia. Which motive differs most from the Philippines?
# 2. Look at the *economic* choice of the Philippines (`domain="economic"`). Which motive appears that was not there before?
# 3. Compute by how many parts in a hundred the tie with the United States changed, and what part of the way to the
#    target that is.
# 4. Which of the ten states would be closest to China if it could move all the way to its target at once?
#
# Answers: `answers/01_one_state_one_year.py`.
