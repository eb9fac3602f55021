"""Who are the agents, and what do they carry? The region in Mesa's own page, year by year, in a browser, offline.

python experiments/mesa_viz.py [--port 8765]
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from sim.errors import UserError

NEEDED = ("solara", "solara_assets", "altair", "networkx")
# What the server would ask and tell the internet of itself is left out; so are remarks on Mesa's own code.
ALONE = ("--production", "--no-check-version")
UNTOLD = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "SOLARA_CHECK_HOOKS": "off"}
PARTNERS = {"CHN": "China", "USA": "United States", "JPN": "Japan"}
PARAMETERS: dict[str, Any] = {
    "scenario": {
        "type": "Select",
        "value": "baseline",
        "values": [
            "baseline",
            "managed",
            "cold_war",
            "sea_clash",
            "taiwan_crisis",
            "taiwan_war",
            "us_retreat",
        ],
        "label": "scenario",
    },
    "osa_budget": {
        "type": "SliderFloat",
        "value": 2.0,
        "min": 0.0,
        "max": 100.0,
        "step": 1.0,
        "label": "OSA, JPY bn",
    },
    "gray_zone": {
        "type": "SliderFloat",
        "value": 0.6,
        "min": 0.0,
        "max": 1.0,
        "step": 0.05,
        "label": "China at sea",
    },
    "run": {"type": "SliderInt", "value": 0, "min": 0, "max": 50, "step": 1, "label": "luck"},
}


def check_installed() -> None:
    """Refuse to start without what Mesa's page needs.

    Raises
    ------
    UserError : a library is missing.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UserError(
            given=f"Mesa's page needs {', '.join(missing)}",
            allowed="they come with the extra viz",
            hint='In a clone, run: python -m pip install ".[viz]" (it leaves the model as it is).',
        )


def make_model_class() -> type[Any]:
    """Return the region as a class whose keyword arguments Mesa's page can offer (imported late)."""
    from sim.engines.context import build_context
    from sim.engines.region import Region
    from sim.notebook.visitor import settings

    class RegionOnPage(Region):
        """The region, begun anew for every choice on the page."""

        def __init__(
            self,
            *,
            scenario: str = "baseline",
            osa_budget: float = 2.0,
            gray_zone: float = 0.6,
            run: int = 0,
        ) -> None:
            levers = [
                f"policy.japan.osa_budget={osa_budget}",
                f"policy.china.gray_zone={gray_zone}",
            ]
            super().__init__(build_context(settings(f"scenario={scenario}", *levers)), run=run)

        @property
        def year(self) -> int:
            """The last year gone by."""
            first = self.stage.settings.years.first
            return self.records[-1].year if self.records else first - 1

        def step(self) -> None:
            """One year; after the last, the page stops."""
            if self.year < self.stage.settings.years.last:
                super().step()
            self.running = self.year < self.stage.settings.years.last

    return RegionOnPage


def stances(model: Any) -> list[dict[str, Any]]:
    """What every government wants, what its public thinks, and what it did with whom in the last year, one row an agent."""
    partners = [PARTNERS.get(code, code) for code in model.stage.partners]
    last = model.records[-1].passed.choice.acts.steps if model.records else None
    return [
        {
            "agent": state.unique_id,
            "state": state.code,
            "posture": round(50.0 + 50.0 * float(state.memory.stance[0, 0]), 1),
        }
        | {
            f"trust: {name}": round(float(value), 2)
            for name, value in zip(partners, state.memory.trust[0], strict=True)
        }
        | {
            f"rung: {name}": int(value)
            for name, value in zip(partners, state.memory.rung[0], strict=True)
        }
        | {"steps": "" if last is None else _steps_in_words(partners, last[place])}
        for place, state in enumerate(model.states)
    ]


def _steps_in_words(partners: list[str], steps: Any) -> str:
    """The steps of one year, such as "up: Japan; down: China"; blank where none was taken."""
    ways = (("up", 1.0), ("down", -1.0))
    return "; ".join(
        f"{way}: {', '.join(taken)}"
        for way, sign in ways
        if (taken := [name for name, step in zip(partners, steps, strict=True) if sign * step > 0])
    )


def ties(model: Any) -> list[dict[str, Any]]:
    """The structural security ties of every state, parts of a hundred, one row an agent."""
    options = [*(PARTNERS.get(code, code) for code in model.stage.partners), "unaligned"]
    return [
        {"agent": state.unique_id, "state": state.code}
        | {
            name: round(100.0 * float(part), 1)
            for name, part in zip(options, state.memory.security_tie[0], strict=True)
        }
        for state in model.states
    ]


def at_sea(model: Any) -> list[dict[str, Any]]:
    """What every state meets at sea and can do about it, one row an agent."""
    return [
        {
            "agent": state.unique_id,
            "state": state.code,
            "pressure": round(float(state.memory.pressure[0].max()), 2),
            "incidents": int(state.memory.incidents[0].sum()),
            "resolve": round(float(state.memory.resolve[0, 0]), 2),
            "capacity": round(float(state.memory.capacity[0, 0]), 2),
        }
        for state in model.states
    ]


def build_page() -> Any:
    """Return Mesa's page of the region."""
    import pandas as pd
    import solara
    from mesa.visualization import SolaraViz
    from mesa.visualization.utils import update_counter

    def shown(title: str, rows: Callable[[Any], list[dict[str, Any]]]) -> Any:
        @solara.component  # type: ignore[untyped-decorator]
        def Agents(model: Any) -> None:
            update_counter.get()
            rivalry = float(model.memory.rivalry[0, 0])
            solara.Markdown(f"**{model.year}, {title}** (rivalry {rivalry:.2f}; not a forecast)")
            solara.DataFrame(pd.DataFrame(rows(model)), items_per_page=20)

        return Agents

    components = [
        shown("posture (0 China, 100 United States), trust, rungs, steps of the year", stances),
        shown("structural security ties, %", ties),
        shown("at sea", at_sea),
    ]
    made = make_model_class()
    return SolaraViz(
        made(), components=components, model_params=PARAMETERS, name="Straits: the region's agents"
    )


def main(argv: list[str] | None = None) -> int:
    """Serve the page and return the exit status."""
    try:
        check_installed()
    except UserError as mistake:
        print(mistake, file=sys.stderr)
        return mistake.exit_status
    given = list(sys.argv[1:] if argv is None else argv)
    command = [sys.executable, "-m", "solara", "run", __file__, *ALONE, *given]
    return subprocess.run(command, env=os.environ | UNTOLD).returncode


if "solara.server.app" in sys.modules:  # loaded by the server, which shows what is named `page`
    page = build_page()
