"""Who are the agents, and what do they carry? The region in Mesa's own page, year by year, in a browser, offline.

python experiments/mesa_viz.py [--port 8765]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim mesa_viz sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("mesa_viz")

if __name__ == "__main__":
    sys.exit(main())
