"""How should a given budget of security assistance be divided among those who may receive it?

python experiments/allocate.py [policy.japan.osa_budget=20] [allocate.generations=40] [setting=value ...] [out=DIR]

The page stands in results/allocate (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim allocate sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("allocate")

if __name__ == "__main__":
    sys.exit(main())
