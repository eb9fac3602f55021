"""What would happen under thousands of settings? A sweep that can be stopped, gone on with and extended.

python experiments/sweep.py experiment=aid_pressure [sweep.space.NAME=[low,high] ...] [out=DIR]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim sweep sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("sweep")

if __name__ == "__main__":
    sys.exit(main())
