"""What changed in the observed history, and why? Security ties by the old ruler and by dated agreements.

python experiments/record.py [setting=value ...] [out=DIR]

The page stands in results/record (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim record sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("record")

if __name__ == "__main__":
    sys.exit(main())
