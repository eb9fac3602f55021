"""Who ends up with whom? The energy landscape of any actors, its local minima and their basins.

python experiments/landscape.py [case=NAME] [sizes=FILE|LIST propensities=FILE] [out=DIR]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim landscape sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("landscape")

if __name__ == "__main__":
    sys.exit(main())
