"""How long do states keep hedging, in which scenario, under which policy? Survival curves and tests.

python experiments/survival.py [store=DIR] [survival.over=scenario] [survival.between=policy/japan] [out=DIR]

The page stands in results/survival (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim survival sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("survival")

if __name__ == "__main__":
    sys.exit(main())
