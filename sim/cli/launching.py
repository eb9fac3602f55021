"""Carrying out several jobs: one after another, or by a launcher of Hydra's (joblib, submitit) under the program's settings.

A launcher gets the number of a job that was composed and validated before; nothing of a user's files reaches Hydra.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.cli.job_table import Outcome
from sim.composition.compose import quoted_text
from sim.composition.context import StudyContext
from sim.errors import UserError

QUIET = (  # no logs, no folders
    "hydra.output_subdir=null",
    "hydra.job.chdir=false",
    "hydra/job_logging=none",
    "hydra/hydra_logging=none",
    "hydra.sweep.subdir=.",
)


def attempt_job(
    task: Callable[[StudyContext], Mapping[str, Any]], name: str, job: StudyContext
) -> Outcome:
    """Do one of several jobs, and say what became of it."""
    try:
        return Outcome(name=name, row=task(job))
    except UserError as mistake:
        return Outcome(name=name, error=mistake)
    except BrokenPipeError:
        raise
    except Exception as fault:
        traceback.print_exc()
        return Outcome(name=name, error=fault)


def launch_jobs(
    launcher: str,
    asked: Mapping[str, Any],
    work: Callable[[int], Outcome],
    jobs: Sequence[int],
    folder: Path,
) -> list[Outcome]:
    """Carry out jobs and return what became of each.

    Parameters
    ----------
    launcher : "basic" for one after another, or the name of a launcher that is installed.
    asked : plain settings of the launcher, checked (`sim.composition.hydra_settings`).
    work : does the job of a number.
    jobs : their numbers.
    folder : where a launcher keeps its own notes.

    Raises
    ------
    UserError : the launcher cannot be set up, or has no such setting.
    """
    if launcher == "basic":
        return [work(index) for index in jobs]
    from hydra.core.utils import setup_globals
    from hydra.errors import HydraException

    setup_globals()
    try:
        returned = _load_launcher(launcher, asked, work, folder).launch(
            [[f"+job={index}"] for index in jobs], initial_job_idx=0
        )
    except HydraException as error:
        raise UserError(
            given=f"hydra/launcher={launcher} cannot be used ({str(error).splitlines()[0]})",
            allowed="--hydra-help lists what a launcher may be told",
            where="on the command line",
        ) from error
    return [job.return_value for job in returned]


def _load_launcher(
    name: str, asked: Mapping[str, Any], work: Callable[[int], Outcome], folder: Path
) -> Any:
    from hydra._internal.callbacks import Callbacks
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
    from hydra.core.plugins import Plugins
    from hydra.types import HydraContext, RunMode

    path = ConfigSearchPathImpl()
    path.append("hydra", "pkg://hydra.conf")
    path.append("schema", "structured://")
    plugins = Plugins.instance()  # before the loader: it registers where configurations may stand
    loader = ConfigLoaderImpl(path)
    settings = [
        f"hydra.launcher.{key}={quoted_text(value) if isinstance(value, str) else value}"
        for key, value in asked.items()
    ]
    position = f"hydra.sweep.dir={quoted_text(str(folder.resolve()))}"
    config = loader.load_configuration(
        None,
        [f"hydra/launcher={name}", *settings, *QUIET, position, "hydra.job.name=job"],
        RunMode.MULTIRUN,
    )
    return plugins.instantiate_launcher(
        hydra_context=HydraContext(config_loader=loader, callbacks=Callbacks()),
        task_function=lambda told: work(int(told.job)),
        config=config,
    )


@contextmanager
def set_verbosity(asked: bool | str | Sequence[str]) -> Iterator[None]:
    """Let what libraries log be seen on the error stream: of all (true), or of those named."""
    names = [None] if asked is True else [asked] if isinstance(asked, str) else list(asked or ())
    handler = logging.StreamHandler(sys.stderr)
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
