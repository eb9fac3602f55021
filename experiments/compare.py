"""What difference does a choice make? Named choices side by side, with the same luck.

python experiments/compare.py compare.over=scenario compare.choices=[baseline,cold_war]
"""

import sys

try:
    from sim.cli.straits import experiment
except ModuleNotFoundError as missing:
    print(f"{missing}; python3 -m sim compare sets up what it needs", file=sys.stderr)
    sys.exit(2)

main = experiment("compare")

if __name__ == "__main__":
    sys.exit(main())
