"""Why did this run of a sweep go that way? One cell again, in the Mesa region, with its reasons.

python experiments/replay.py store=results/sweep point=17 replicate=3 [state=PHL]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim replay sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("replay")

if __name__ == "__main__":
    sys.exit(main())
