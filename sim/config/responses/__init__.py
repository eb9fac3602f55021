"""How opinion, stance, acts and stocks respond: one group a rule, each number with its evidence, a width, or a zero.

A response carries a prior (mean, 90 % range, grade, source); its default is the median of the posterior that ships. Where the
record says nothing the prior is centred on zero or on the literature's value with an honest width.
"""

from __future__ import annotations

from sim.config.responses.acts import Acts
from sim.config.responses.opinion import Opinion
from sim.config.responses.pressure import Coercion, Demand
from sim.config.responses.stance import Stance
from sim.config.responses.stocks import Offers, Stocks

__all__ = ["Acts", "Coercion", "Demand", "Offers", "Opinion", "Stance", "Stocks"]
