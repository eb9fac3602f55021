"""One piece of work: its settings, its options, its folder, and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.composition.check import check_names, check_overrides, choices_of, groups_of
from sim.composition.commands import OWN_GROUPS
from sim.composition.compose import Source, compose, parse
from sim.composition.options import as_given, known_paths, take_options
from sim.composition.stacked import with_drawn_theory
from sim.config import Settings, build
from sim.config.options import Options
from sim.config.settings import STACKED, as_mapping
from sim.ensemble.options import RunsSection
from sim.errors import UserError

RESULTS = Path("results")
UNFIT_IN_A_NAME = re.compile(r"[^\w.=,+-]+")
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class StudyContext:
    """What a task is handed.

    Parameters
    ----------
    settings, options : validated; the options are of the class that the command names in `sim.composition.commands`.
    name : readable name. folder : where results go.
    source, overrides : what the settings were composed from.
    """

    settings: Settings
    options: Any
    name: str
    folder: Path
    source: Source | None = None
    overrides: tuple[str, ...] = ()

    def varied(self, choices: Sequence[str]) -> Settings:
        """Return the settings with further overrides such as theory=commerce, composed anew.

        Raises
        ------
        UserError : a choice there is not, or settings that are not allowed.
        """
        if self.source is None or not choices:
            return self.settings
        return _variant_settings(choices, self.source, self.overrides)

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the groups whose choices may be varied, each with its choices."""
        if self.source is None:
            return {}
        names = [group for group in groups_of(self.source) if group not in OWN_GROUPS]
        choices = {group: choices_of(self.source, group) for group in names}
        return {
            group: tuple(choice for choice in of_group if choice != STACKED)  # no single theory
            for group, of_group in choices.items()
        }

    def mapping(self) -> dict[str, Any]:
        """Return settings and options as one plain mapping, such that it can be read back."""
        options = as_given(replace(self.options, out=str(self.folder)))
        del options["publish"]  # what is asked once, not what makes a result
        return as_mapping(self.settings) | options


def make_context(
    mapping: Mapping[str, Any],
    *,
    source: Source,
    overrides: Sequence[str],
    task: str,
    name: str = "",
) -> StudyContext:
    """Validate a composed mapping into a job.

    Parameters
    ----------
    mapping : the composed configuration. source, overrides : what it was composed from.
    task : name of the experiment. name : name of the job among several; blank for one alone.

    Raises
    ------
    UserError : anything that is not allowed, of the settings or of what they are compared with.
    """
    options, rest = take_options(mapping, source.options)
    settings = check_names(build(rest))
    if not _sweeps(options):
        settings = with_drawn_theory(
            settings, lambda drawn: _variant_settings([drawn], source, overrides)
        )
    job = StudyContext(
        settings=settings,
        options=options,
        name=name or task,
        folder=base_folder(options, task, many=bool(name)) / name,
        source=source,
        overrides=tuple(overrides),
    )
    options.check(job)
    return job


def _sweeps(options: Options) -> bool:
    """Whether a command lays out points, each of which may draw a theory (`sim.ensemble.plan`)."""
    return any(isinstance(section, RunsSection) for section in vars(options).values())


def base_folder(options: Options, task: str, *, many: bool) -> Path:
    """Say where a command writes: `out`, results/TASK, or results/TASK-sweep for several jobs."""
    return Path(options.out) if options.out else RESULTS / (f"{task}-sweep" if many else task)


def _variant_settings(choices: Sequence[str], source: Source, overrides: Sequence[str]) -> Settings:
    given = parse(choices)
    options = set(known_paths(source.options)) - set(known_paths(None))
    for item in given:
        if item.key_or_group in options or item.key_or_group.startswith("hydra"):
            raise UserError(
                given=f"{item.key_or_group} is no setting of the model",
                allowed="only settings and groups can be compared",
                where="on the command line: policy/japan=none, or policy.japan.osa_budget=5",
            )
    check_overrides(given, source)
    _, rest = take_options(compose(source, [*overrides, *choices]), source.options)
    return with_drawn_theory(
        check_names(build(rest)),
        lambda drawn: _variant_settings([*choices, drawn], source, overrides),
    )


def names_of(jobs: Sequence[Sequence[str]]) -> list[str]:
    """Name each of several jobs by the overrides in which they differ.

    >>> names_of([["seed=1", "policy/japan=none"], ["seed=1", "policy/japan=osa_2023"]])
    ['policy.japan=none', 'policy.japan=osa_2023']
    """
    common = set(jobs[0]).intersection(*jobs[1:]) if len(jobs) > 1 else set()
    names = [_readable_text([text for text in job if text not in common]) for job in jobs]
    return [
        name if names.count(name) == 1 else f"{name}-{index}" for index, name in enumerate(names)
    ]


def varied_in(jobs: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Say for each of several jobs what it is given that not all are.

    >>> varied_in([["seed=1", "policy/japan=none"], ["seed=1", "policy/japan=osa_2023"]])
    [{'policy/japan': 'none'}, {'policy/japan': 'osa_2023'}]
    """
    common = set(jobs[0]).intersection(*jobs[1:]) if len(jobs) > 1 else set()
    parts = [[text.partition("=") for text in job if text not in common] for job in jobs]
    return [{name.lstrip("+"): value for name, _, value in part} for part in parts]


def _readable_text(overrides: Sequence[str]) -> str:
    text = ",".join(overrides).replace("/", ".")
    return UNFIT_IN_A_NAME.sub("_", text)[:LONGEST_NAME].strip("._") or "as_declared"
