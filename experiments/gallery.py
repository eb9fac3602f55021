"""What does every kind of chart look like, and what draws it?

python experiments/gallery.py [out=DIR]

The page stands in results/gallery (or out=DIR); publish=true, with nothing else changed, puts it into docs/.
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim gallery sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("gallery")

if __name__ == "__main__":
    sys.exit(main())
