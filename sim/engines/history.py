"""From arrays to a labelled history: names, units, flags, provenance. The crossing back to xarray, and the only one.

A history runs from 2000: what was observed up to the year before the first simulated one (with flags), then what was
simulated. Runs, where there are any, are the leading axis of everything simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import DOMAINS, OPTION, PARTNER, RUN, SELF, STATE, TERM, YEAR, Array, options
from sim.engines.stage import Stage
from sim.rules.alignment import TERMS, Weighing
from sim.rules.record import AtSea, Choice, Memory, Situation
from sim.world.impute import MEANINGS
from sim.world.observed import stake
from sim.world.roster import names

SIMULATED = len(MEANINGS)  # the flag of simulated values, after those of observed ones

# name: (where from, unit, long name)
BY_PARTNER = {
    "trust": ("memory", "1", "trust of the state in the partner, 0 to 1"),
    "dependence": ("memory", "1", "partner's share of the state's goods trade"),
    "pressure": ("memory", "1", "gray-zone pressure at sea, 0 to 1"),
    "coercion": ("memory", "1", "economic and political coercion, 0 to 1"),
    "salience": ("memory", "1", "remembered incidents and coercion"),
    "reassurance": ("memory", "1", "engagement offered to the slighted partner, 0 to 1"),
    "security_aid": ("memory", "USD m", "security aid received in the year"),
    "economic_aid": ("memory", "USD m", "economic aid and official finance received in the year"),
    "provocation": ("memory", "1", "provocation of rivals by arms given, 0 to 1"),
    "incidents": ("memory", "count", "incidents at sea in the year"),
    "threat": ("choice", "1", "threat perceived, 0 to 1"),
    "leverage": ("choice", "1", "excess of the state's dependence over the partner's"),
}
BY_STATE = {
    "capacity": ("memory", "1", "maritime capacity, 1 = able to police one's own waters"),
    "resolve": ("memory", "1", "resolve to resist pressure at sea, 0 to 1"),
    "lean": ("memory", "1", "government's leaning, -1 (China) to 1 (United States)"),
    "gdp": ("memory", "USD bn", "gross domestic product"),
    "effort": ("choice", "1", "own extra investment in capacity, of the ordinary"),
    "encroachment": ("at_sea", "1", "what pressure achieved, 0 to 1"),
    "safety": ("at_sea", "1", "the state's grip on its waters, 0 to 1"),
}
OF_WORLD = {
    "rivalry": ("memory", "1", "great-power rivalry, 0 to 1"),
    "collective": ("situation", "1", "mean resolve of the claimants last year, 0 to 1"),
}


@dataclass(frozen=True, kw_only=True)
class YearRecord:
    """All that happened in one year, arrays (..., state, partner)."""

    year: int
    memory: Memory
    situation: Situation
    choice: Choice
    at_sea: AtSea


def to_dataset(
    stage: Stage, records: Sequence[YearRecord], *, run: int = 0, terms: bool = True
) -> xr.Dataset:
    """Put the records of a run (or of many) behind the observed past and name everything.

    Parameters
    ----------
    stage : what the records were made from. records : one a year, in order.
    run : number of the (first) run. terms : whether to keep every term of every choice.
    """
    simulated = _simulated(stage, records, terms=terms)
    lead = simulated.sizes.get(RUN)
    simulated = simulated.assign_coords({RUN: run if lead is None else np.arange(run, run + lead)})
    past = _past(stage)
    history = xr.concat([past, simulated], YEAR, join="outer", data_vars="minimal", coords="minimal")
    return _described(history, stage)


def _simulated(stage: Stage, records: Sequence[YearRecord], *, terms: bool) -> xr.Dataset:
    found: dict[str, Any] = {}
    for name, (part, _, _) in BY_PARTNER.items():
        found[name] = _stack([_of(r, part, name) for r in records], (STATE, PARTNER))
    for name, (part, _, _) in BY_STATE.items():
        found[name] = _stack([_of(r, part, name)[..., 0] for r in records], (STATE,))
    for name, (part, _, _) in OF_WORLD.items():
        found[name] = _stack([_of(r, part, name)[..., 0, 0] for r in records], ())
    found["room"] = _stack([r.choice.security.room[..., 0, 0] for r in records], ())
    for domain in DOMAINS:
        chosen = [getattr(r.choice, domain) for r in records]
        found[f"{domain}_tie"] = _stack([c.tie for c in chosen], (STATE, OPTION))
        found[f"{domain}_target"] = _stack([c.target for c in chosen], (STATE, OPTION))
        if terms:
            found[f"{domain}_term"] = _stack([_terms(c) for c in chosen], (STATE, TERM, OPTION))
    years = [r.year for r in records]
    found["simulated"] = (YEAR, np.ones(len(years), dtype=np.int8))
    coords = _coords(stage) | {YEAR: years} | ({TERM: list(TERMS)} if terms else {})
    return xr.Dataset(found, coords)


def _of(record: YearRecord, part: str, name: str) -> Array:
    return getattr(getattr(record, part), name)


def _stack(values: list[Array], dims: tuple[str, ...]) -> tuple[tuple[str, ...], Array]:
    lead = (RUN,) if values[0].ndim > len(dims) else ()
    return (*lead, YEAR, *dims), np.stack(values, axis=len(lead))


def _terms(weighing: Weighing) -> Array:
    """Lay one domain's terms out as (..., state, term, option)."""
    shape = weighing.target.shape
    rows = []
    for name in TERMS:
        partner = weighing.partner_terms.get(name, np.zeros((*shape[:-1], shape[-1] - 1)))
        own = weighing.self_terms.get(name, np.zeros((*shape[:-1], 1)))
        rows.append(np.broadcast_to(options(partner, own), shape))
    return np.stack(rows, axis=-2)


def _coords(stage: Stage) -> dict[str, Any]:
    return {
        STATE: list(stage.states),
        PARTNER: list(stage.partners),
        OPTION: [*stage.partners, SELF],
        "state_name": (STATE, list(names(stage.states).values())),
        "partner_name": (PARTNER, list(names(stage.partners).values())),
    }


def _past(stage: Stage) -> xr.Dataset:
    past = stage.observed.sel(year=slice(None, stage.settings.years.first - 1))
    years = past[YEAR].values
    return past.assign(simulated=(YEAR, np.zeros(len(years), dtype=np.int8))).assign_coords(
        _coords(stage)
    )


def _described(history: xr.Dataset, stage: Stage) -> xr.Dataset:
    for name in list(history.data_vars):
        if str(name).endswith("_flag"):
            flag = history[name].fillna(SIMULATED).astype(np.int8)
            flag.attrs = _flag_attributes(str(name))
            history[name] = flag
    history["simulated"] = history["simulated"].astype(np.int8)
    for name, (_, unit, meaning) in (BY_PARTNER | BY_STATE | OF_WORLD).items():
        history[name].attrs = {"units": unit, "long_name": meaning}
    for domain in DOMAINS:
        history[f"{domain}_tie"].attrs = _simple(f"{domain} ties: shares of partners and self")
        history[f"{domain}_target"].attrs = _simple(f"{domain} ties the state moves towards")
        if f"{domain}_term" in history:
            history[f"{domain}_term"].attrs = _simple(
                f"terms of the value of each option, {domain} (their sum over room gives log shares)"
            )
    history["room"].attrs = _simple("room to hedge: spread of the logit choice")
    history["simulated"].attrs = _simple("1 where simulated, 0 where observed")
    return history.merge(_fixed(stage), combine_attrs="drop").assign_attrs(
        title="Straits: one conditional history of hedging in Southeast Asia, not a forecast",
        seed=stage.settings.seed,
        data_versions=stage.world.attrs["data_versions"],
    )


def _fixed(stage: Stage) -> xr.Dataset:
    """What does not change over time, and the observed answers that the model is compared with."""
    world, last = stage.world, stage.settings.years.last
    camp = stage.conduct(stage.settings.years.first).camp[0]
    japan = stage.settings.policy.japan.osa_budget if "JPN" in stage.partners else 0.0
    fixed = xr.Dataset(
        {
            "camp": (PARTNER, camp, _simple("camp, -1 (China) to 1 (United States)")),
            "stake": stake(world, stage.settings.rules.ties).transpose(STATE, PARTNER),
            "claimant": (STATE, stage.structure.claimant[:, 0]),
            "member": (STATE, stage.structure.member[:, 0]),
            "area": (STATE, stage.structure.area[:, 0]),
            "osa_spent": (YEAR, np.full(len(stage.years), japan), {"units": "JPY bn"}),
        },
        {STATE: list(stage.states), PARTNER: list(stage.partners), YEAR: list(stage.years)},
    )
    for name in ("littoral", "japan_import_share", "cable_share"):
        fixed[name] = stage.lanes[name]
    seen = world[["forced_choice", "survey_size"]].sel(year=slice(None, last))
    return xr.merge(
        [fixed, seen.rename(forced_choice="forced_choice_observed")],
        join="outer",
        compat="override",
        combine_attrs="drop",
    )


def _simple(meaning: str) -> dict[str, str]:
    return {"units": "1", "long_name": meaning}


def _flag_attributes(name: str) -> dict[str, Any]:
    return {
        "long_name": f"where {name.removesuffix('_flag')} comes from",
        "flag_values": np.arange(SIMULATED + 1, dtype=np.int8),
        "flag_meanings": " ".join([*MEANINGS, "simulated"]),
    }
