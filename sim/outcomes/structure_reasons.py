"""Why did a state's ties move? Arms, bonds, rungs and economic ties, partner by partner, in points of `alignment_structural`."""

from __future__ import annotations

import numpy as np

from sim.axes import Array, partners_of
from sim.errors import UserError
from sim.outcomes.alignment import MIDDLE
from sim.outcomes.reasons import STRUCTURE, Reason, Why, to_reasons
from sim.outcomes.ruler_split import PARTS, Bonds, split_ties
from sim.outcomes.trajectory import StateRecord, about, pair, paired_index, span_of

ECONOMIC, CAMP = "economic", "camp"


def explain_structure(record: StateRecord, first: int, last: int) -> Why:
    """Explain how structural alignment moved: by arms, bonds, rungs and economic ties, partner by partner.

    Raises
    ------
    UserError : years without reasons, or in the wrong order.
    """
    begin, end = span_of(record, first, last)
    bonds, ties = read_bonds(record), record.rules.ties
    steps = split_ties(bonds[begin:end], bonds[begin + 1 : end + 1], ties).sum(axis=0)
    economic = partners_of(record.values("economic_tie"))
    moved = economic[end] - economic[begin]
    ends = structural_points(record)[[begin, end]]
    return _structure(record, steps, moved, ends, years=(first, last))


def structure_difference(record: StateRecord, other: StateRecord, year: int, name: str) -> Why:
    """Explain structural alignment under one policy rather than another.

    Parameters
    ----------
    record, other : of the same state, run and years. name : what the other is called.

    Raises
    ------
    UserError : a year without reasons, records that cannot be paired, or rulers that differ.
    """
    at = paired_index(record, other, year)
    rulers = [(each.rules.ties, each.rules.observation.economic_part) for each in (record, other)]
    if rulers[0] != rulers[1]:
        raise UserError(
            given="the two settings read ties with other weights",
            allowed="structure is compared where rules.ties and rules.observation.economic_part are the same",
            where="on the command line: about=posture",
        )
    steps = split_ties(read_bonds(other)[at], read_bonds(record)[at], record.rules.ties)
    economic = [partners_of(each.values("economic_tie"))[at] for each in (record, other)]
    ties = [_points_of_ties(each)[at] for each in (record, other)]
    camps = record.camp - other.camp
    return _structure(
        record,
        steps,
        economic[0] - economic[1],
        np.array([structural_points(each)[at] for each in (other, record)]),
        years=(year, year),
        against=name,
        camp=0.5 * (record.camp + other.camp),
        moved=0.5 * (ties[0] + ties[1]) * camps,
    )


def structural_points(record: StateRecord) -> Array:
    """`alignment_structural` of each year, (year,)."""
    return np.asarray(MIDDLE + (_points_of_ties(record) * record.camp).sum(axis=-1))


def _points_of_ties(record: StateRecord) -> Array:
    """What ties with each partner are worth before its camp, (year, partner) points."""
    part = record.rules.observation.economic_part
    security, economic = (
        partners_of(record.values(f"{name}_tie")) for name in ("security", "economic")
    )
    return np.asarray(MIDDLE * ((1.0 - part) * security + part * economic))


def read_bonds(record: StateRecord) -> Bonds:
    """What security ties are read off, (year, partner)."""
    return Bonds(
        **{
            name: record.values(name)
            for name in ("arms", "bound", "use", "forward", "rung", "renewed")
        }
    )


def _structure(
    record: StateRecord,
    security: Array,
    economic: Array,
    ends: Array,
    *,
    years: tuple[int, int],
    against: str = "",
    camp: Array | None = None,
    moved: Array | None = None,
) -> Why:
    """Weigh the parts of each partner's ties by its camp; where camps differ, by their middle, and name the rest.

    Parameters
    ----------
    security : (partner, part). economic : (partner,). camp : (partner,), the record's if None.
    moved : (partner,) points that a camp which differs makes by itself.
    """
    part = record.rules.observation.economic_part
    weight = record.camp if camp is None else camp
    reasons: list[Reason] = []
    for place, code in enumerate(record.partners):
        worth = MIDDLE * weight[place]
        reasons += to_reasons(PARTS, worth * (1.0 - part) * security[place], code)
        reasons += to_reasons((ECONOMIC,), [worth * part * economic[place]], code)
        if moved is not None:
            reasons += to_reasons((CAMP,), [moved[place]], code)
    return Why(
        kind=STRUCTURE, reasons=tuple(reasons), ends=pair(ends), **about(record, years, against)
    )
