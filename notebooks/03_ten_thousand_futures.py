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
# # 3 · Ten thousand futures
#
# **The question.** One history tells one story. Governments fall, economies stumble, ships collide or do not. How much
# of where the Philippines stands in 2030 is chance (Monte Carlo noise), and how many futures must we look at before we
# may say a number?

# %%
import pandas as pd

import sim

# %% [markdown]
# ## Write down your prediction first
#
# On the scale of alignment 0 is China, 100 the United States; 45 to 55 is called the **hedging band**. In 2023 the
# Philippines leaned to the United States and Cambodia to China; where exactly, nobody knows.
#
# 1. In how many of 100 futures will the Philippines stand above 55 in 2030?
# 2. And Cambodia below 45?
# 3. Two students look at ten futures each, with different random draws. How far apart will their answers to question 1 be?

# %% [markdown]
# ## Run
#
# Ten thousand futures, all with the same policies. The random draws differ: changes of government, moods of the public, steps
# signed or not, growth, incidents, the rivalry of the great powers. So does the start: ties and answers of 2023 tell only about
# where a government stood, and each future begins somewhere in that range. This takes some seconds.

# %%
futures = sim.simulate("years.last=2030", runs=10_000, past=False)
outcomes = sim.compute_outcomes(futures)
alignment = outcomes["alignment"]

# %% [markdown]
# Line them up and take the middle one, and the ones with 5 % below and 5 % above: nine futures in ten lie between.

# %%
philippines = alignment.sel(state="PHL")
spread = pd.DataFrame(
    {
        "95 % lie below": philippines.quantile(0.95, "run"),
        "half lie below": philippines.quantile(0.5, "run"),
        "5 % lie below": philippines.quantile(0.05, "run"),
    },
    index=alignment["year"].values,
)
sim.lines(
    spread,
    title="The Philippines in ten thousand futures: how far does chance spread them?",
    unit="alignment, points (hedging band: 45 to 55)",
)

# %% [markdown]
# In what share of all futures is each state where, in 2030?

# %%
last = alignment.sel(year=2030)
shares = pd.DataFrame(
    {
        "leans to China (below 45)": (last < 45).mean("run"),
        "hedges (45 to 55)": ((last >= 45) & (last <= 55)).mean("run"),
        "leans to the United States (above 55)": (last > 55).mean("run"),
    },
    index=outcomes["state_name"].values,
)
(100 * shares).round(0)

# %% [markdown]
# **How many are enough?** Ten groups of students look at 10 futures each; ten other groups at 100, at 1,000. Each
# group reports the share in which the Philippines leans to the United States. The chart sorts each ten answers from the
# lowest to the highest: the flatter a line, the more the groups agree.

# %%
leans = (philippines.sel(year=2030) > 55).values
reports = pd.DataFrame(
    {
        f"{size:,} futures each": sorted(
            100 * leans[group * size : (group + 1) * size].mean() for group in range(10)
        )
        for size in (10, 100, 1000)
    },
    index=range(1, 11),
)
sim.lines(
    reports,
    title="Ten groups, ten answers: do they agree more when each looks at more futures?",
    unit="% of futures above 55",
    across="groups, from the lowest answer to the highest",
)

# %% [markdown]
# ## Discussion
#
# * Ten futures are no better than an anecdote. With a hundred the groups still differ by several points, with a thousand by a
#   few: the error falls with the **square root** of the number.
# * More futures make the *answer of the model* more exact. They do not make the *model* more right. All ten thousand
#   share the same weights, the same rules, the same data. That is the trap of large simulations.
# * Not knowing where a state stood at the start and not knowing what chance will bring are two things. The first could be made
#   smaller by better data, the second could not.
#
# ## Exercises
#
# 1. Draw the same spread for Cambodia. Is it wider or narrower than for the Philippines?
# 2. How much of the spread is the start? Let all futures begin at what was observed (`"start=observed"`) and compare. Then switch
#    off leaders who realign (`"rules.leadership.realigning=0"`).
# 3. What is *not* chance here, but unknown all the same? Name three things, then try two weights: protection doubled
#    (`"rules.stance.protection=6"`), and what the public thinks made to count more (`"rules.stance.opinion=3"`). By how much does
#    the middle move, beside the width of nine in ten?
#
# Answers: `answers/03_ten_thousand_futures.py`.
