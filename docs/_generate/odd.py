"""The tables inside the ODD description, written from the code between markers, and the modules it must describe."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable

from sim.rules.alignment import COSTS, PARTNER_TERMS, SELF_TERMS

import sim.rules
from sim.axes import OPTION, PARTNER, STATE
from sim.config import Settings
from sim.engines.variables import VARIABLES
from sim.errors import UserError
from sim.world.draws import NORMAL, UNIFORM
from sim.world.roster import WORLDS, names

OF = {
    (): "world",
    (STATE,): "state",
    (STATE, PARTNER): "state, partner",
    (STATE, OPTION): "state, option",
}
OPEN, CLOSE = "<!-- from the code: {name} -->", "<!-- end of {name} -->"


def scales() -> str:
    """Tell who is modelled, and when."""
    settings = Settings()
    states = ", ".join(names(WORLDS[settings.world]).values())
    powers = ", ".join(names(settings.partners).values())
    return (
        f"* **States** (default world `{settings.world}`): {states}.\n* **Powers**: {powers}.\n"
        f"* **Time**: one year a step; by default {settings.years.first} to {settings.years.last}, started from the observed "
        f"year {settings.years.first - 1}.\n* **Space**: none but distances, borders, waters and sea lanes, as data."
    )


def variables() -> str:
    """Tabulate what is recorded every year."""
    rows = [
        f"| `{name}` | {OF[variable.dims]} | {variable.unit} | {variable.meaning} |"
        for name, variable in VARIABLES.items()
    ]
    return "\n".join(["| variable | belongs to | unit | meaning |", "|---|---|---|---|", *rows])


def luck() -> str:
    """Tabulate the streams of chance."""
    rows = [f"| `{name}` | state, year | uniform |" for name in UNIFORM]
    rows += [f"| `{name}` | state, year | standard normal |" for name in NORMAL]
    rows += ["| `rivalry` | year | standard normal |"]
    return "\n".join(
        ["| stream | one number for each run and | distribution |", "|---|---|---|", *rows]
    )


def terms() -> str:
    """Tabulate the terms of an option's value, and their signs."""
    rows = [
        f"| `{name}` | {'-' if name in (*COSTS, 'concentration') else '+'} | {'yes' if name in SELF_TERMS else 'no'} |"
        for name in (*PARTNER_TERMS, "autonomy")
    ]
    head = ["| term | sign | also for staying unaligned |", "|---|---|---|"]
    return "\n".join([*head, *rows])


BLOCKS: dict[str, Callable[[], str]] = {
    "scales": scales,
    "variables": variables,
    "chance": luck,
    "terms": terms,
}


def refreshed(page: str) -> str:
    """Return the page with every block between markers written anew.

    Raises
    ------
    UserError : a marker is missing.
    """
    for name, write in BLOCKS.items():
        start, end = OPEN.format(name=name), CLOSE.format(name=name)
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        if len(pattern.findall(page)) != 1:
            raise UserError(
                given=f"docs/odd.md lacks the lines '{start}' and '{end}'",
                allowed="each block of it that is written from the code stands between two such lines, once",
                where="in docs/odd.md",
            )
        body = f"{start}\n\n{write()}\n\n{end}"
        page = pattern.sub(lambda found, body=body: body, page)  # type: ignore[misc]
    return page


def rule_modules() -> list[str]:
    """Dotted names under sim.rules of all mechanisms: what the submodels section must describe."""
    plumbing = {"record", "array_bundle", "forms", "year"}
    result = [
        module.name.removeprefix("sim.rules.")
        for module in pkgutil.walk_packages(sim.rules.__path__, "sim.rules.")
        if not module.ispkg
    ]
    return [name for name in result if name not in plumbing and not name.startswith("steps.")]
