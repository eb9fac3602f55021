"""Which way does each state lean, and what did Japan's aid buy? One scenario, 2024-2040.

python experiments/run.py [setting=value ...] [group=choice ...] [out=DIR]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim run sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("run")

if __name__ == "__main__":
    sys.exit(main())
