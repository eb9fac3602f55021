"""What did a sweep find? One page with its figures, tables, comparison of any two points, sources and limits.

python experiments/report.py store=results/sweep [report.points=[0,1,2]] [out=DIR]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim report sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("report")

if __name__ == "__main__":
    sys.exit(main())
