"""Do the claims follow from the mechanisms? Ten of the reporting and four of the literature, each with a verdict.

python experiments/claims.py [runs=400] [setting=value ...] [out=DIR]

The page stands in results/claims (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim claims sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("claims")

if __name__ == "__main__":
    sys.exit(main())
