"""What did the policy change? Policy minus baseline over a sweep, run by run with the same luck.

python experiments/difference.py store=results/sweep baseline=point:0 [baseline.NAME=VALUE ...] [out=DIR]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim difference sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("difference")

if __name__ == "__main__":
    sys.exit(main())
