"""What would a specialist call it? Kuik's spectrum of postures, from resisting China to following it.

Source: Kuik (2008, 2016): balancing, indirect balancing and dominance denial, hedging, economic pragmatism and binding
engagement, limited bandwagoning, bandwagoning. Ours: the cuts, on the combined alignment and the security leaning.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

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


def posture(security: Any, economic: Any, combined: Any, *, band: float) -> Any:
    """Posture as an int8 code over `POSTURES` (-1 where unknown).

    Parameters
    ----------
    security, economic, combined : alignments, 0 to 100. band : half-width of the hedging band, points.
    """
    lean = combined - 50.0
    code = xr.full_like(combined, HEDGING)
    code = xr.where(lean > band, INDIRECT_BALANCING, code)
    code = xr.where(lean > max(PART, band), BALANCING, code)
    code = xr.where(
        (np.abs(lean) <= band) & (economic < 50.0 - band) & (security <= 50.0), PRAGMATISM, code
    )
    code = xr.where(lean < -band, PRAGMATISM, code)
    code = xr.where(lean < -max(PART, band), LIMITED, code)
    code = xr.where(lean < -max(FULL, band), BANDWAGONING, code)
    code = xr.where(combined.isnull(), MISSING, code).astype(np.int8)
    code.attrs = {
        "long_name": "posture on Kuik's spectrum",
        "flag_values": np.arange(MISSING, len(POSTURES), dtype=np.int8),
        "flag_meanings": " ".join(
            name.replace(" / ", "_or_").replace(" ", "_") for name in ("unknown", *POSTURES)
        ),
    }
    return code
