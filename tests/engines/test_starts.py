"""Every start there is data for is finite; any other is refused by name."""

from __future__ import annotations

import dataclasses
import itertools
from functools import cache

import numpy as np
import pytest

from sim.config import build
from sim.engines import start as starting
from sim.engines.context import check_start
from sim.engines.start import read_start, read_structure
from sim.errors import UserError
from sim.world import observed as observing
from sim.world.enough import check_known
from sim.world.lanes import load_lanes
from sim.world.load import load
from sim.world.observed import observe
from sim.world.roster import DEFAULT_PARTNERS, powers, roster

STATES = tuple(roster())
MIXES = [mix for size in (2, 3, 6) for mix in itertools.combinations(powers(), size)]


@cache
def _whole(partners, only, last):
    return load(STATES, list(partners), only=only, **({"last": last} if last else {}))


def _load(states, partners, *, only=(), last=0):
    return _whole(tuple(partners), tuple(only), last)


@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_every_world_starts_from_finite_numbers_or_is_refused(mix, monkeypatch):
    monkeypatch.setattr(starting, "load", _load)
    monkeypatch.setattr(observing, "load", _load)
    settings = build({"states": list(STATES), "partners": list(mix)})
    world, lanes = _load(STATES, mix), load_lanes(STATES)
    observed = observe(world, settings.rules.ties)
    for year in range(2000, 2024, 1 if mix in (DEFAULT_PARTNERS, MIXES[-1]) else 23):
        if not set(mix) & set(DEFAULT_PARTNERS):
            with pytest.raises(UserError, match=f"of {mix[0]} in trust, official_finance"):
                check_known(world, year)
            continue
        check_known(world, year)
        years = dataclasses.replace(settings.years, first=year + 1)
        asked = dataclasses.replace(settings, years=years)
        structure = read_structure(asked, world, observed, lanes)
        start, reading = read_start(asked, world, observed, structure)
        for part in (structure, start, reading):
            for field in dataclasses.fields(part):
                assert np.isfinite(getattr(part, field.name)).all(), (field.name, mix, year)


def test_a_refusal_says_what_is_missing_for_which_years_and_where_to_add_it():
    settings = build({"states": ["PHL"], "partners": ["IND", "KOR"], "years": {"first": 2002}})
    with pytest.raises(UserError) as refused:
        check_start(settings)
    message = str(refused.value)
    for words in ("trust: no year", "sim/world/data/", "up to 2001", "such as China"):
        assert words in message
