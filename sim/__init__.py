"""Straits: a policy-scenario simulator.

A visitor needs few names, in a notebook or at a prompt::

    import sim

    history = sim.simulate("scenario=cold_war", "policy.japan.osa_budget=20")
    outcomes = sim.compute_outcomes(history)
    sim.table(outcomes)
    sim.draw("paths", history)

They live in `sim.notebook.visitor` and are loaded when first asked for, so that `import sim` stays light.
Reading order of the code: `axes`, `config`, `rules` (start with `rules.year`), `world`, `actors`,
`engines`, `outcomes`, `ensemble`, `plots`, `composition`, `studies`, `cli`.
"""

__all__ = (
    *("simulate", "settings", "compute_outcomes", "table", "terms", "series", "paired"),
    *("draw", "lines", "bars"),
)


def __getattr__(name):  # type: ignore[no-untyped-def]
    """Load what a visitor asks for when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module("sim.notebook.visitor"), name)


def __dir__():  # type: ignore[no-untyped-def]
    """List the names a visitor needs."""
    return sorted([*globals(), *__all__])
