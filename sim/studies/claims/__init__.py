"""Claims, each an experiment with its rule of decision written down before it is run.

`registry` lists them, `trial` tries them, `decide` says what counts as what, `report.md.j2` is their page.
"""

from sim.studies.claims.registry import CLAIMS
from sim.studies.claims.trial import Finding, try_claims

__all__ = ["CLAIMS", "Finding", "try_claims"]
