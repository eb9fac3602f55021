"""What does each lever move, with which sign, and how much?

python experiments/levers.py [setting=value ...] [out=DIR]

The page stands in results/levers (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim levers sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("levers")

if __name__ == "__main__":
    sys.exit(main())
