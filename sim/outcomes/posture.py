"""What would a specialist call it? Kuik's spectrum of postures, from resisting China to following it.

Source: Kuik (2008, 2016): balancing, indirect balancing and dominance denial, hedging, economic pragmatism and binding
engagement, limited bandwagoning, bandwagoning. Ours: the cuts, on the combined alignment and the security leaning.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.outcomes.alignment import EDGE, MIDDLE

POSTURES = (
    "balancing",
    "indirect balancing / dominance denial",
    "hedging",
    "economic pragmatism / binding engagement",
    "limited bandwagoning",
    "bandwagoning",
)
BALANCING, INDIRECT_BALANCING, HEDGING, PRAGMATISM, LIMITED, BANDWAGONING = range(6)
FULL, PART = 25.0, 12.5  # distance from 50 that makes a full, and a partial, side-taking
MISSING = -1


ATTRIBUTES = {
    "long_name": "posture on Kuik's spectrum",
    "flag_values": np.arange(MISSING, len(POSTURES), dtype=np.int8),
    "flag_meanings": " ".join(
        name.replace(" / ", "_or_").replace(" ", "_") for name in ("unknown", *POSTURES)
    ),
}


def posture(*, security: Array, economic: Array, combined: Array, band: Array | float) -> Array:
    """Posture as a code over `POSTURES` (-1 where unknown), whole numbers.

    Parameters
    ----------
    security, economic, combined : alignments, 0 to 100. band : half-width of the hedging band, points.
    """
    lean = combined - MIDDLE
    band = (
        band + EDGE
    )  # many states may stand on a line exactly: all ties with Japan are 25 points from the middle
    part, full = np.maximum(band, PART + EDGE), np.maximum(band, FULL + EDGE)
    trades = (np.abs(lean) <= band) & (economic < MIDDLE - band) & (security <= MIDDLE + EDGE)
    code = np.where(lean > band, INDIRECT_BALANCING, HEDGING)
    code = np.where(lean > part, BALANCING, code)
    code = np.where(trades | (lean < -band), PRAGMATISM, code)
    code = np.where(lean < -part, LIMITED, code)
    code = np.where(lean < -full, BANDWAGONING, code)
    return np.where(lean == lean, code, MISSING)


def outside_band(*, combined: Array, band: Array | float) -> Array:
    """1 outside the hedging band, 0 inside, NaN where the combined alignment is unknown.

    Parameters
    ----------
    combined : alignment, 0 to 100. band : half-width of the hedging band, points.
    """
    lean = combined - MIDDLE
    return np.where(lean == lean, np.where(np.abs(lean) > band + EDGE, 1.0, 0.0), np.nan)
