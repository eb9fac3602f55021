"""The named choices of conf/, as the page offers them: composed by the door, so that both mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from sim.composition.check import choices_of
from sim.composition.compose import CONF, Source, compose
from sim.composition.dotted_names import flat
from sim.composition.options import take_options
from sim.config import defaults
from sim.config.settings import STACKED
from sim.errors import UserError

SOURCE = Source(folder=CONF, name="config")
OF_SIDE = ("policy/japan", "policy/china", "policy/united_states", "scenario", "theory")
OF_BOTH = ("world",)
USUAL = {
    "policy/japan": "osa_2023",
    "policy/china": "status_quo",
    "policy/united_states": "engaged",
    "scenario": "baseline",
    "theory": "insurance",
    "world": "asean10",
}
REACH = {  # what a group's file may set: the dotted names that begin so
    "policy/japan": ("policy.japan.",),
    "policy/china": ("policy.china.",),
    "policy/united_states": ("policy.united_states.",),
    "scenario": ("scenario.",),
    "theory": ("theory", "rules."),
    "world": ("world", "states"),
}
TITLES = {
    "policy/japan": "Japan",
    "policy/china": "China",
    "policy/united_states": "United States",
    "scenario": "Scenario",
    "theory": "Theory of alignment",
    "world": "States",
}
Values = Mapping[str, Any]
ONE_AT_A_TIME = Lock()  # Hydra composes for one asker at a time


def presets() -> Mapping[str, Mapping[str, Values]]:
    """What each choice of each group sets: group -> choice -> dotted name -> value, where it differs from the default.

    Raises
    ------
    UserError : conf/ is not there, or holds what cannot be composed.
    """
    with ONE_AT_A_TIME:
        return _read_presets()


@lru_cache(maxsize=1)
def _read_presets() -> Mapping[str, Mapping[str, Values]]:
    choices = {
        group: [choice for choice in choices_of(SOURCE, group) if choice != STACKED]
        for group in USUAL
    }
    if not all(choices.values()):
        raise UserError(
            given=f"{CONF} holds no choices of {', '.join(g for g, c in choices.items() if not c)}",
            allowed="the dashboard offers the choices of conf/, which stands in a clone",
            hint="Run it in a clone of the repository.",
        )
    declared = flat(defaults())
    result: dict[str, dict[str, Values]] = {group: {} for group in USUAL}
    for index in range(max(map(len, choices.values()))):  # one composition serves all groups
        taken = {group: names[min(index, len(names) - 1)] for group, names in choices.items()}
        content = flat(compose_choices(taken))
        for group, name in taken.items():
            result[group][name] = {
                path: value
                for path, value in content.items()
                if path.startswith(REACH[group]) and value != declared.get(path)
            }
    return result


def compose_choices(choices: Mapping[str, str]) -> dict[str, Any]:
    """Compose choices as the command line does, into a nested mapping of settings."""
    mapping = compose(SOURCE, [f"{group}={name}" for group, name in choices.items()])
    return take_options(mapping)[1]


@lru_cache(maxsize=64)
def about(group: str, choice: str) -> str:
    """What a choice means: the comment that opens its file, up to the source."""
    path = CONF / group / f"{choice}.yaml"
    return " ".join(_leading_comment(path.read_text(encoding="utf-8").splitlines()))


def _leading_comment(lines: list[str]) -> Iterator[str]:
    for line in lines:
        text = line.removeprefix("#").strip()
        if not line.startswith("#") or not text:
            return
        if not text.startswith("@package"):
            yield text
