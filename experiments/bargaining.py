"""Whose position prevails? Turn 0 of the spatial bargaining model for any actors.

python experiments/bargaining.py [actors=FILE] [out=DIR]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim bargaining sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("bargaining")

if __name__ == "__main__":
    sys.exit(main())
