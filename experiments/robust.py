"""Which policy is robust? Candidate policies in many futures: satisficing, regret, and how surely one ranks before another.

python experiments/robust.py [robust.futures=N] [sweep.replicates=N] [robust.outcome=NAME] [out=DIR]

The page stands in results/robust (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim robust sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("robust")

if __name__ == "__main__":
    sys.exit(main())
