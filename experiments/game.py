"""What would you do? The classroom game: play China, the United States, Japan and states, year by year.

python experiments/game.py [game.seats=[China,Japan,Philippines]] [years.last=2030] [log=results/game/log.json]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim game sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("game")

if __name__ == "__main__":
    sys.exit(main())
