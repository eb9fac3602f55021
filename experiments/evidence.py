"""Do the model's responses lie within what has been published? One row a published size, with its grade.

python experiments/evidence.py [evidence.draws=N] [evidence.rows=[...]] [runs=N] [setting=value ...] [out=DIR]

The page stands in results/evidence (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim evidence sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("evidence")

if __name__ == "__main__":
    sys.exit(main())
