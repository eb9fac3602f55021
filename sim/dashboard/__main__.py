"""Serve the dashboard.

    python -m sim.dashboard [--host HOST] [--port PORT] [--runs RUNS] [--workers N] [--open]

In a clone ``python3 -m sim dashboard`` does the same and sets up what it needs.
"""

import sys

from sim.dashboard.serve import main

if __name__ == "__main__":
    sys.exit(main())
