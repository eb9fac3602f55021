"""Names with dots and slashes on the command line, written so that Hydra reads them as keys of a mapping.

`sweep.space.NAME=VALUES` and `baseline.NAME=VALUE` are written into the configuration as one mapping with NAME as it stands,
so that names with dots and slashes are keys and need no plus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMED = re.compile(r"^\+{0,2}(sweep\.space|sweep\.baseline|baseline)\.([\w./]+)=(.*)$", re.DOTALL)
OPEN_GROUPS = (  # whose names stand in no file of conf/
    *("sweep.space=", "robust.policies=", "robust.criteria="),
    "game.budgets.",
)


def rewrite_keys(argv: Sequence[str]) -> list[str]:
    """Turn every sweep.space.NAME=VALUES, and baseline.NAME=VALUE, into a mapping that Hydra reads.

    >>> rewrite_keys(["sweep.space.policy/japan=[none,osa_2023]", "seed=1"])
    ['++sweep.space={policy/japan:[none,osa_2023]}', 'seed=1']
    """
    given = [f"++{text}" if text.startswith(OPEN_GROUPS) else text for text in argv]
    return [NAMED.sub(r"++\1={\2:\3}", text) for text in given]
