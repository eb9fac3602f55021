"""How large are the responses that the record allows? Fits all numbers with a prior to what was known in 2022.

python experiments/calibrate.py [runs=DRAWS] [seed=N] [out=DIR]

The page stands in results/calibrate (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim calibrate sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("calibrate")

if __name__ == "__main__":
    sys.exit(main())
