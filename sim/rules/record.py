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
from sim.rules.acts import Acts
from sim.rules.array_bundle import ArrayBundle
from sim.rules.demand import Demand
from sim.rules.opinion import Opinion
from sim.rules.stance import Stance
from sim.rules.stocks import Stocks


@dataclass(frozen=True, kw_only=True)
class Memory(ArrayBundle):
    """What carries over from year to year: opinion, stance, agreements, stocks, and what happened at sea."""

    of_world: ClassVar[frozenset[str]] = frozenset({"rivalry", "courtship", "market"})

    trust: Array  # (state, partner) 0-1, opinion of the partner: base and swing
    trust_base: Array  # (state, partner) the slowly moving base, where opinion would rest if nothing pushed it
    trust_anchor: Array  # (state, partner) where the base returns to while nothing changes
    stance: Array  # (state, 1) -1 China .. 1 United States: what the government wants
    lean: Array  # (state, 1) leaning of the present leader, log-odds of stance
    disposition: Array  # (state, 1) what motives leave unexplained at the start, fading
    shared_disposition: (
        Array  # (state, 1) what of it all states share on average, which does not fade
    )
    first_stance: Array  # (state, 1) stance at the start
    rung: Array  # (state, partner) 0-5 on the ladder of agreements
    renewed: Array  # (state, partner) years since the last step up
    use: Array  # (state, partner) 0-1, how far a pact or access is in use
    recent: Array  # (state, partner) fading trace of steps up
    usual_worth: Array  # (state, partner) aid that the state has come to expect, doublings
    arms: Array  # (state, partner) share of the state's arms supply
    arms_mix: Array  # (state, partner) shares by which arms contracts are placed
    economic_tie: Array  # (state, option) simplex over partners and self
    security_tie: Array  # (state, option) simplex, read off arms, bonds and rungs
    dependence: Array  # (state, partner) share of goods trade
    capacity: Array  # (state, 1) 1 = able to police one's own waters
    own_capacity: Array  # (state, 1) what ordinary own means sustained at the start
    pipeline: Array  # (state, 1) capacity given and not yet arrived
    pressure: Array  # (state, partner) 0-1, at sea
    first_pressure: Array  # (state, partner) pressure at the start
    usual_push: (
        Array  # (state, partner) what the declared conduct would press at the start, 0-1 and above
    )
    coercion: Array  # (state, partner) 0-1, economic and political
    episode: Array  # (state, partner) 1 while an episode of coercion runs
    outbreak: Array  # (state, partner) 1 where an episode broke out last year
    concession: Array  # (state, partner) 1 while a concession stands
    conceded: Array  # (state, partner) 1 where a concession was won last year
    salience: Array  # (state, partner) remembered incidents
    resolve: Array  # (state, 1) 0-1
    reassurance: Array  # (state, partner) 0-1, offered last year
    security_aid: Array  # (state, partner) USD m received last year
    economic_aid: Array  # (state, partner) USD m received last year
    gdp: Array  # (state, 1) USD bn
    provocation: Array  # (state, partner) 0-1, by last year's arms, felt by the giver's rivals
    incidents: Array  # (state, partner) last year's count
    rivalry: Array  # (1, 1) 0-1
    courtship: Array  # (1, partner) slow drift of each partner's courtship, log-odds
    market: Array  # (1, partner) log of the partner's economy relative to the world since the start


@dataclass(frozen=True, kw_only=True)
class Structure(ArrayBundle):
    """What does not change while the model runs."""

    of_world: ClassVar[frozenset[str]] = frozenset({"credibility", "presence", "exchange"})

    distance: Array  # (state, partner) km
    contiguous: Array  # (state, partner) 0/1
    stake: Array  # (state, partner) what the power claims of the state's waters, 0-1
    claimant: Array  # (state, 1) 0/1
    quarrel: Array  # (state, partner) militarised disputes a year in the past
    area: Array  # (state, 1) thousand km2 of waters
    first_gdp: Array  # (state, 1) USD bn at the start
    first_arms: Array  # (state, partner) shares of arms supply, mean of the years before the start
    first_economic: Array  # (state, option) economic ties at the start
    first_dependence: Array  # (state, partner) shares of goods trade at the start
    first_rung: Array  # (state, partner) rungs at the start
    credibility: Array  # (1, partner) of each power by the declared policy
    presence: Array  # (1, partner) of each power by the declared policy
    exchange: Array  # (1, partner) of each power by the declared policy, thousand people a year
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
    up: Array  # log-odds of a step up in a year without reason
    down: Array  # log-odds of a step down in a year without reason
    pace: Array  # part of the way economic ties move a year


@dataclass(frozen=True, kw_only=True)
class ExogenousDrivers(ArrayBundle):
    """Exogenous drivers of this year: observed series and the scenario's dated events."""

    power: Array  # (1, partner) share of combined capability
    partner_growth: Array  # (1, partner) fraction a year: in dollars while observed, then real
    world_growth: Array  # (1, 1) the same of all other markets
    growth: Array  # (state, 1) expected growth, fraction a year
    growth_spread: Array  # (1, 1) standard deviation of the yearly shock to it
    pact: Array  # (state, partner) defence pact, 0/1
    access: Array  # (state, partner) base access, 0-1
    openness: Array  # (state, 1) of the political system, 0-1
    turnover: Array  # (state, 1) chance of a change of leader; 0 or 1 where it was observed
    affinity: Array  # (state, partner) political affinity, 0-1
    reverse_dependence: Array  # (state, partner) share of the partner's trade
    eligible: Array  # (state, partner) 0/1 for security aid
    rivalry_level: Array  # (1, 1) level the scenario approaches
    rivalry_shock: Array  # (1, 1) dated events
    pressure_shock: Array  # (state, partner) dated events
    incident_shock: Array  # (state, partner) dated events, count
    ambient: Array  # (1, 1) growth of presence at sea since the last observed year, 1 = none
    demand: Array  # (state, partner) 0-1, what a power demands of a state this year
    legitimacy_shock: Array  # (1, partner) blow to a power's standing, 1 = Iraq 2003


@dataclass(frozen=True, kw_only=True)
class Situation(ArrayBundle):
    """What everybody can see this year before deciding."""

    outlook: ExogenousDrivers
    growth: Array  # (state, 1) fraction a year, shock included
    rivalry: Array  # (1, 1)
    courtship: Array  # (1, partner) log-odds
    turned: Array  # (state, 1) 1 where the leader changed this year
    lean: Array  # (state, 1) after any change of leader
    others_stance: Array  # (state, 1) mean stance of the other members last year
    others_steps: Array  # (state, partner) mean trace of the other members' steps up
    mean_gdp: Array  # (1, 1) mean log of GDP over the states
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
    """What each state's public and government do this year, with every term of it."""

    of_world: ClassVar[frozenset[str]] = frozenset({"room"})

    opinion: Opinion
    publicity: Array  # (state, partner) 0-1, how far incidents are aired
    stance: Stance
    room: Array  # (1, 1)
    acts: Acts
    demand: Demand
    stocks: Stocks
    bound: Array  # (state, partner) 0-1, pact or access to bases
    forward: Array  # (state, partner) 0-1, presence of the partner's forces against what is usual
    security_tie: Array  # (state, option)
    reassurance: Array  # (state, partner)
    resolve: Array  # (state, 1)
    effort: Array  # (state, 1)
    threat: Array  # (state, partner) as perceived
    leverage: Array  # (state, partner)
    worth: Array  # (state, partner) of last year's aid, doublings


@dataclass(frozen=True, kw_only=True)
class MaritimeEncounter(ArrayBundle):
    """What happened at sea this year."""

    incidents: Array  # (state, partner) count
    encroachment: Array  # (state, 1) 0-1, what pressure achieved
    safety: Array  # (state, 1) 0-1, the state's grip on its waters


@dataclass(frozen=True, kw_only=True)
class RandomDraws(ArrayBundle):
    """This year's draws: uniforms for events, standard normals for swings."""

    of_world: ClassVar[frozenset[str]] = frozenset({"rivalry", "courtship"})

    turnover: Array  # uniform, (state, 1)
    incidents: Array  # uniform, (state, 1)
    answer: Array  # uniform, (state, 1), to demands
    contract: Array  # uniform, (state, 1), of arms
    leaning: Array  # normal, (state, 1)
    growth: Array  # normal, (state, 1)
    trade: Array  # normal, (state, 1)
    act: Array  # uniform, (state, partner)
    coercion: Array  # uniform, (state, partner)
    mood: Array  # normal, (state, partner)
    courtship: Array  # normal, (1, partner)
    rivalry: Array  # normal, (1, 1)


@dataclass(frozen=True, kw_only=True)
class StartReading(ArrayBundle):
    """What ties and answers tell of the start, besides the memory: what was answered, and how far it all may be off."""

    stance_sd: (
        Array  # (state, 1) how far stances stray from what ties tell; 0 where all start as observed
    )
    trust_sd: Array  # (state, partner) of trust by the answers about it
    answer: Array  # (state, 1) log-odds of choosing the United States over China, filtered
    precision: Array  # (state, 1) one over the variance of that; 0 where it is not heard
    side: Array  # (1, partner) 1 the United States, -1 China in that question, 0 else


@dataclass(frozen=True, kw_only=True)
class StartDraws(ArrayBundle):
    """What the filtered start leaves open, drawn once a run: standard normals."""

    stance: Array  # (state, 1)
    trust: Array  # (state, partner)
