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
# # 5 · A policy and its limits
#
# **The question.** Since 2023 Japan gives patrol boats, radars and training to its neighbours in Southeast Asia
# (Official Security Assistance, OSA): 2 billion yen in the first year, 18 billion in the budget of fiscal year 2026.
# What would ever more of it buy?

# %%
import pandas as pd

import sim

# %% [markdown]
# ## Write down your prediction first
#
# Japan gives *twenty times* as much, 40 billion yen a year to 2040. Compared with giving nothing, what happens to
#
# 1. the Philippines' capacity to police its own waters (about 0.5 in 2023, where 1 = fully able; growing with the economy),
# 2. Chinese pressure on it (about 0.9 of 1 in 2023),
# 3. what the public thinks of Japan, from 0 to 1,
# 4. its alignment, in points of 100?

# %% [markdown]
# ## Run
#
# Seven budgets, sixty futures each, the same random draws in all.

# %%
BUDGETS = [0, 2, 5, 10, 20, 40, 80]


def judged(budget, *changes):
    """Sixty futures with this budget (JPY bn a year)."""
    return sim.compute_outcomes(
        sim.simulate(f"policy.japan.osa_budget={budget}", *changes, runs=60, past=False)
    )


told = {budget: judged(budget) for budget in BUDGETS}


# %%
def in_2040(name, state="PHL"):
    """The mean over futures in 2040, by budget."""
    return pd.Series(
        {b: float(one[name].sel(state=state, year=2040).mean()) for b, one in told.items()}
    )


sim.lines(
    pd.DataFrame({"capacity": in_2040("capacity"), "pressure": in_2040("pressure")}),
    title="Philippines, 2040: what do more boats do to capacity, and to Beijing's pressure?",
    unit="capacity (1 = fully able), pressure (0 to 1)",
    across="security assistance, JPY bn a year",
)

# %%
sim.lines(
    in_2040("trust_japan").to_frame("trust in Japan"),
    title="Philippines, 2040: do boats buy sympathy?",
    unit="trust in Japan, 0 to 1",
    across="security assistance, JPY bn a year",
    least=0.2,  # shown at least, so that a small change looks small
)

# %%
sim.lines(
    in_2040("alignment").to_frame("alignment"),
    title="Philippines, 2040: do boats buy alignment?",
    unit="points (0 = China, 100 = United States)",
    across="security assistance, JPY bn a year",
    least=10,  # points shown at least, so that a tiny change looks tiny
)

# %% [markdown]
# **Is that more than Monte Carlo noise?** Run by run, 40 billion less nothing, with a 95 % interval:

# %%
sim.paired(told[40], told[0], "pressure").round(3).loc[["Philippines", "Vietnam", "Malaysia"]]

# %% [markdown]
# **What would move Beijing?** In the record a claimant's resolve deters little, alone or with others, and the model was told so.
# What if that were wrong? The table crosses Japan's budget with China's own conduct.

# %%
rows = []
for china in ("restrained", "status_quo", "assertive"):
    for budget in (0, 40):
        end = judged(budget, f"policy/china={china}").sel(year=2040).mean("run")
        rows.append(
            {
                "China": china,
                "JPY bn": budget,
                "pressure on the Philippines": float(end["pressure"].sel(state="PHL")),
                "joint resolve of the claimants": float(end["collective_resolve"]),
            }
        )
crossed = pd.DataFrame(rows).set_index(["China", "JPY bn"])
crossed.round(2)

# %%
effect = crossed.xs(40, level="JPY bn") - crossed.xs(0, level="JPY bn")
sim.bars(
    effect,
    title="What do 40 billion yen change, by China's conduct?",
    unit="difference to no equipment, 2040",
)

# %% [markdown]
# ## Discussion
#
# * *Capacity* grows with the money, less and less so: an agency can only take up so much at a time. But capacity is not what
#   anybody wants. What counts is what capacity is *for*, and pressure hardly answers: China's own conduct decides it.
# * Aid buys some *sympathy* for Japan, and hardly any *alignment*. That is what studies of aid find (`docs/evidence.md`), and
#   the model's numbers were held to it: a result that was put in, not found out.
# * That resolve deters little is also put in: three years of patrol counts say so, with a wide margin. Open
#   `sim/rules/courtship/china.py`, and the prior in `sim/config/mechanisms.py`.
# * Twenty times the money is a far jump from anything observed. The further from the record, the less a model is worth.
#
# ## Exercises
#
# 1. Give by need instead of habit: `"policy.japan.allocation=need"`. Who gains, who loses capacity?
# 2. Lethal equipment buys twice the capacity for a yen and provokes (`"policy.japan.export_rule=lethal"`). What happens to
#    capacity and to the pressure on the Philippines?
# 3. Let joint resolve deter nearly everything: `"rules.courtship.deterrence_collective=0.9"`. How much of the answer depends
#    on this single number?
#
# Answers: `answers/05_a_policy_and_its_limits.py`.
