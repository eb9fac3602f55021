"""What was published of the tables under sim/theories/published: outputs, and how near to them one must come."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import sim.theories

FOLDER = Path(sim.theories.__file__).parent / "published"
UNIX_SIDES = [  # both sides published; energy and basin recomputed from the published sizes by steepest descent
    ({"Sun", "Prime", "AT&T", "IBM"}, {"DEC", "HP", "Apollo", "Intergraph", "SGI"}),
    ({"Sun", "Prime", "DEC", "HP"}, {"Apollo", "Intergraph", "SGI", "AT&T", "IBM"}),
]
UNIX_ENERGY, UNIX_BASIN = -3828.9, 128
GREAT_POWER_MINIMA = 4
KTAB_UTILITY = [  # to three digits, so within 5e-4
    [1.000, 0.903, 0.639, 0.870, 0.929, 0.882, 0.890],
    [0.675, 1.000, 0.635, 0.825, 0.858, 0.767, 0.746],
    [0.556, 0.636, 1.000, 0.603, 0.573, 0.485, 0.465],
    [0.642, 0.802, 0.570, 1.000, 0.896, 0.800, 0.811],
    [0.805, 0.862, 0.622, 0.839, 1.000, 0.913, 0.872],
    [0.766, 0.665, 0.453, 0.807, 0.890, 1.000, 0.935],
    [0.813, 0.725, 0.422, 0.816, 0.866, 0.913, 1.000],
]
KTAB_RISK = [-0.500, -0.459, -0.499, -0.274, 1.000, -0.232, -0.430]
KTAB_PROBABILITY = [0.0047, 0.0302, 0.0054, 0.1492, 0.6001, 0.1447, 0.0656]  # within 6e-5


def table(name: str) -> pd.DataFrame:
    """Read one shipped table as it stands."""
    return pd.read_csv(FOLDER / f"{name}.csv", comment="#", index_col=0)
