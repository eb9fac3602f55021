"""What does the model project for 2024 to 2026? Recorded now, so that anyone can score it later.

python experiments/project.py [runs=DRAWS] [seed=N] [out=DIR]

The page stands in results/project (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim project sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("project")

if __name__ == "__main__":
    sys.exit(main())
