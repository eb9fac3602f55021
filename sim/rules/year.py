"""The order of the year, written once. Both engines call it.

    1 see             events, turnover, rivalry, growth; what fellow members and claimants did last year
    2 court and press each power decides aid and pressure        } on last year's public record,
    3 weigh           each state weighs every motive              } all at the same time
    4 choose          ties, reassurance, resolve, effort          }
    5 meet at sea     this year's pressure meets this year's resolve: incidents
    6 settle          trust, capacity, dependence, salience, wealth are updated

Simultaneous moves come from steps 2 to 4 reading only memory and situation. Ours: that the meeting at sea follows the
decisions, since it takes both sides' (see DECISIONS.md).
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array, partners_of, self_of
from sim.config.mechanisms import EconomicWeights, Rules, SecurityWeights
from sim.rules import (
    alignment,
    capacity,
    dependence,
    leadership,
    legitimacy,
    neighbours,
    protection,
    reassurance,
    resolve,
    retaliation,
    rivalry,
    sea,
    threat,
    trust,
)
from sim.rules.courtship import china, japan, united_states
from sim.rules.forms import against, poisson_count, saturating
from sim.rules.record import (
    AtSea,
    Choice,
    Conduct,
    Luck,
    Memory,
    Offers,
    Outlook,
    Situation,
    Structure,
)


def see(
    *,
    memory: Memory,
    structure: Structure,
    conduct: Conduct,
    outlook: Outlook,
    luck: Luck,
    rules: Rules,
) -> Situation:
    """What everybody sees before deciding; the one step that needs all states and powers at once."""
    camp, claimant, member = conduct.camp, structure.claimant, structure.member
    security, economic = partners_of(memory.security_tie), partners_of(memory.economic_tie)
    leaning = neighbours.leaning(tie=security, camp=camp)
    return Situation(
        outlook=outlook,
        growth=outlook.growth + outlook.growth_spread * luck.growth,
        rivalry=rivalry.next_rivalry(
            rivalry=memory.rivalry,
            level=outlook.rivalry_level,
            polarisation=rivalry.polarisation(lean=leaning),
            shock=outlook.rivalry_shock,
            chance=luck.rivalry,
            adjustment=rules.rivalry.adjustment,
            feedback=rules.rivalry.feedback,
            noise=rules.rivalry.noise,
        ),
        lean=leadership.next_lean(
            lean=memory.lean,
            chance=luck.turnover,
            leaning=luck.leaning,
            turnover=rules.leadership.turnover,
            inheritance=rules.leadership.inheritance,
            spread=rules.leadership.spread,
        ),
        others_security=neighbours.others_mean(values=memory.security_tie, member=member),
        others_economic=neighbours.others_mean(values=memory.economic_tie, member=member),
        cohesion=neighbours.cohesion(lean=leaning, member=member),
        peers=claimant * neighbours.others_mean(values=memory.resolve, member=claimant),
        collective=resolve.collective_resolve(resolve=memory.resolve, claimant=claimant),
        closeness=economic,
        aligned_security=against(camp=camp, quantity=security),
        aligned_economic=against(camp=camp, quantity=economic),
        provoked=against(camp=camp, quantity=memory.provocation),
    )


def court_and_press(
    *, memory: Memory, structure: Structure, situation: Situation, conduct: Conduct, rules: Rules
) -> Offers:
    """Each power's aid and pressure; serves all powers, or one cut out by `for_partner`."""
    numbers = rules.courtship
    keys = japan.allocation_keys(
        historical=structure.security_share,
        custom=structure.custom_share,
        capacity=memory.capacity,
        area=structure.area,
        lanes=structure.lanes,
        claimant=structure.claimant,
        trust=memory.trust,
    )
    grant = japan.share_out(
        budget=conduct.security_budget,
        keys=keys,
        choice=conduct.allocation,
        eligible=situation.outlook.eligible,
    )
    deterred = china.deterrence(
        capacity=memory.capacity,
        resolve=memory.resolve,
        collective=situation.collective,
        capacity_weight=numbers.deterrence_capacity,
        collective_weight=numbers.deterrence_collective,
        threshold=numbers.collective_threshold,
        steepness=numbers.collective_steepness,
    )
    return Offers(
        security_aid=grant,
        economic_aid=china.economic_aid(
            budget=conduct.economic_budget,
            share=structure.economic_share,
            tie=situation.closeness,
            favour=numbers.favour,
        ),
        training=conduct.training * (structure.area > 0.0),
        exercises=conduct.exercises + np.zeros_like(grant),
        exchange=conduct.exchange + np.zeros_like(grant),
        provocation=japan.provocation(
            grant=grant, sting=conduct.sting, half=numbers.provocation_half
        ),
        pressure=china.gray_zone(
            pressure=memory.pressure,
            ambition=conduct.ambition,
            stake=structure.stake,
            deterred=deterred,
            aligned=situation.aligned_security,
            reassurance=memory.reassurance,
            provoked=situation.provoked,
            shock=situation.outlook.pressure_shock,
            sharpening=numbers.sharpening,
            softening=numbers.softening,
            adjustment=numbers.pressure_adjustment,
        ),
        coercion=united_states.coercion(
            coerciveness=conduct.coerciveness,
            aligned_security=situation.aligned_security,
            aligned_economic=situation.aligned_economic,
            indiscriminate=numbers.indiscriminate,
        ),
    )


def weigh_and_choose(
    *, memory: Memory, structure: Structure, situation: Situation, conduct: Conduct, rules: Rules
) -> Choice:
    """Each state's choice; serves all states, or one cut out by `for_state`."""
    near = threat.proximity(
        distance=structure.distance,
        contiguous=structure.contiguous,
        presence=conduct.presence,
        gradient=rules.threat.gradient,
        border=rules.threat.border,
    )
    fear = threat.perceived_threat(
        power=situation.outlook.power,
        proximity=near,
        hostility=threat.hostility(
            pressure=memory.pressure,
            salience=memory.salience,
            trust=memory.trust,
            base=rules.threat.base,
        ),
        intent=rules.threat.intent,
    )
    leverage = dependence.leverage(
        dependence=memory.dependence, reverse=situation.outlook.reverse_dependence
    )
    shared = {
        "trust": memory.trust,
        "legitimacy": legitimacy.legitimacy(
            affinity=situation.outlook.affinity,
            lean=situation.lean,
            camp=conduct.camp,
            salience=memory.salience,
            coercion=memory.coercion,
            affinity_weight=rules.legitimacy.affinity,
            lean_weight=rules.legitimacy.lean,
            anger_weight=rules.legitimacy.anger,
        ),
        "threat": fear,
        "retaliation": retaliation.retaliation(
            rivalry=situation.rivalry,
            leverage=leverage,
            coerciveness=conduct.coerciveness,
            camp=conduct.camp,
            readiness=rules.retaliation.readiness,
        ),
    }
    security = _choose_security(
        shared=shared,
        near=near,
        memory=memory,
        structure=structure,
        situation=situation,
        conduct=conduct,
        rules=rules,
    )
    offered = reassurance.reassurance(
        rise=partners_of(security.tie) - partners_of(memory.security_tie),
        leverage=leverage,
        camp=conduct.camp,
        rate=rules.reassurance.rate,
    )
    economic = _choose_economic(
        shared=shared, offered=offered, memory=memory, situation=situation, rules=rules
    )
    return Choice(
        security=security,
        economic=economic,
        reassurance=offered,
        resolve=_resolve(memory, structure, situation, conduct, rules),
        effort=capacity.effort(
            pressure=memory.pressure,
            salience=memory.salience,
            effort_max=rules.capacity.effort_max,
            half=rules.capacity.effort_half,
        ),
        threat=fear,
        leverage=leverage,
    )


def _choose_security(
    *,
    shared: dict[str, Array],
    near: Array,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: Conduct,
    rules: Rules,
) -> alignment.Weighing:
    tie = partners_of(memory.security_tie)
    bound = protection.commitment(
        pact=situation.outlook.pact,
        access=situation.outlook.access,
        partnership=situation.outlook.partnership,
        exercises=conduct.exercises,
        base=rules.protection.base,
        access_weight=rules.protection.access_weight,
        partnership_weight=rules.protection.partnership_weight,
        exercise_weight=rules.protection.exercise_weight,
        exercise_half=rules.protection.exercise_half,
    )
    motives = {
        "attraction": protection.protection(
            power=situation.outlook.power,
            proximity=near,
            credibility=conduct.credibility,
            commitment=bound,
            threat=shared["threat"],
            ambient=rules.protection.ambient,
        ),
        "aid": 0.5
        * (
            saturating(amount=memory.security_aid, half=rules.trust.security_half)
            + saturating(amount=economic_aid_share(memory), half=rules.trust.economic_half)
        ),
        "entrapment": protection.entrapment(
            rivalry=situation.rivalry, tie=tie, power=situation.outlook.power, camp=conduct.camp
        ),
        **shared,
    }
    return _choose(
        motives=motives,
        others=situation.others_security,
        tie=memory.security_tie,
        weights=rules.security,
        memory=memory,
        situation=situation,
        rules=rules,
    )


def _choose_economic(
    *,
    shared: dict[str, Array],
    offered: Array,
    memory: Memory,
    situation: Situation,
    rules: Rules,
) -> alignment.Weighing:
    motives = {
        "attraction": memory.dependence,
        "aid": saturating(
            amount=economic_aid_share(memory), half=rules.trust.economic_half
        ),
        "reassurance": offered,
        **shared,
    }
    return _choose(
        motives=motives,
        others=situation.others_economic,
        tie=memory.economic_tie,
        weights=rules.economic,
        memory=memory,
        situation=situation,
        rules=rules,
    )


def _choose(
    *,
    motives: dict[str, Array],
    others: Array,
    tie: Array,
    weights: SecurityWeights | EconomicWeights,
    memory: Memory,
    situation: Situation,
    rules: Rules,
) -> alignment.Weighing:
    to_partners, to_self = neighbours.neighbour_pull(
        others=others, cohesion=situation.cohesion, neutrality=rules.neighbours.neutrality
    )
    alone = alignment.autonomy(
        capacity=memory.capacity,
        base=weights.autonomy,
        capacity_weight=weights.autonomy_capacity,
    )
    return alignment.choose(
        partner_terms=alignment.partner_terms(
            motives={**motives, "neighbours": to_partners},
            weights=vars(weights),
            tie=partners_of(tie),
        ),
        self_terms=alignment.self_terms(
            autonomy=alone, neighbours=to_self, weights=vars(weights), tie=self_of(tie)
        ),
        room=alignment.room(
            rivalry=situation.rivalry, ample=rules.room.ample, shrink=rules.room.shrink
        ),
        tie=tie,
        adjustment=weights.adjustment,
    )


def _resolve(
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: Conduct,
    rules: Rules,
) -> Array:
    numbers = rules.resolve
    presser = resolve.pressers(pressure=memory.pressure)
    target = resolve.resolve_target(
        capacity=memory.capacity,
        backing=resolve.backing(
            tie=partners_of(memory.security_tie),
            credibility=conduct.credibility,
            camp=conduct.camp,
            presser=presser,
        ),
        salience=memory.salience.sum(axis=-1, keepdims=True),
        exposure=(presser * memory.dependence).sum(axis=-1, keepdims=True),
        peers=situation.peers,
        claimant=structure.claimant,
        capacity_weight=numbers.capacity,
        backing_weight=numbers.backing,
        salience_weight=numbers.salience,
        exposure_weight=numbers.exposure,
        peers_weight=numbers.peers,
        threshold=numbers.threshold,
        steepness=numbers.steepness,
    )
    return resolve.next_resolve(
        resolve=memory.resolve, target=target, adjustment=numbers.adjustment
    )


def economic_aid_share(memory: Memory) -> Array:
    """Economic aid received last year as a share of the state's GDP, (..., partner)."""
    return memory.economic_aid / (1000.0 * memory.gdp)


def meet_at_sea(
    *,
    memory: Memory,
    situation: Situation,
    offers: Offers,
    choice: Choice,
    luck: Luck,
    rules: Rules,
) -> AtSea:
    """This year's pressure meets this year's resolve and the capacity at hand."""
    numbers = rules.sea
    expected = sea.incident_rate(
        pressure=offers.pressure,
        resolve=choice.resolve,
        rate=numbers.incident_rate,
        passive=numbers.passive,
    )
    mean = expected.sum(axis=-1, keepdims=True)
    count = poisson_count(chance=luck.incidents, mean=mean)
    lost = sea.encroachment(
        pressure=offers.pressure,
        capacity=memory.capacity,
        resolve=choice.resolve,
        passive=numbers.passive,
        decisiveness=numbers.decisiveness,
    )
    return AtSea(
        incidents=count * expected / np.where(mean > 0.0, mean, 1.0) + situation.outlook.incident_shock,
        encroachment=lost,
        safety=sea.safety(
            capacity=memory.capacity, encroachment=lost, half=numbers.safety_half
        ),
    )


def settle(
    *,
    memory: Memory,
    structure: Structure,
    situation: Situation,
    conduct: Conduct,
    offers: Offers,
    choice: Choice,
    at_sea: AtSea,
    luck: Luck,
    rules: Rules,
) -> Memory:
    """What is carried into next year; serves all states, or one cut out by `for_state`."""
    gdp = memory.gdp * (1.0 + situation.growth)
    given = japan.coordinated(
        grant=offers.security_aid, coordination=rules.courtship.coordination
    )
    return Memory(
        security_tie=choice.security.tie,
        economic_tie=choice.economic.tie,
        trust=_next_trust(memory, structure, conduct, offers, at_sea, luck, rules),
        dependence=dependence.next_dependence(
            dependence=memory.dependence,
            economic_tie=partners_of(choice.economic.tie),
            partner_growth=situation.outlook.partner_growth,
            world_growth=rules.dependence.world_growth,
            adjustment=rules.dependence.adjustment,
        ),
        capacity=_next_capacity(memory, structure, conduct, offers, given, choice, gdp, rules),
        pressure=offers.pressure,
        coercion=offers.coercion,
        salience=sea.next_salience(
            salience=memory.salience,
            incidents=at_sea.incidents,
            coercion=offers.coercion,
            fade=rules.sea.fade,
            weight=rules.sea.weight,
        ),
        resolve=choice.resolve,
        lean=situation.lean,
        reassurance=choice.reassurance,
        security_aid=given,
        economic_aid=offers.economic_aid,
        provocation=offers.provocation,
        gdp=gdp,
        incidents=at_sea.incidents,
        rivalry=situation.rivalry,
    )


def _next_trust(
    memory: Memory,
    structure: Structure,
    conduct: Conduct,
    offers: Offers,
    at_sea: AtSea,
    luck: Luck,
    rules: Rules,
) -> Array:
    numbers = rules.trust
    kept = trust.promises_kept(
        security_aid=offers.security_aid,
        economic_aid=offers.economic_aid / (1000.0 * memory.gdp),
        training=offers.training,
        exercises=offers.exercises,
        exchange=offers.exchange,
        security_half=numbers.security_half,
        economic_half=numbers.economic_half,
        activity_half=numbers.activity_half,
        exchange_half=numbers.exchange_half,
    )
    harm = trust.harm_done(
        incidents=at_sea.incidents,
        coercion=offers.coercion,
        incident_half=numbers.incident_half,
    )
    return trust.next_trust(
        trust=memory.trust,
        baseline=structure.trust_baseline,
        kept=kept,
        harm=harm,
        mood=numbers.noise * luck.mood * conduct.camp,
        gain=numbers.gain,
        loss=numbers.loss,
        recovery=numbers.recovery,
    )


def _next_capacity(
    memory: Memory,
    structure: Structure,
    conduct: Conduct,
    offers: Offers,
    given: Array,
    choice: Choice,
    gdp: Array,
    rules: Rules,
) -> Array:
    numbers = rules.capacity
    added = capacity.equipment_effect(
        equipment=japan.equipment(grant=given, effectiveness=conduct.effectiveness),
        training=offers.training,
        area=structure.area,
        unit_requirement=numbers.unit_requirement,
        absorbed_alone=numbers.absorbed_alone,
        training_half=numbers.training_half,
    )
    return capacity.next_capacity(
        capacity=memory.capacity,
        own=structure.own_capacity,
        wealth=gdp / structure.first_gdp,
        effort=choice.effort,
        added=added,
        wear=numbers.wear,
        elasticity=numbers.elasticity,
    )
