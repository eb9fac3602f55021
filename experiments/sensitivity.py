"""Which settings drive an outcome, and how much of its variance is stochastic?

python experiments/sensitivity.py [method=sobol|morris|tornado|all] [outcome=NAME] [settings=[...]] [out=DIR]

The page stands in results/sensitivity (or out=DIR); method=all publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim sensitivity sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("sensitivity")

if __name__ == "__main__":
    sys.exit(main())
