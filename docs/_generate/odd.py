"""The tables inside the ODD description, written from the code between markers, and the modules it must describe."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable

import sim.rules
from sim.axes import OPTION, PARTNER, STATE
from sim.config import Settings
from sim.engines.variables import RIVAL_TERMS, TERM_GROUPS, VARIABLES
from sim.errors import UserError
from sim.world.draws import NORMAL, NORMAL_PAIRS, UNIFORM, UNIFORM_PAIRS
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
    groups = (
        (UNIFORM, "state, year", "uniform"),
        (UNIFORM_PAIRS, "state, partner, year", "uniform"),
        (NORMAL, "state, year", "standard normal"),
        (NORMAL_PAIRS, "state, partner, year", "standard normal"),
        (("courtship",), "partner, year", "standard normal"),
        (("rivalry",), "year", "standard normal"),
    )
    rows = [f"| `{name}` | {whose} | {kind} |" for names, whose, kind in groups for name in names]
    return "\n".join(
        ["| stream | one number for each run and | distribution |", "|---|---|---|", *rows]
    )


def terms() -> str:
    """Tabulate the sums of named terms that a history keeps."""
    rows = [
        f"| `{name}` | {OF[group.dims]} | {', '.join(_of_usual_theory(group.names))} | {group.meaning} |"
        for name, group in TERM_GROUPS.items()
    ]
    head = ["| sum | belongs to | terms | what they sum to |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])


def _of_usual_theory(names: tuple[str, ...]) -> list[str]:
    return [f"`{name}`" for name in names if name not in RIVAL_TERMS]


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
