"""Stance and trust of every observed year as a run would start from them: what ties and answers up to that year tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from sim.axes import OPTION, Array
from sim.config.levers import Policy
from sim.config.settings import Settings
from sim.rules.assimilation import Assimilated, assimilate, structural_leaning
from sim.world.impute import ASSUMED, DERIVED
from sim.world.latent_table import WIDTH, Labels, Latent, read_latent

PAIRS = ("year", "state", "partner")
STATES = ("year", "state")
Reading = tuple[xr.DataArray, xr.DataArray]


def declared_camps(policy: Policy, partners: Sequence[str] | Labels) -> Array:
    """Tell the camps of the powers, (1, partner), the three by their declared policy; a power without policy is in none."""
    usual = Policy()
    camps: Mapping[str, float] = {
        **{code: power.camp for code, power in policy.others.items()},
        **{"CHN": usual.china.camp, "USA": usual.united_states.camp, "JPN": usual.japan.camp},
    }
    return np.array([[camps.get(str(code), 0.0) for code in partners]])


def assimilate_record(
    ties: Sequence[Array], latent: Latent, camp: Array, settings: Settings
) -> Assimilated:
    """Stance and trust of many years at once, with declared numbers.

    Parameters
    ----------
    ties : security and economic, (year, state, option) each. latent : of the same years. camp : (1, partner).
    settings : whose observation model is used.
    """
    numbers, first = settings.rules.observation, settings.rules.assimilation
    leaning, structure = structural_leaning(
        security_tie=ties[0],
        economic_tie=ties[1],
        camp=camp,
        economic_part=numbers.economic_part,
    )
    return assimilate(
        leaning=leaning,
        structure=structure,
        trust=latent.trust,
        stance_sd=np.full_like(leaning, first.width),
        trust_sd=latent.trust_sd,
        answer=latent.choice,
        precision=latent.precision,
        side=latent.side,
        follow=first.follow,
        intercept=numbers.intercept,
        stance_weight=numbers.posture,
        slope=numbers.slope,
        trust_weight=numbers.trust,
    )


def read_opinion(
    world: xr.Dataset, security: Reading, economic: Reading, settings: Settings
) -> dict[str, Reading]:
    """Read stance and trust of each year with their flags, by the settings' way of starting.

    Parameters
    ----------
    world : from `sim.world.load.load`. security, economic : ties and flags, (year, state, option).
    settings : "assimilated" reads each year as filtered; "observed" reads ties and the latest answers as they stand.
    """
    states, partners, years = (world[axis].values for axis in ("state", "partner", "year"))
    ties = [tie.transpose("year", "state", OPTION).values for tie, _ in (security, economic)]
    camp = declared_camps(settings.policy, partners)
    over = {"year": years, "state": states}
    if settings.start == "observed":
        leaning, _ = structural_leaning(
            security_tie=ties[0], economic_tie=ties[1], camp=camp, economic_part=0.0
        )
        stance = settings.rules.assimilation.follow * leaning[..., 0]
        return {
            "stance": (xr.DataArray(stance, over, STATES), security[1].max(OPTION)),
            "trust": (world["trust"], world["trust_flag"]),
        }
    latent = read_latent(states, partners, years)
    found = assimilate_record(ties, latent, camp, settings)
    asked = latent.precision > 0.0
    answered = (latent.trust_sd < WIDTH) | (asked & (latent.side != 0.0))
    return {
        "stance": (
            xr.DataArray(np.clip(found.stance[..., 0], -1.0, 1.0), over, STATES),
            xr.DataArray(np.where(asked, DERIVED, ASSUMED)[..., 0], over, STATES),
        ),
        "trust": (
            xr.DataArray(np.clip(found.trust, 0.0, 1.0), over | {"partner": partners}, PAIRS),
            xr.DataArray(np.where(answered, DERIVED, ASSUMED), over | {"partner": partners}, PAIRS),
        ),
    }
