"""Which rival theory does the record favour, and does it matter more than how much aid is given?

python experiments/theories.py [runs=N] [setting=value ...] [out=DIR]

The page stands in results/theories (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim theories sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("theories")

if __name__ == "__main__":
    sys.exit(main())
