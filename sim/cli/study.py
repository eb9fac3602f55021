"""Any study by its name: python -m sim.cli.study NAME [setting=value ...], as its file in experiments/ does."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sim.cli.main import enter
from sim.errors import UserError, nearest
from sim.studies import load_commands
from sim.studies._publishing import PUBLISHED
from sim.studies._runner import STUDIES


def main(argv: Sequence[str] | None = None) -> int:
    """Run one study and return its exit status.

    Parameters
    ----------
    argv : the study's name and its command line; the real one if None.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    name = given[0] if given else ""
    load_commands()
    if name not in STUDIES:
        mistake = UserError(
            given=f"{name} is not a study" if name else "no study is named",
            allowed=nearest(name, STUDIES),
            where="on the command line: python -m sim.cli.study NAME",
        )
        print(mistake, file=sys.stderr)
        return mistake.exit_status
    return enter(STUDIES[name], config_name=PUBLISHED[name].config, name=name, argv=given[1:])


if __name__ == "__main__":
    sys.exit(main())
