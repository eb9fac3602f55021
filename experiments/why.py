"""Why did a state move, or why does it stand elsewhere under another policy? Reasons that add up exactly.

python experiments/why.py state=VNM partner=JPN year=2031 [run=3] [against=policy/japan=none]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim why sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("why")

if __name__ == "__main__":
    sys.exit(main())
