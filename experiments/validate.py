"""How well does the model predict what was held out? Acts, ties, opinion and episodes beside forecasts that need no model.

python experiments/validate.py [runs=DRAWS] [seed=N] [out=DIR]

The page stands in results/validate (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim validate sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("validate")

if __name__ == "__main__":
    sys.exit(main())
