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
# # Answers to lesson 5

# %%
import pandas as pd

import sim


def end(*changes):
    """Sixty futures, looked at in 2040."""
    return (
        sim.compute_outcomes(sim.simulate(*changes, runs=60, past=False)).sel(year=2040).mean("run")
    )


FORTY = "policy.japan.osa_budget=40"

# %% [markdown]
# **1. By need or by habit.** Need looks for the largest gap, in capacity and in waters.

# %%
habit, need = end(FORTY), end(FORTY, "policy.japan.allocation=need")
gain = pd.Series((need - habit)["capacity"].values, index=need["state_name"].values)
sim.bars(
    gain.sort_values().rename("capacity"),
    title="Giving by need instead of habit: who gains, who loses?",
    unit="capacity in 2040, difference",
)

# %% [markdown]
# **2. Lethal equipment.**

# %%
lethal = end(FORTY, "policy.japan.export_rule=lethal")
both = pd.DataFrame(
    {
        rule: {name: float(one[name].sel(state="PHL")) for name in ("capacity", "pressure")}
        for rule, one in {"non-lethal": habit, "lethal": lethal}.items()
    }
)
print(both.round(3))
assert both.loc["capacity", "lethal"] > both.loc["capacity", "non-lethal"]

# %% [markdown]
# More capacity deters, provocation sharpens: the table shows which wins with the declared numbers.
#
# **3. One number.**

# %%
LOW = "rules.courtship.collective_threshold=0.4"
pressure = {
    "threshold 0.6": float((habit - end("policy.japan.osa_budget=0"))["pressure"].sel(state="PHL")),
    "threshold 0.4": float(
        (end(FORTY, LOW) - end("policy.japan.osa_budget=0", LOW))["pressure"].sel(state="PHL")
    ),
}
print(pd.Series(pressure).round(3))

# %% [markdown]
# What 40 billion yen change in the pressure on the Philippines depends on a threshold that nobody has measured. An
# honest answer to a minister gives both rows.

#
# **What the discussion says, checked**, so that it cannot outlive a change of the model.

# %%
by_conduct = {
    china: [end(f"policy.japan.osa_budget={b}", f"policy/china={china}") for b in (0, 40)]
    for china in ("status_quo", "assertive")
}
none, forty = by_conduct["status_quo"]
pressed = {
    china: [float(one["pressure"].sel(state="PHL")) for one in both_budgets]
    for china, both_budgets in by_conduct.items()
}
assert abs(float((forty - none)["alignment"].sel(state="PHL"))) < 1
assert pressed["assertive"][0] < pressed["status_quo"][0] + 0.02
assert (
    pressed["assertive"][1] - pressed["assertive"][0]
    < pressed["status_quo"][1] - pressed["status_quo"][0]
    < 0
)
