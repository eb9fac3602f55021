"""What experiments/discovery.py may be told: the question, and how hard to look for boxes."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.commands import command
from sim.config.declare import integer, number
from sim.ensemble import option_kinds as common


@command("discovery")
@dataclass(frozen=True, kw_only=True)
class DiscoveryCommand(common.StoreOptions):
    """Options of experiments/discovery.py."""

    store: str = common.store(common.STORE)
    outcome: str = common.outcome("hedging_share", "outcome asked about", common.kept_or_dated)
    state: str = common.state("one state; null: the mean of the states")
    above: float | None = number(None, "limit; runs above are of interest", low=-1e9, high=1e9)
    below: float | None = number(None, "limit; runs below are of interest", low=-1e9, high=1e9)
    share: float = number(0.5, "of a point's replicates, for the point to be a case", low=0.01)
    density: float = number(0.8, "share of cases asked of the box", low=0.01)
    resamples: int = integer(20, "halves of the points, to see a box again", low=20, high=10_000)
    boxes: int = integer(3, "boxes at most, one after another", low=1, high=10)
