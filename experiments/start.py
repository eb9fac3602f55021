"""What does each run start from, and what are such starts worth? Filtered, structural and answered, side by side.

python experiments/start.py [setting=value ...] [out=DIR]

The page stands in results/start (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim start sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("start")

if __name__ == "__main__":
    sys.exit(main())
