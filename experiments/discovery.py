"""Under which conditions does it happen? Boxes in a finished sweep, in words.

python experiments/discovery.py store=DIR outcome=NAME above=X|below=X [state=CODE] [out=DIR]

The page stands in results/discovery (or out=DIR); below=0.3 publish=true puts it into docs/, if the store is that of
experiment=discovery, whole.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim discovery sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("discovery")

if __name__ == "__main__":
    sys.exit(main())
