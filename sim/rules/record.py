"""What is carried, what is seen, what is done: memory, structure, situation, conduct, offers, choices.

Every array has two last axes, state and partner, either of which may have length one: (state, 1) belongs to a state,
(1, partner) to a power, (1, 1) to the world. Runs, where there are any, stand before. One state's part is cut with
`for_state`, one power's with `for_partner`; both keep the axes, so that the same rules serve one actor or all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sim.axes import Array
from sim.rules.alignment import Weighing
from sim.rules.array_bundle import ArrayBundle


@dataclass(frozen=True, kw_only=True)
class Memory(ArrayBundle):
    """What carries over from year to year."""

    of_world: ClassVar[frozenset[str]] = frozenset({"rivalry"})

    security_tie: Array  # (state, option) simplex over partners and self
    economic_tie: Array  # (state, option) simplex
    trust: Array  # (state, partner) 0-1
    dependence: Array  # (state, partner) share of goods trade
    capacity: Array  # (state, 1) 1 = able to police one's own waters
    pressure: Array  # (state, partner) 0-1, at sea
    coercion: Array  # (state, partner) 0-1, economic and political
    salience: Array  # (state, partner) remembered incidents
    resolve: Array  # (state, 1) 0-1
    lean: Array  # (state, 1) -1..1
    reassurance: Array  # (state, partner) 0-1, offered last year
    security_aid: Array  # (state, partner) USD m received last year
    economic_aid: Array  # (state, partner) USD m received last year
    gdp: Array  # (state, 1) USD bn
    provocation: Array  # (state, partner) 0-1, by last year's arms, felt by the giver's rivals
    incidents: Array  # (state, partner) last year's count
    rivalry: Array  # (1, 1) 0-1


@dataclass(frozen=True, kw_only=True)
class Structure(ArrayBundle):
    """What does not change while the model runs."""

    distance: Array  # (state, partner) km
    contiguous: Array  # (state, partner) 0/1
    stake: Array  # (state, partner) what the power claims of the state's waters, 0-1
    claimant: Array  # (state, 1) 0/1
    trust_baseline: Array  # (state, partner) 0-1
    area: Array  # (state, 1) thousand km2 of waters
    own_capacity: Array  # (state, 1) what ordinary own means sustained at the start
    first_gdp: Array  # (state, 1) USD bn at the start
    member: Array  # (state, 1) 0/1, member of ASEAN
    lanes: Array  # (state, 1) share of Japan's sea-borne imports passing the state's waters
    economic_share: Array  # (state, partner) past shares in the partner's economic aid
    security_share: Array  # (state, partner) past shares in the partner's security aid
    optimised_share: Array  # (state, partner) shares that a search found, of the table that ships
    custom_share: Array  # (state, partner) shares set by the user


@dataclass(frozen=True, kw_only=True)
class PolicyInstruments(ArrayBundle):
    """What each power has resolved to do this year: its policy, all (1, partner)."""

    security_budget: Array  # USD m
    economic_budget: Array  # USD m
    allocation: Mapping[str, Array]  # rule -> 1 where followed
    effectiveness: Array  # capacity per dollar of equipment, 1 = non-lethal
    sting: Array  # provocation of the equipment, 0-1
    training: Array  # programmes a year in each coastal state
    exercises: Array  # a year with each state
    exchange: Array  # thousand people a year with each state
    ambition: Array  # of gray-zone pressure, 0-1
    coerciveness: Array  # 0-1
    credibility: Array  # 0-1
    presence: Array  # 0-1
    camp: Array  # -1..1


@dataclass(frozen=True, kw_only=True)
class ExogenousDrivers(ArrayBundle):
    """Exogenous drivers of this year: observed series and the scenario's dated events."""

    power: Array  # (1, partner) share of combined capability
    partner_growth: Array  # (1, partner) fraction a year
    growth: Array  # (state, 1) expected growth, fraction a year
    growth_spread: Array  # (1, 1) standard deviation of the yearly shock to it
    pact: Array  # (state, partner) defence pact, 0/1
    access: Array  # (state, partner) base access, 0-1
    partnership: Array  # (state, partner) partnership level, 0-1
    affinity: Array  # (state, partner) political affinity, 0-1
    reverse_dependence: Array  # (state, partner) share of the partner's trade
    eligible: Array  # (state, partner) 0/1 for security aid
    rivalry_level: Array  # (1, 1) level the scenario approaches
    rivalry_shock: Array  # (1, 1) dated events
    pressure_shock: Array  # (state, partner) dated events
    incident_shock: Array  # (state, partner) dated events, count


@dataclass(frozen=True, kw_only=True)
class Situation(ArrayBundle):
    """What everybody can see this year before deciding."""

    outlook: ExogenousDrivers
    growth: Array  # (state, 1) fraction a year, shock included
    rivalry: Array  # (1, 1)
    lean: Array  # (state, 1) after any change of government
    others_security: Array  # (state, option) mean tie of the other members last year
    others_economic: Array  # (state, option)
    cohesion: Array  # (1, 1)
    peers: Array  # (state, 1) mean resolve of the other claimants last year
    collective: Array  # (1, 1) mean resolve of all claimants last year
    closeness: Array  # (state, partner) economic tie with each power last year
    aligned_security: Array  # (state, partner) security ties with the power's rivals last year
    aligned_economic: Array  # (state, partner) economic ties with the power's rivals last year
    provoked: Array  # (state, partner) by the arms of the power's rivals last year
    rival: Mapping[
        str, Array
    ]  # (state, option or partner or 1) what a rival theory asks of everybody


@dataclass(frozen=True, kw_only=True)
class Offers(ArrayBundle):
    """What each power does to each state this year, all (state, partner)."""

    security_aid: Array  # USD m
    economic_aid: Array  # USD m
    training: Array
    exercises: Array
    exchange: Array
    provocation: Array  # 0-1, felt by the giver's rivals
    pressure: Array  # 0-1
    coercion: Array  # 0-1


@dataclass(frozen=True, kw_only=True)
class Choice(ArrayBundle):
    """What each state does this year, with every term of it."""

    security: Weighing
    economic: Weighing
    reassurance: Array  # (state, partner)
    resolve: Array  # (state, 1)
    effort: Array  # (state, 1)
    threat: Array  # (state, partner) as perceived
    leverage: Array  # (state, partner)


@dataclass(frozen=True, kw_only=True)
class MaritimeEncounter(ArrayBundle):
    """What happened at sea this year."""

    incidents: Array  # (state, partner) count
    encroachment: Array  # (state, 1) 0-1, what pressure achieved
    safety: Array  # (state, 1) 0-1, the state's grip on its waters


@dataclass(frozen=True, kw_only=True)
class RandomDraws(ArrayBundle):
    """This year's draws, all (state, 1): uniforms for events, standard normals for swings."""

    turnover: Array  # uniform
    leaning: Array  # normal
    mood: Array  # normal
    growth: Array  # normal
    incidents: Array  # uniform
    rivalry: Array  # normal, (1, 1)
