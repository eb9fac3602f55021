"""The year once more, as one compiled loop over runs: what the engines' speed is measured against.

The one second copy of the rules there may be, kept out of the product. Written for speed by hand: scalars, no temporaries,
and whatever no run can change worked out once a year. `benchmarks/run.py` checks it against the engine at 1e-12.
Covers the declared policies (every power shares out security aid as in the past). Needs numba.
"""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np
from numba import njit

from sim.config import Settings
from sim.engines.context import SimulationContext
from sim.engines.drivers import drivers
from sim.engines.points import rules_by_run
from sim.rules import protection, threat
from sim.rules.courtship import japan
from sim.rules.forms import FAINT
from sim.world.draws import yearly_draws

LUCK = ("turnover", "leaning", "mood", "growth", "incidents")
PLANES = ("grant", "near", "bound", "affinity", "reverse", "pressure_shock", "incident_shock")
ROWS = [
    "power",
    "partner_growth",
    "economic_budget",
    "effectiveness",
    "sting",
    "training",
    "exercises",
    "exchange",
    "ambition",
    "coerciveness",
    "credibility",
    "camp",
]


def _named(name: str, values: dict[str, Any]) -> Any:
    return namedtuple(name, values)(**values)


def prepared(
    stage: SimulationContext, point: Settings, *, first: int, runs: int
) -> tuple[Any, ...]:
    """Plain arrays for `loop`: structure, start, numbers, and by year planes, rows, columns, world and luck."""
    rules = rules_by_run([point], runs)
    numbers = {
        f"{group}_{name}": float(value)
        for group, values in vars(rules).items()
        for name, value in vars(values).items()
        if not isinstance(
            value, str
        )  # the choice among theories: the loop is that of weighted motives
    }
    planes, rows, growth, world = [], [], [], []
    for _, (conduct, outlook) in drivers(stage, [point], runs):
        planes.append(_planes(stage, rules, conduct, outlook))
        rows.append([getattr(conduct if hasattr(conduct, r) else outlook, r)[0] for r in ROWS])
        growth.append(outlook.growth[:, 0])
        world.append([float(outlook.growth_spread[0, 0]), float(outlook.rivalry_level[0, 0]),
                      float(np.ravel(outlook.rivalry_shock)[0])])  # fmt: skip
    s, m = stage.structure, stage.start
    structure = {
        name: value[:, 0] if value.shape[1] == 1 else value for name, value in vars(s).items()
    }
    start = {name: value[:, 0] if value.shape[1] == 1 else value for name, value in vars(m).items()}
    tables = [np.array(part) for part in (planes, rows, growth, world)]
    drawn = yearly_draws(
        seed=point.seed, states=stage.states, years=stage.years, first_run=first, runs=runs
    )
    tables += [np.stack([drawn[name][:, 0] for name in LUCK], axis=1), drawn["rivalry"][:, 0, 0]]
    return _named("S", structure), _named("M", start), _named("N", numbers), *tables


def _planes(stage: SimulationContext, rules: Any, conduct: Any, outlook: Any) -> list[np.ndarray]:
    shape = stage.structure.distance.shape
    grant = japan.share_out(
        budget=conduct.security_budget, keys={"historical": stage.structure.security_share},
        choice={"historical": conduct.allocation["historical"]}, eligible=outlook.eligible,
    )  # fmt: skip
    near = threat.proximity(
        distance=stage.structure.distance, contiguous=stage.structure.contiguous,
        presence=conduct.presence, gradient=rules.threat.gradient, border=rules.threat.border,
    )  # fmt: skip
    weights = {k: getattr(rules.protection, k) for k in vars(rules.protection) if k != "ambient"}
    bound = protection.commitment(
        pact=outlook.pact, access=outlook.access, partnership=outlook.partnership,
        exercises=conduct.exercises, **weights,
    )  # fmt: skip
    found = (grant, near, bound, outlook.affinity, outlook.reverse_dependence,
             outlook.pressure_shock, outlook.incident_shock)  # fmt: skip
    return [np.broadcast_to(plane, shape) for plane in found]


@njit(error_model="numpy", fastmath={"contract"})
def _others(own, total, member, count):
    if member == 0.0 or count - member == 0.0:
        return own
    return (total - member * own) / (count - member)


@njit(error_model="numpy", fastmath={"contract"})
def _against(west, east, camp):
    return max(camp, 0.0) * east + max(-camp, 0.0) * west


@njit(error_model="numpy", fastmath={"contract"})
def _clip(value):
    return min(max(value, 0.0), 1.0)


@njit(error_model="numpy", fastmath={"contract"})
def _tipped(value):
    rest = math.exp(-abs(value))
    return (rest if value < 0.0 else 1.0) / (1.0 + rest)


@njit(error_model="numpy", fastmath={"contract"})
def _toward(current, target, rate):
    return (1.0 - rate) * current + rate * target


@njit(error_model="numpy", fastmath={"contract"})
def loop(S, M, N, planes, rows, growths, worlds, luck, hot, ties, pairs, columns, rivalries):
    """Run all runs and years; ties (run, year, domain, state, option), pairs (run, year, 4, state, partner),
    columns (run, year, 4, state) and rivalries (run, year) are written."""
    years, _, n, P = planes.shape
    runs = hot.shape[1]
    members, claimants = S.member.sum(), S.claimant.sum()
    tie, new_tie = np.empty((2, n, P + 1)), np.empty((2, n, P + 1))
    trust, dep, pressure, coercion, salience, reass, sec_aid, eco_aid, provoc, inc = (
        np.empty((n, P)), np.empty((n, P)), np.empty((n, P)), np.empty((n, P)), np.empty((n, P)),
        np.empty((n, P)), np.empty((n, P)), np.empty((n, P)), np.empty((n, P)), np.empty((n, P)),
    )  # fmt: skip
    new_pressure, new_coercion, new_eco = np.empty((n, P)), np.empty((n, P)), np.empty((n, P))
    cap, res, lean, gdp = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    new_res, leanings, effort = np.empty((n, 1)), np.empty(n), np.empty(n)
    key_total, fear, lever, value = np.empty(P), np.empty(P), np.empty(P), np.empty(P + 1)
    legit, retal, presser, expected = np.empty(P), np.empty(P), np.empty(P), np.empty(P)
    old_res, total = np.empty((n, 1)), np.empty((2, P + 1))
    for r in range(runs):
        tie[0], tie[1] = M.security_tie, M.economic_tie
        trust[:], dep[:], pressure[:], coercion[:] = M.trust, M.dependence, M.pressure, M.coercion
        salience[:], reass[:], sec_aid[:] = M.salience, M.reassurance, M.security_aid
        eco_aid[:], provoc[:] = M.economic_aid, M.provocation
        cap[:], res[:], lean[:], gdp[:] = M.capacity, M.resolve, M.lean, M.gdp
        rivalry = M.rivalry[0]
        for y in range(years):
            grant, near, bound, affinity, reverse, p_shock, i_shock = planes[y]
            power, p_growth, e_budget, effective, sting, training, exercises, exchange = rows[y, :8]
            ambition, coercive, credible, camp = rows[y, 8:]
            spread, level, shock = worlds[y]
            # see
            sided, mean_lean, joint = 0.0, 0.0, 0.0
            for i in range(n):
                leanings[i] = 0.0
                for p in range(P):
                    leanings[i] += camp[p] * tie[0, i, p]
                sided += abs(leanings[i])
                mean_lean += S.member[i] * leanings[i]
                joint += S.claimant[i] * res[i]
                old_res[i, 0] = res[i]
            mean_lean /= max(members, 1.0)
            scatter = 0.0
            for i in range(n):
                scatter += S.member[i] * abs(leanings[i] - mean_lean)
            cohesion = 1.0 - scatter / max(members, 1.0)
            resisting = joint
            joint /= max(claimants, 1.0)
            total[:] = 0.0
            for d in range(2):
                for i in range(n):
                    for o in range(P + 1):
                        total[d, o] += S.member[i] * tie[d, i, o]
            rivalry = _clip(rivalry + N.rivalry_adjustment * (level - rivalry)
                            + N.rivalry_feedback * (sided / n) + shock + N.rivalry_noise * hot[y, r])  # fmt: skip
            for i in range(n):
                if luck[y, 0, i, r] < N.leadership_turnover:
                    heir = (
                        N.leadership_inheritance * lean[i] + N.leadership_spread * luck[y, 1, i, r]
                    )
                    lean[i] = min(max(heir, -1.0), 1.0)
            # court and press
            jointly = N.courtship_deterrence_collective * _tipped(
                N.courtship_collective_steepness * (joint - N.courtship_collective_threshold))  # fmt: skip
            key_total[:] = 0.0
            for i in range(n):
                for p in range(P):
                    new_eco[i, p] = S.economic_share[i, p] * math.exp(
                        N.courtship_favour * tie[1, i, p]
                    )
                    key_total[p] += new_eco[i, p]
            room = N.room_ample * (1.0 - N.room_shrink * rivalry)
            power_west, power_east = 0.0, 0.0
            for p in range(P):
                power_west += max(camp[p], 0.0) * power[p]
                power_east += max(-camp[p], 0.0) * power[p]
            for i in range(n):
                alone = N.courtship_deterrence_capacity * cap[i] / (cap[i] + 1.0) * res[i]
                deterred = 1.0 - (1.0 - alone) * (1.0 - jointly)
                ws, es, we, ee, wp, ep = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
                pressing, threats, wl, el = 0.0, 0.0, 0.0, 0.0
                for p in range(P):
                    w, e = max(camp[p], 0.0), max(-camp[p], 0.0)
                    ws += w * tie[0, i, p]
                    es += e * tie[0, i, p]
                    we += w * tie[1, i, p]
                    ee += e * tie[1, i, p]
                    wp += w * provoc[i, p]
                    ep += e * provoc[i, p]
                    pressing += pressure[i, p]
                    grief = 1.0 - (1.0 - pressure[i, p]) / (1.0 + salience[i, p])
                    hostile = (1.0 - trust[i, p]) * (N.threat_base + (1.0 - N.threat_base) * grief)
                    fear[p] = (
                        power[p] * near[i, p] * (1.0 - N.threat_intent + N.threat_intent * hostile)
                    )
                    threats += fear[p]
                    lever[p] = max(dep[i, p] - reverse[i, p], 0.0)
                    ready = N.retaliation_readiness + (1.0 - N.retaliation_readiness) * coercive[p]
                    wl += w * lever[p] * ready
                    el += e * lever[p] * ready
                for p in range(P):
                    secure, econ = _against(ws, es, camp[p]), _against(we, ee, camp[p])
                    target = (ambition[p] * S.stake[i, p] * (1.0 - deterred)
                              * (1.0 + N.courtship_sharpening * secure + _against(wp, ep, camp[p]))
                              * (1.0 - N.courtship_softening * reass[i, p]))  # fmt: skip
                    moved = _toward(
                        pressure[i, p], min(target, 1.0), N.courtship_pressure_adjustment
                    )
                    new_pressure[i, p] = _clip(moved + p_shock[i, p])
                    new_coercion[i, p] = coercive[p] * (
                        N.courtship_indiscriminate
                        + (1.0 - N.courtship_indiscriminate) * 0.5 * (secure + econ))  # fmt: skip
                    divisor = key_total[p] if key_total[p] > 0.0 else 1.0
                    new_eco[i, p] = e_budget[p] * new_eco[i, p] / divisor
                    anger = 1.0 - (1.0 - coercion[i, p]) / (1.0 + salience[i, p])
                    legit[p] = (N.legitimacy_affinity * affinity[i, p]
                                + N.legitimacy_lean * lean[i] * camp[p] - N.legitimacy_anger * anger)  # fmt: skip
                    retal[p] = rivalry * _against(wl, el, camp[p])
                    presser[p] = pressure[i, p] / max(pressing, FAINT)
                # weigh and choose: security, then economic
                settled = cap[i] / (cap[i] + 1.0)
                for d in range(2):
                    if d == 0:
                        base, by_cap = N.security_autonomy, N.security_autonomy_capacity
                        pull, cost, rate = (
                            N.security_neighbours,
                            N.security_concentration,
                            N.security_adjustment,
                        )
                    else:
                        base, by_cap = N.economic_autonomy, N.economic_autonomy_capacity
                        pull, cost, rate = (
                            N.economic_neighbours,
                            N.economic_concentration,
                            N.economic_adjustment,
                        )
                    top = -np.inf
                    for p in range(P):
                        aid = eco_aid[i, p] / (1000.0 * gdp[i])
                        aid = aid / (aid + N.trust_economic_half)
                        if d == 0:
                            half = sec_aid[i, p] / (sec_aid[i, p] + N.trust_security_half)
                            shield = (power[p] * near[i, p] * credible[p] * bound[i, p]
                                      * (threats - fear[p] + N.protection_ambient))  # fmt: skip
                            trap = (
                                rivalry * tie[0, i, p] * _against(power_west, power_east, camp[p])
                            )
                            value[p] = (N.security_attraction * shield + N.security_aid * 0.5 * (half + aid)
                                        - N.security_entrapment * trap + N.security_trust * trust[i, p]
                                        + N.security_legitimacy * legit[p] - N.security_threat * fear[p]
                                        - N.security_retaliation * retal[p])  # fmt: skip
                        else:
                            value[p] = (N.economic_attraction * dep[i, p] + N.economic_aid * aid
                                        + N.economic_reassurance * reass[i, p] + N.economic_trust * trust[i, p]
                                        + N.economic_legitimacy * legit[p] - N.economic_threat * fear[p]
                                        - N.economic_retaliation * retal[p])  # fmt: skip
                        value[p] += (
                            pull * _others(tie[d, i, p], total[d, p], S.member[i], members)
                            - cost * tie[d, i, p]
                        )
                        value[p] /= room
                        top = max(top, value[p])
                    free = _others(tie[d, i, P], total[d, P], S.member[i], members)
                    value[P] = (base + by_cap * settled + pull * free * (1.0 + N.neighbours_neutrality * cohesion)
                                - cost * tie[d, i, P]) / room  # fmt: skip
                    top = max(top, value[P])
                    weight = 0.0
                    for o in range(P + 1):
                        value[o] = math.exp(value[o] - top)
                        weight += value[o]
                    for o in range(P + 1):
                        new_tie[d, i, o] = _toward(tie[d, i, o], value[o] / weight, rate)
                    if d == 0:
                        w, e = 0.0, 0.0
                        for p in range(P):
                            rise = max(new_tie[0, i, p] - tie[0, i, p], 0.0)
                            w += max(camp[p], 0.0) * rise
                            e += max(-camp[p], 0.0) * rise
                        for p in range(P):
                            slight = _against(w, e, camp[p])
                            reass[i, p] = 1.0 - math.exp(-N.reassurance_rate * lever[p] * slight)
                # resolve and effort
                w, e, aw, ae, felt, exposed, grievance = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
                for p in range(P):
                    w += max(camp[p], 0.0) * tie[0, i, p] * credible[p]
                    e += max(-camp[p], 0.0) * tie[0, i, p] * credible[p]
                    ae += max(-camp[p], 0.0) * presser[p]
                    aw += max(camp[p], 0.0) * presser[p]
                    felt += presser[p] * salience[i, p]
                    exposed += presser[p] * dep[i, p]
                    grievance += pressure[i, p] + presser[p] * salience[i, p]
                peers = S.claimant[i] * _others(old_res[i, 0], resisting, S.claimant[i], claimants)
                drive = (N.resolve_capacity * settled + N.resolve_backing * (w * ae + e * aw)
                         + N.resolve_salience * felt / (felt + 1.0) + N.resolve_peers * peers
                         - N.resolve_exposure * exposed)  # fmt: skip
                aim = S.claimant[i] * _tipped(N.resolve_steepness * (drive - N.resolve_threshold))
                new_res[i, 0] = _toward(res[i], aim, N.resolve_adjustment)
                effort[i] = N.capacity_effort_max * grievance / (grievance + N.capacity_effort_half)
            # meet at sea, and settle
            for i in range(n):
                passive = N.sea_passive + (1.0 - N.sea_passive) * new_res[i, 0]
                mean, attack, given = 0.0, 0.0, 0.0
                for p in range(P):
                    expected[p] = N.sea_incident_rate * new_pressure[i, p] * passive
                    mean += expected[p]
                    attack += new_pressure[i, p]
                    given += grant[i, p]
                count, chance = 0.0, math.exp(-mean)
                reached = chance
                while luck[y, 4, i, r] > reached and count < 150.0:
                    count += 1.0
                    chance = chance * mean / count
                    reached += chance
                met = max(attack, FAINT)
                lost = attack / met / (1.0 + (cap[i] * passive / met) ** N.sea_decisiveness)
                safe = cap[i] / (cap[i] + N.sea_safety_half) * (1.0 - lost)
                richer = gdp[i] * (1.0 + growths[y, i] + spread * luck[y, 3, i, r])
                grown_total, dep_total = 0.0, 0.0
                for p in range(P):
                    dep_total += dep[i, p]
                    grown_total += dep[i, p] * (1.0 + p_growth[p])
                rest = (1.0 - dep_total) * (1.0 + N.dependence_world_growth)
                gear, taught = 0.0, 0.0
                for p in range(P):
                    inc[i, p] = count * expected[p] / (mean if mean > 0.0 else 1.0) + i_shock[i, p]
                    others = (given - grant[i, p]) / (given if given > 0.0 else 1.0)
                    sec_aid[i, p] = grant[i, p] * (1.0 + N.courtship_coordination * others)
                    gear += sec_aid[i, p] * effective[p]
                    train = training[p] * (S.area[i] > 0.0)
                    taught += train
                    aid, acts = new_eco[i, p] / (1000.0 * gdp[i]), train + exercises[p]
                    kept = 0.25 * (grant[i, p] / (grant[i, p] + N.trust_security_half)
                                   + aid / (aid + N.trust_economic_half) + acts / (acts + N.trust_activity_half)
                                   + exchange[p] / (exchange[p] + N.trust_exchange_half))  # fmt: skip
                    hurt = inc[i, p] / (inc[i, p] + N.trust_incident_half)
                    harm = 1.0 - (1.0 - hurt) * (1.0 - new_coercion[i, p])
                    old = trust[i, p]
                    trust[i, p] = _clip(
                        old + N.trust_gain * kept * (1.0 - old) - N.trust_loss * harm * old
                        + N.trust_recovery * (S.trust_baseline[i, p] - old)
                        + N.trust_noise * luck[y, 2, i, r] * camp[p])  # fmt: skip
                    drifted = dep[i, p] * (1.0 + p_growth[p]) / (grown_total + rest)
                    dep[i, p] = _toward(drifted, new_tie[1, i, p], N.dependence_adjustment)
                    salience[i, p] = (N.sea_fade * salience[i, p] + N.sea_weight * inc[i, p]
                                      + new_coercion[i, p])  # fmt: skip
                    pressure[i, p], coercion[i, p] = new_pressure[i, p], new_coercion[i, p]
                    eco_aid[i, p] = new_eco[i, p]
                    provoc[i, p] = (
                        sting[p] * grant[i, p] / (grant[i, p] + N.courtship_provocation_half)
                    )
                taught = taught / (taught + N.capacity_training_half)
                worth = gear * (
                    N.capacity_absorbed_alone + (1.0 - N.capacity_absorbed_alone) * taught
                )
                added = 0.0
                if S.area[i] > 0.0:
                    added = worth / (N.capacity_unit_requirement * math.sqrt(S.area[i]))
                gdp[i] = richer
                own = (
                    S.own_capacity[i]
                    * (richer / S.first_gdp[i]) ** N.capacity_elasticity
                    * (1.0 + effort[i])
                )
                cap[i] = _toward(cap[i], own, N.capacity_wear) + added
                res[i] = new_res[i, 0]
                columns[r, y, 0, i], columns[r, y, 1, i] = cap[i], res[i]
                columns[r, y, 2, i], columns[r, y, 3, i] = lost, safe
            tie[:] = new_tie
            ties[r, y] = tie
            pairs[r, y, 0], pairs[r, y, 1], pairs[r, y, 2], pairs[r, y, 3] = (
                trust,
                dep,
                pressure,
                inc,
            )
            rivalries[r, y] = rivalry


def run_loop(
    stage: SimulationContext, point: Settings, *, first: int = 0, runs: int
) -> dict[str, np.ndarray]:
    """Run the loop; name -> (run, year, state, partner or option), as `FOR_OUTCOMES` names them."""
    given = prepared(stage, point, first=first, runs=runs)
    years, _, n, partners = given[3].shape
    ties, pairs = (
        np.empty((runs, years, 2, n, partners + 1)),
        np.empty((runs, years, 4, n, partners)),
    )
    columns, rivalries = np.empty((runs, years, 4, n)), np.empty((runs, years))
    loop(*given, ties, pairs, columns, rivalries)
    found = {"security_tie": ties[:, :, 0], "economic_tie": ties[:, :, 1], "rivalry": rivalries}
    for place, name in enumerate(("trust", "dependence", "pressure", "incidents")):
        found[name] = pairs[:, :, place]
    for place, name in enumerate(("capacity", "resolve", "encroachment", "safety")):
        found[name] = columns[:, :, place]
    return found
