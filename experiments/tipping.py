"""Does joint resolve tip, and does it tip back? China's pressure raised slowly and lowered again.

python experiments/tipping.py [tipping.complementarity=[...]] [tipping.threshold=[...]] [runs=N] [out=DIR]

The page stands in results/tipping (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim tipping sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("tipping")

if __name__ == "__main__":
    sys.exit(main())
