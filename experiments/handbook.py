"""What is every number, where do the data come from? The handbook, the data page, the tables of the ODD description.

python experiments/handbook.py [out=DIR]

The page stands in results/handbook (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim handbook sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("handbook")

if __name__ == "__main__":
    sys.exit(main())
