"""The year once more, as one compiled loop over runs: what the engines' values and speed are measured against.

The one second copy of the rules there may be, kept out of the product. Written by hand: scalars, no temporaries, and whatever no
run can change worked out once a year. It starts from the engine's own first memory and covers weighted motives and declared
allocation (every power shares out security aid as in the past). `tests/engines/test_loop.py` holds it to the engine. Needs numba.
"""

from __future__ import annotations

import math
from collections import namedtuple
from functools import cache
from typing import Any

import numpy as np
from numba import njit

from sim.config import Settings
from sim.engines.context import SimulationContext
from sim.engines.drivers import drivers
from sim.engines.ensemble import first_memory
from sim.engines.points import rules_by_run
from sim.rules import threat
from sim.rules.courtship import japan
from sim.rules.forms import FAINT
from sim.rules.ruler import PAPER, TOP
from sim.world.draws import yearly_draws

BY_STATE = ("turnover", "incidents", "answer", "contract", "leaning", "growth", "trade")
BY_PAIR = ("act", "coercion", "mood")
OUTPUT = ("trust", "dependence", "pressure", "incidents", "steps", "conceded")
COLUMNS = ("stance", "capacity", "resolve", "encroachment", "safety")
ROWS = (
    *("power", "partner_growth", "economic_budget", "effectiveness", "sting", "training"),
    *("exercises", "exchange", "ambition", "coerciveness", "credibility", "presence", "camp"),
    *("up", "down", "pace", "legitimacy_shock"),
)
FAST: dict[str, Any] = {"error_model": "numpy", "fastmath": {"contract"}}


@cache
def _kind(name: str, fields: tuple[str, ...]) -> Any:
    """One class for the same names: the loop is compiled anew for every class."""
    return namedtuple(name, fields)


def _named(name: str, values: dict[str, Any]) -> Any:
    return _kind(name, tuple(values))(**values)


def prepared(
    stage: SimulationContext, point: Settings, *, first: int, runs: int
) -> tuple[Any, ...]:
    """Plain arrays for `loop`: structure, memory by run, numbers, and by year planes, rows, columns, world and luck."""
    rules = rules_by_run([point], runs)
    numbers = {
        f"{group}_{name}": float(value)
        for group, values in vars(rules).items()
        for name, value in vars(values).items()
        if not isinstance(value, str)  # the choice among theories
    }
    planes, rows, columns, world = [], [], [], []
    for _, (conduct, outlook) in drivers(stage, [point], runs):
        planes.append(_planes(stage, rules, conduct, outlook))
        rows.append([getattr(conduct if hasattr(conduct, r) else outlook, r)[0] for r in ROWS])
        columns.append([getattr(outlook, c)[:, 0] for c in ("growth", "openness", "turnover")])
        world.append([float(np.ravel(getattr(outlook, w))[0]) for w in
                      ("growth_spread", "rivalry_level", "rivalry_shock", "world_growth", "ambient")])  # fmt: skip
    structure = {
        name: value[:, 0] if value.shape[1] == 1 else value[0] if value.shape[0] == 1 else value
        for name, value in vars(stage.structure).items()
    }
    start = vars(first_memory(stage, [point], first=first, replicates=runs))
    memory = {  # each a copy of its own: the loop carries it on in place
        name: np.array(np.broadcast_to(value, (runs, *value.shape[1:])), order="C")
        for name, value in start.items()
    }
    drawn = yearly_draws(
        seed=point.seed, states=stage.states, partners=stage.partners, years=stage.years,
        first_run=first, runs=runs,
    )  # fmt: skip
    luck = {name: drawn[name][:, 0] for name in BY_STATE}
    luck |= {name: drawn[name] for name in BY_PAIR}
    luck |= {"courtship": drawn["courtship"][:, :, 0], "rivalry": drawn["rivalry"][:, 0, 0]}
    tables = [np.ascontiguousarray(part) for part in (planes, rows, columns, world)]
    return (_named("S", structure), _named("M", memory), _named("N", numbers), *tables,
            _named("L", luck))  # fmt: skip


def _planes(stage: SimulationContext, rules: Any, conduct: Any, outlook: Any) -> list[np.ndarray]:
    """What belongs to a state and a power and no run can change: grants, nearness, bonds, affinity, trade, events."""
    grant = japan.share_out(
        budget=conduct.security_budget, keys={"historical": stage.structure.security_share},
        choice={"historical": conduct.allocation["historical"]}, eligible=outlook.eligible,
    )  # fmt: skip
    near = threat.proximity(
        distance=stage.structure.distance, contiguous=stage.structure.contiguous,
        presence=conduct.presence, gradient=rules.threat.gradient, border=rules.threat.border,
    )  # fmt: skip
    each = (grant, near, np.maximum(outlook.pact, outlook.access), outlook.affinity,
            outlook.reverse_dependence, outlook.pressure_shock, outlook.incident_shock, outlook.demand)  # fmt: skip
    return [np.broadcast_to(plane, stage.structure.distance.shape) for plane in each]


@njit(**FAST)
def _others(own, total, member, count):
    if member == 0.0 or count - member == 0.0:
        return own
    return (total - member * own) / (count - member)


@njit(**FAST)
def _against(west, east, camp):
    return max(camp, 0.0) * east + max(-camp, 0.0) * west


@njit(**FAST)
def _clip(value, low=0.0, high=1.0):
    return min(max(value, low), high)


@njit(**FAST)
def _tipped(value):
    rest = math.exp(-abs(value))
    return (rest if value < 0.0 else 1.0) / (1.0 + rest)


@njit(**FAST)
def _toward(current, target, rate):
    return (1.0 - rate) * current + rate * target


@njit(**FAST)
def _half(amount, half):
    return amount / (amount + half)


@njit(**FAST)
def _doublings(amount, half):
    return math.log2(1.0 + amount / half)


@njit(**FAST)
def _see(S, M, N, L, r, y, camp, world, column, lean, turned, others):
    """Rivalry, courtship, new leaders, what the other members do; returns rivalry, joint resolve, mean log GDP."""
    n, P = S.distance.shape
    sided, log_gdp, stances, members = 0.0, 0.0, 0.0, S.member.sum()
    for i in range(n):
        leaning = 0.0
        for p in range(P):
            leaning += camp[p] * M.security_tie[r, i, p]
        sided += abs(leaning)
        log_gdp += math.log(M.gdp[r, i, 0])
        stances += S.member[i] * M.stance[r, i, 0]
        turned[i] = 1.0 if L.turnover[y, i, r] < column[2, i] else 0.0
        lean[i] = M.lean[r, i, 0]
        if turned[i] == 1.0:
            realigns = L.turnover[y, i, r] < N.leadership_realigning * column[2, i]
            spread = N.leadership_realigned if realigns else N.leadership_ordinary
            lean[i] = spread * L.leaning[y, i, r]
    for p in range(P):
        total = 0.0
        for i in range(n):
            total += S.member[i] * M.recent[r, i, p]
        for i in range(n):
            others[i, p] = _others(M.recent[r, i, p], total, S.member[i], members)
        M.courtship[r, 0, p] = (
            N.acts_keep * M.courtship[r, 0, p] + N.acts_drift * L.courtship[y, p, r]
        )
    for i in range(n):
        others[i, P] = _others(M.stance[r, i, 0], stances, S.member[i], members)
    old = M.rivalry[r, 0, 0]
    rivalry = _clip(old + N.rivalry_adjustment * (world[1] - old) + N.rivalry_feedback * (sided / n)
                    + world[2] + N.rivalry_noise * L.rivalry[y, r])  # fmt: skip
    return rivalry, log_gdp / n


@njit(**FAST)
def _press(S, M, N, r, ambition, coercive, camp, plane, ambient, pressed, coerced, peers):
    """Pressure at sea and coercion off it, and what each claimant sees of the others' resolve."""
    n, P = S.distance.shape
    claimants, resisting = S.claimant.sum(), 0.0
    for i in range(n):
        resisting += S.claimant[i] * M.resolve[r, i, 0]
    several = 1.0 if claimants > 1.0 else 0.0
    joint = several * resisting / max(claimants, 1.0)
    jointly = N.courtship_deterrence_collective * _tipped(
        N.courtship_collective_steepness * (joint - N.courtship_collective_threshold)
    )
    for i in range(n):
        own = M.resolve[r, i, 0]
        peers[i] = several * S.claimant[i] * _others(own, resisting, S.claimant[i], claimants)
        alone = N.courtship_deterrence_capacity * _half(M.capacity[r, i, 0], 1.0) * own
        deterred = 1.0 - (1.0 - alone) * (1.0 - jointly)
        ws, es, we, ee, wp, ep = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for p in range(P):
            w, e = max(camp[p], 0.0), max(-camp[p], 0.0)
            ws += w * M.security_tie[r, i, p]
            es += e * M.security_tie[r, i, p]
            we += w * M.economic_tie[r, i, p]
            ee += e * M.economic_tie[r, i, p]
            wp += w * M.provocation[r, i, p]
            ep += e * M.provocation[r, i, p]
        for p in range(P):
            secure, trade = _against(ws, es, camp[p]), _against(we, ee, camp[p])
            push = (ambition[p] * S.stake[i, p] * (1.0 - deterred)
                    * (1.0 + N.courtship_sharpening * secure + _against(wp, ep, camp[p]))
                    * (1.0 - N.courtship_softening * M.reassurance[r, i, p]))  # fmt: skip
            usual, first = M.usual_push[r, i, p], M.first_pressure[r, i, p]
            target = max(push - usual, 0.0)
            target += first * (min(push / usual, 1.0) if usual > 0.0 else 1.0)
            level = 1.0 - (1.0 - min(target, 1.0)) ** ambient
            moved = _toward(M.pressure[r, i, p], level, N.courtship_pressure_adjustment)
            pressed[i, p] = _clip(moved + plane[5, i, p])
            coerced[i, p] = coercive[p] * (
                N.courtship_indiscriminate
                + (1.0 - N.courtship_indiscriminate) * 0.5 * (secure + trade))  # fmt: skip


@njit(**FAST)
def loop(S, M, N, planes, rows, columns, worlds, L, ties, pairs, singles, rivalries):
    """Run all runs and years; ties (run, year, domain, state, option), pairs (run, year, name, state, partner), singles
    (run, year, name, state) and rivalries (run, year) are written, and M is carried on."""
    years, _, n, P = planes.shape
    runs = M.trust.shape[0]
    lean, turned, peers = np.empty(n), np.empty(n), np.empty(n)
    others, pressed, coerced = np.empty((n, P + 1)), np.empty((n, P)), np.empty((n, P))
    finance, budgeted = np.empty((n, P)), np.empty(P)
    fear, lever, offer, shield, worth = np.empty(P), np.empty(P), np.empty(P), np.empty(P), np.empty(P)  # fmt: skip
    trust, presser, likely, step, climb = np.empty(P), np.empty(P), np.empty(P), np.empty(P), np.empty(P)  # fmt: skip
    refused, accepted, arms, tie, rises = np.empty(P), np.empty(P), np.empty(P), np.empty(P), np.empty(P)  # fmt: skip
    weight, expected = np.empty(P), np.empty(P)
    for r in range(runs):
        for y in range(years):
            plane, column, world = planes[y], columns[y], worlds[y]
            power, grown, budget, effective, sting, training = rows[y, :6]
            exercises, exchange, ambition, coercive, credible, presence, camp = rows[y, 6:13]
            ups, downs, pace, blow = rows[y, 13:]
            rivalry, mean_gdp = _see(S, M, N, L, r, y, camp, world, column, lean, turned, others)
            _press(S, M, N, r, ambition, coercive, camp, plane, world[4], pressed, coerced, peers)
            budgeted[:] = 0.0
            for i in range(n):
                wavering = N.courtship_waver * (1.0 - abs(M.stance[r, i, 0]))
                for p in range(P):
                    finance[i, p] = S.economic_share[i, p] * math.exp(
                        N.courtship_favour * M.economic_tie[r, i, p] + wavering
                    )
                    budgeted[p] += finance[i, p]
            room = N.room_ample * (1.0 - N.room_shrink * rivalry)
            power_west, power_east = 0.0, 0.0
            for p in range(P):
                power_west += max(camp[p], 0.0) * power[p]
                power_east += max(-camp[p], 0.0) * power[p]
            for i in range(n):
                grant, near, bound = plane[0, i], plane[1, i], plane[2, i]
                affinity, reverse = plane[3, i], plane[4, i]
                stance, firm, capacity = M.stance[r, i, 0], M.resolve[r, i, 0], M.capacity[r, i, 0]
                gdp, openness = M.gdp[r, i, 0], column[1, i]
                # reckon
                threats, pressing, wq, eq, wb, eb, wr, er = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
                for p in range(P):
                    grief = 1.0 - (1.0 - M.pressure[r, i, p]) / (1.0 + M.salience[r, i, p])
                    hostile = (1.0 - M.trust[r, i, p]) * (
                        N.threat_base + (1.0 - N.threat_base) * grief
                    )
                    fear[p] = power[p] * near[p] * (1.0 - N.threat_intent + N.threat_intent * hostile)  # fmt: skip
                    threats += fear[p]
                    pressing += M.pressure[r, i, p]
                    w, e = max(camp[p], 0.0), max(-camp[p], 0.0)
                    wq += w * M.pressure[r, i, p]
                    eq += e * M.pressure[r, i, p]
                    wb += w * bound[p]
                    eb += e * bound[p]
                    wr += w * M.recent[r, i, p]
                    er += e * M.recent[r, i, p]
                    lever[p] = max(M.dependence[r, i, p] - reverse[p], 0.0)
                    worth[p] = _doublings(M.security_aid[r, i, p], N.offers_security_half) + _doublings(
                        M.economic_aid[r, i, p] / (1000.0 * S.first_gdp[i]), N.offers_economic_half)  # fmt: skip
                    beyond = worth[p] - M.usual_worth[r, i, p]
                    offer[p] = N.offers_cut * beyond if beyond < 0.0 else beyond
                # the public
                protect, dragged, leverage, public, gifts, values, alike = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0  # fmt: skip
                for p in range(P):
                    open_ = ((1.0 - N.protection_base)
                             * (1.0 - bound[p] * (PAPER + (1.0 - PAPER) * M.use[r, i, p]))
                             * (1.0 - N.protection_rung_weight * M.rung[r, i, p] / TOP)
                             * (1.0 - N.protection_exercise_weight
                                * _half(exercises[p], N.protection_exercise_half)))  # fmt: skip
                    shield[p] = (power[p] * near[p] * credible[p] * (1.0 - open_)
                                 * (threats - fear[p] + N.protection_ambient))  # fmt: skip
                    aired = _tipped(
                        N.opinion_publicity + N.opinion_publicity_quarrel * S.quarrel[i, p]
                        + N.opinion_publicity_shield * min(_against(wb, eb, camp[p]), 1.0)
                        + N.opinion_publicity_openness * openness
                        - N.opinion_publicity_stance * camp[p] * stance)  # fmt: skip
                    aired *= 1.0 - N.opinion_hush * M.concession[r, i, p]
                    harm = N.opinion_incidents * aired * math.log1p(
                        M.incidents[r, i, p] * (1.0 + N.opinion_severity * firm))  # fmt: skip
                    met = _doublings(exchange[p], N.opinion_exchange_half)
                    usual = _doublings(S.exchange[p], N.opinion_exchange_half)
                    base, old = M.trust_base[r, i, p], M.trust[r, i, p]
                    trust[p] = _clip(
                        old + N.opinion_swing * (base - old)
                        + N.opinion_swing * N.opinion_credibility * (credible[p] - S.credibility[p])
                        + N.opinion_aid * offer[p] + N.opinion_exchange * (met - usual) - harm
                        - N.opinion_episode * M.episode[r, i, p] - N.opinion_coercion * M.coercion[r, i, p]
                        - N.opinion_legitimacy * blow[p] + N.opinion_noise * L.mood[y, p, i, r])  # fmt: skip
                    M.trust_base[r, i, p] = _clip(
                        base + N.opinion_scar * (trust[p] - base)
                        + N.opinion_back * (M.trust_anchor[r, i, p] - base))  # fmt: skip
                    ready = N.stance_readiness + (1.0 - N.stance_readiness) * coercive[p]
                    protect += camp[p] * shield[p]
                    quarrel = rivalry * _against(power_west, power_east, camp[p])
                    dragged += camp[p] * quarrel * M.security_tie[r, i, p]
                    leverage += camp[p] * lever[p] * ready
                    public += camp[p] * trust[p]
                    gifts += camp[p] * offer[p]
                    values += max(camp[p], 0.0) * M.coercion[r, i, p]
                    alike += camp[p] * affinity[p]
                # the government
                motives = (
                    N.stance_protection * protect - N.stance_entrapment * dragged + N.stance_leverage * leverage
                    + N.stance_opinion * (N.stance_closed + (1.0 - N.stance_closed) * openness) * public
                    + N.stance_offers * gifts - N.stance_values * (1.0 - openness) * values
                    + N.stance_legitimacy * alike + N.stance_neighbours * others[i, P]
                    + lean[i] + M.disposition[r, i, 0]) / room  # fmt: skip
                aim, before = math.tanh(motives), math.tanh(motives - (lean[i] - M.lean[r, i, 0]) / room)  # fmt: skip
                wanted = _clip(stance + N.stance_speed * (aim - stance)
                               + (1.0 - N.stance_speed) * (aim - before), -1.0, 1.0)  # fmt: skip
                # answers and acts
                asked = 0.0
                for p in range(P):
                    odds = (N.demand_stance * camp[p] * wanted + N.demand_protection * shield[p]
                            + N.demand_leverage * lever[p] + N.demand_autonomy - N.demand_capacity * capacity)  # fmt: skip
                    likely[p] = plane[7, i, p] * math.exp(_clip(odds, -30.0, 30.0))
                    asked += likely[p]
                reached, wa, ea = 0.0, 0.0, 0.0
                for p in range(P):
                    upto = reached + likely[p] / (1.0 + asked)
                    yes = reached <= L.answer[y, i, r] < upto and plane[7, i, p] > 0.0
                    accepted[p] = 1.0 if yes else 0.0
                    refused[p] = 1.0 if plane[7, i, p] > 0.0 and not yes else 0.0
                    wa += max(camp[p], 0.0) * accepted[p]
                    ea += max(-camp[p], 0.0) * accepted[p]
                    reached = upto
                size = N.acts_size * (math.log(gdp) - mean_gdp)
                for p in range(P):
                    score = (
                        N.acts_pressure * M.pressure[r, i, p] + N.acts_counterpressure * _against(wq, eq, camp[p])
                        + N.acts_stance * camp[p] * wanted + N.acts_offers * offer[p]
                        + N.acts_gap * (1.0 - M.rung[r, i, p] / TOP)
                        + N.acts_compensation * _against(wr, er, camp[p]) + N.acts_neighbours * others[i, p]
                        + N.acts_turnover * turned[i] + N.acts_rivalry * (rivalry - N.rivalry_start))  # fmt: skip
                    rise = math.exp(
                        _clip(ups[p] + M.courtship[r, 0, p] + size + score, -30.0, 30.0)
                    )
                    fall = 0.0
                    if M.rung[r, i, p] > 0.0:
                        fall = math.exp(_clip(downs[p] + size - score, -30.0, 30.0))
                    rise, fall = rise / (1.0 + rise + fall), fall / (1.0 + rise + fall)
                    draw = L.act[y, p, i, r]
                    last, double = 1.0 - draw, N.acts_double
                    step[p] = (draw < rise) + (draw < double * rise)
                    step[p] -= (last < fall) + (last < double * fall)
                    high = N.acts_climb * rise
                    climb[p] = (
                        (draw < high) + (draw < N.acts_leap * high) - (last < N.acts_slip * fall)
                    )
                    away = refused[p] == 1.0 or _against(wa, ea, camp[p]) > 0.5
                    if accepted[p] == 1.0:
                        step[p], climb[p] = 2.0, 2.0
                    elif away:
                        step[p], climb[p] = -1.0, -1.0
                # resolve and effort
                w, e, aw, ae, felt, exposed, grievance = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
                for p in range(P):
                    presser[p] = M.pressure[r, i, p] / max(pressing, FAINT)
                    w += max(camp[p], 0.0) * M.security_tie[r, i, p] * credible[p]
                    e += max(-camp[p], 0.0) * M.security_tie[r, i, p] * credible[p]
                    ae += max(-camp[p], 0.0) * presser[p]
                    aw += max(camp[p], 0.0) * presser[p]
                    felt += presser[p] * M.salience[r, i, p]
                    exposed += presser[p] * M.dependence[r, i, p]
                    grievance += M.pressure[r, i, p] + presser[p] * M.salience[r, i, p]
                drive = (N.resolve_capacity * _half(capacity, 1.0) + N.resolve_backing * (w * ae + e * aw)
                         + N.resolve_salience * _half(felt, 1.0) + N.resolve_peers * peers[i]
                         - N.resolve_exposure * exposed)  # fmt: skip
                aimed = S.claimant[i] * _tipped(N.resolve_steepness * (drive - N.resolve_threshold))
                resolve = _toward(firm, aimed, N.resolve_adjustment)
                effort = N.capacity_effort_max * _half(grievance, N.capacity_effort_half)
                # stocks
                total, traded, rest = 0.0, S.first_economic[i, P], 1.0
                for p in range(P):
                    M.rung[r, i, p] = _clip(M.rung[r, i, p] + climb[p], 0.0, TOP)
                    climbed = (M.rung[r, i, p] - S.first_rung[i, p]) / TOP
                    rest -= S.first_arms[i, p]
                    weight[p] = S.first_arms[i, p] * math.exp(_clip(
                        N.stocks_arms_stance * camp[p] * (wanted - M.first_stance[r, i, 0])
                        + N.stocks_arms_offers * offer[p] + N.stocks_arms_agreements * climbed, -10.0, 10.0))  # fmt: skip
                    total += weight[p]
                    tie[p] = S.first_economic[i, p] * math.exp(_clip(
                        N.stocks_market * M.market[r, 0, p] + N.stocks_economic_offers * offer[p]
                        + N.stocks_economic_agreements * climbed
                        - N.stocks_economic_coercion * M.episode[r, i, p], -10.0, 10.0))  # fmt: skip
                    traded += tie[p]
                pick, reached, held, raw = L.contract[y, i, r] / N.stocks_contracts, 0.0, 0.0, 0.0
                for p in range(P):
                    M.arms_mix[r, i, p] = _toward(
                        M.arms_mix[r, i, p], weight[p] / (total + rest), N.stocks_arms_pace
                    )
                    upto = reached + M.arms_mix[r, i, p]
                    if pick < 1.0:
                        won = 1.0 if reached <= pick < upto else 0.0
                        M.arms[r, i, p] += N.stocks_lump * (won - M.arms[r, i, p])
                    reached = upto
                    tie[p] = _toward(M.economic_tie[r, i, p], tie[p] / traded, pace[p]) * math.exp(
                        -N.stocks_trade_noise * L.trade[y, i, r] * camp[p])  # fmt: skip
                    held += tie[p]
                    M.use[r, i, p] = _clip(M.use[r, i, p] + N.ties_per_step * step[p])
                    M.renewed[r, i, p] = 0.0 if step[p] > 0.0 else M.renewed[r, i, p] + 1.0
                    forward = _clip(presence[p] / max(S.presence[p], 0.01))
                    faded = M.rung[r, i, p] * math.exp(
                        -(1.0 - bound[p]) * M.renewed[r, i, p] / N.ties_fade
                    )
                    arms[p] = (N.ties_arms * M.arms[r, i, p]
                               + N.ties_bond * bound[p] * (PAPER + (1.0 - PAPER) * M.use[r, i, p] * forward)
                               + N.ties_agreements * (1.0 - math.exp(-faded / N.ties_bend)))  # fmt: skip
                    raw += arms[p]
                most, own, wt, et, sold = 1.0 - N.ties_own_least, 1.0, 0.0, 0.0, 1.0
                for p in range(P):
                    now = arms[p] * most / max(raw, most)
                    rises[p] = max(now - M.security_tie[r, i, p], 0.0)
                    M.security_tie[r, i, p] = now
                    own -= now
                    wt += max(camp[p], 0.0) * rises[p]
                    et += max(-camp[p], 0.0) * rises[p]
                    M.economic_tie[r, i, p] = tie[p] / max(held, 1.0)
                    sold -= M.economic_tie[r, i, p]
                M.security_tie[r, i, P], M.economic_tie[r, i, P] = own, sold
                # meet at sea
                passive = N.sea_passive + (1.0 - N.sea_passive) * resolve
                mean, attack, granted = 0.0, 0.0, 0.0
                for p in range(P):
                    expected[p] = N.sea_incident_rate * pressed[i, p] * passive
                    mean += expected[p]
                    attack += pressed[i, p]
                    granted += grant[p]
                count, chance = 0.0, math.exp(-mean)
                reached = chance
                while L.incidents[y, i, r] > reached and count < 150.0:
                    count += 1.0
                    chance = chance * mean / count
                    reached += chance
                met = max(attack, FAINT)
                lost = attack / met / (1.0 + (capacity * passive / met) ** N.sea_decisiveness)
                # settle
                gear, taught, grown_trade = 0.0, 0.0, 0.0
                for p in range(P):
                    slight = _against(wt, et, camp[p])
                    M.reassurance[r, i, p] = 1.0 - math.exp(-N.reassurance_rate * lever[p] * slight)
                    share = expected[p] / (mean if mean > 0.0 else 1.0)
                    M.incidents[r, i, p] = max(count * share + plane[6, i, p], 0.0)
                    M.salience[r, i, p] = (N.sea_fade * M.salience[r, i, p] + coerced[i, p]
                                           + N.sea_weight * M.incidents[r, i, p])  # fmt: skip
                    draw, running = L.coercion[y, p, i, r], M.episode[r, i, p]
                    begun = N.coercion_rate * coerced[i, p]
                    broke = max(refused[p], (1.0 if draw < begun else 0.0) * (1.0 - running))
                    yields = _clip(N.coercion_yields + N.coercion_leverage * lever[p])
                    won = broke if draw < begun * yields else 0.0
                    M.conceded[r, i, p] = won
                    M.concession[r, i, p] = max(won, M.concession[r, i, p] * (1.0 - turned[i]))
                    M.episode[r, i, p] = max(broke, 0.0 if draw < N.coercion_end else running)
                    others_gave = (granted - grant[p]) / (granted if granted > 0.0 else 1.0)
                    M.security_aid[r, i, p] = grant[p] * (
                        1.0 + N.courtship_coordination * others_gave
                    )
                    gear += M.security_aid[r, i, p] * effective[p]
                    taught += training[p] if S.area[i] > 0.0 else 0.0
                    divisor = budgeted[p] if budgeted[p] > 0.0 else 1.0
                    M.economic_aid[r, i, p] = budget[p] * finance[i, p] / divisor
                    M.provocation[r, i, p] = sting[p] * _half(
                        grant[p], N.courtship_provocation_half
                    )
                    M.usual_worth[r, i, p] = _toward(
                        M.usual_worth[r, i, p], worth[p], N.offers_habit
                    )
                    M.recent[r, i, p] = N.acts_fade * M.recent[r, i, p] + max(step[p], 0.0)
                    first = S.first_economic[i, p]
                    weight[p] = (
                        S.first_dependence[i, p]
                        * M.economic_tie[r, i, p]
                        / (first if first > 0.0 else 1.0)
                    )
                    weight[p] *= 1.0 - N.coercion_cut * M.episode[r, i, p]
                    grown_trade += weight[p]
                for p in range(P):
                    M.dependence[r, i, p] = weight[p] / max(grown_trade, 1.0)
                    M.trust[r, i, p], M.pressure[r, i, p] = trust[p], pressed[i, p]
                    M.coercion[r, i, p] = coerced[i, p]
                taught = _half(taught, N.capacity_training_half)
                absorbed = N.capacity_absorbed_alone + (1.0 - N.capacity_absorbed_alone) * taught
                added = 0.0
                if S.area[i] > 0.0:
                    manned = _half(M.own_capacity[r, i, 0], N.capacity_staff_half)
                    gap = _clip(1.0 - capacity / N.capacity_ceiling)
                    added = (N.capacity_effectiveness * gear * absorbed * manned * gap
                             / (N.capacity_unit_requirement * math.sqrt(S.area[i])))  # fmt: skip
                waiting = M.pipeline[r, i, 0] + added
                arrived = N.capacity_arriving * waiting
                M.pipeline[r, i, 0] = waiting - arrived
                richer = gdp * (1.0 + column[0, i] + world[0] * L.growth[y, i, r])
                means = (M.own_capacity[r, i, 0] * (richer / S.first_gdp[i]) ** N.capacity_elasticity
                         * (1.0 + effort))  # fmt: skip
                M.capacity[r, i, 0] = _toward(capacity, means, N.capacity_wear) + arrived
                M.gdp[r, i, 0], M.stance[r, i, 0], M.resolve[r, i, 0] = richer, wanted, resolve
                M.lean[r, i, 0] = lean[i]
                shared = M.shared_disposition[r, 0, 0]
                M.disposition[r, i, 0] = shared + N.stance_persistence * (
                    M.disposition[r, i, 0] - shared
                )
                singles[r, y, :, i] = (wanted, M.capacity[r, i, 0], resolve, lost,
                                       _half(capacity, N.sea_safety_half) * (1.0 - lost))  # fmt: skip
                pairs[r, y, 4, i] = step
            M.rivalry[r, 0, 0] = rivalries[r, y] = rivalry
            for p in range(P):
                M.market[r, 0, p] += math.log1p(grown[p]) - math.log1p(world[3])
            ties[r, y, 0], ties[r, y, 1] = M.security_tie[r], M.economic_tie[r]
            pairs[r, y, 0], pairs[r, y, 1] = M.trust[r], M.dependence[r]
            pairs[r, y, 2], pairs[r, y, 3] = M.pressure[r], M.incidents[r]
            pairs[r, y, 5] = M.conceded[r]


def run_loop(
    stage: SimulationContext, point: Settings, *, first: int = 0, runs: int
) -> dict[str, np.ndarray]:
    """Run the loop; name -> (run, year, state, partner or option), as `FOR_OUTCOMES` names them."""
    given = prepared(stage, point, first=first, runs=runs)
    years, _, n, partners = given[3].shape
    ties = np.empty((runs, years, 2, n, partners + 1))
    pairs = np.empty((runs, years, len(OUTPUT), n, partners))
    singles, rivalries = np.empty((runs, years, len(COLUMNS), n)), np.empty((runs, years))
    loop(*given, ties, pairs, singles, rivalries)
    result = {"security_tie": ties[:, :, 0], "economic_tie": ties[:, :, 1], "rivalry": rivalries}
    result |= {name: pairs[:, :, place] for place, name in enumerate(OUTPUT)}
    return result | {name: singles[:, :, place] for place, name in enumerate(COLUMNS)}
