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
# # 4 · A rival theory
#
# **The question.** Realists say states balance against threats. Liberals say ties follow trade. The default of this
# model says states insure themselves. Same data, same region: do the theories predict different things, and which
# does the record favour?

# %%
import pandas as pd
from scipy.stats import spearmanr

import sim

# %% [markdown]
# ## Write down your prediction first
#
# A *theory* here says which motives count, for what governments want and for what they sign:
#
# | theory | in one sentence |
# |---|---|
# | `insurance` | every motive counts; nobody is leaned on more than need be |
# | `balance_of_threat` | what threatens decides; intentions weigh heavily (Walt 1987) |
# | `balance_of_power` | strength decides, whoever holds it (Waltz 1979; unverified) |
# | `commerce` | markets, money and trust decide; threat counts for little |
#
# 1. Under which theory will the region be closest to China in 2040?
# 2. China presses harder. Under which theory does the region move most, and which states: the pressed, or China's friends?
#
# (Two more theories, `landscape` and `bargaining`, have rules of their own: `docs/theories.md`.)

# %% [markdown]
# ## Run
#
# Change the one word below to any theory in the table (or any other file in `conf/theory/`) and run the notebook again.

# %%
RIVAL = "balance_of_threat"

# %%
theories = ["insurance", RIVAL, "commerce"]
told = {
    theory: sim.compute_outcomes(sim.simulate(f"theory={theory}", runs=20))
    for theory in dict.fromkeys(theories)
}

# %%
by_2040 = pd.DataFrame(
    {theory: sim.series(outcomes).loc[2040] for theory, outcomes in told.items()}
)
sim.bars(
    by_2040 - 50,
    title="Where do the states stand in 2040, by theory?",
    unit="alignment less 50: left of 0 towards China, right towards the United States",
)

# %% [markdown]
# **China presses harder** (`policy/china=assertive`): the difference it makes, with common random numbers.

# %%
pressed = {
    theory: sim.compute_outcomes(
        sim.simulate(f"theory={theory}", "policy/china=assertive", runs=20)
    )
    for theory in told
}
moved = pd.DataFrame(
    {theory: sim.paired(pressed[theory], told[theory])["difference"] for theory in told}
)
sim.bars(
    moved,
    title="China presses harder: where do the states move by 2040?",
    unit="points of alignment (right: towards the United States)",
)

# %% [markdown]
# **Against the record.** Start each theory in 2011 and let it run to 2022. In 2020, 2021 and 2022 elites in ten states
# were asked whom they would choose if forced to. Does the theory put the states in the right *order*? (1 = perfect, 0
# = no better than chance.)


# %%
def order_right(theory):
    """Rank correlation of predicted and given answers, by year."""
    past = sim.compute_outcomes(
        sim.simulate(f"theory={theory}", "years.first=2012", "years.last=2022", runs=20)
    )
    predicted, answered = past["forced_choice"].mean("run"), past["forced_choice_observed"]
    return {
        year: spearmanr(predicted.sel(year=year), answered.sel(year=year))[0]
        for year in (2020, 2021, 2022)
    }


scores = pd.DataFrame({theory: order_right(theory) for theory in told})
sim.bars(
    scores,
    title="Do the theories put the states in the right order?",
    unit="rank correlation of predicted and given answers",
)

# %% [markdown]
# ## Discussion
#
# * Theories that disagree about 2040 can agree about the record: that is **equifinality**. Several explanations fit, and ten
#   states in a few years cannot tell them apart. `docs/theories.md` scores them on acts they had not seen, and weighs each by
#   its score.
# * What does a harder China do? Look at *who* moves. A theory in which threat counts moves those whose waters are pressed; one
#   in which trade counts moves those who trade most. Here the theories part, so here cases can decide.
# * 2022 looks splendid, and is not: the start of a run knows more about that year's answers than an outsider would.
# * What would help to decide? Look for cases in which the theories predict *opposite* things, not just different amounts.
#
# ## Exercises
#
# 1. Put `balance_of_power` in. How much does it react to an assertive China, beside the others?
# 2. Find the pair of theories that disagrees most about a single state in 2040. Which state?
# 3. A theory is only a small file: open `conf/theory/commerce.yaml`. Try your own by hand, for example a theory of
#    pure fear: `sim.simulate("rules.stance.protection=15", "rules.stance.opinion=0", "rules.stance.leverage=0")`.
#
# Answers: `answers/04_a_rival_theory.py`.
