"""The door: reads the command line, hands over to Hydra, and turns every mistake into one message.

Everything a command line can get wrong is found before anything runs: each job is composed and
validated first. A name that does not exist stops the whole command; a job that fails for itself
(a value out of range, a file that is missing) is reported and the others of a sweep go on.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import hydra
from hydra._internal.utils import get_args_parser
from hydra.core.hydra_config import HydraConfig

from sim.door.check import check_overrides
from sim.door.compose import HYDRA_VERSION, Source, compose, expand, find, parse, plain, register
from sim.door.job import Job, make_job, names_of, varied_in
from sim.door.options import in_words
from sim.door.sections import rewritten
from sim.door.sweep import Outcome, finish, make_base
from sim.errors import UserError

Task = Callable[[Job], Mapping[str, Any]]
INTERRUPTED = 130  # as a shell reports an interrupt from the keyboard
UNHEARD = 141  # as a shell reports one that writes to nobody: its reader, such as head, has left
# Hydra composes and sweeps; where results go and what is said is ours: no logs, no folders.
QUIET = (
    "hydra.run.dir=.",
    "hydra.output_subdir=null",
    "hydra.job.chdir=false",
    "hydra/job_logging=none",
    "hydra/hydra_logging=none",
    "hydra.sweep.subdir=.",
)


def enter(
    task: Task, *, config_name: str, name: str = "", argv: Sequence[str] | None = None
) -> int:
    """Run a task for every job a command line asks for.

    Parameters
    ----------
    task : given a `Job`, does it and returns one row for the table that ends a sweep.
    config_name : configuration under conf/. name : of the experiment; the task's own if blank.
    argv : the command line without the program; the real one if None.

    Returns
    -------
    Exit status: 0 done, 2 a mistake of the user's (one message on the error stream), 130
    interrupted, 141 nobody reads what is printed any more.
    """
    try:
        given = list(sys.argv[1:] if argv is None else argv)
        status = _Visit(task, given, config_name, name or getattr(task, "__name__", "run")).run()
        sys.stdout.flush()
        return status
    except UserError as mistake:
        print(mistake, file=sys.stderr)
        return mistake.exit_status
    except KeyboardInterrupt:
        print("Interrupted; nothing unfinished was kept.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return UNHEARD


class _Visit:
    """One command line on its way through the door."""

    def __init__(self, task: Task, argv: list[str], config_name: str, name: str) -> None:
        argv = rewritten(argv)
        self.task, self.argv, self.name = task, argv, name
        self.args: argparse.Namespace = get_args_parser().parse_intermixed_args(argv)
        self.source: Source = find(self.args, config_name)
        self.many = bool(self.args.multirun)
        self.outcomes: list[Outcome] = []
        self.names = [""]
        self.varied: list[dict[str, str]] = [{}]

    def run(self) -> int:
        overrides = parse(self.args.overrides)
        check_overrides(overrides, self.source)
        if self._only_asks():
            status = self._hand_over([])
            if self.args.help:
                print(f"\nOptions (every setting: --cfg job)\n\n{in_words(self.source.options)}")
            return status
        jobs = expand(overrides, many=self.many)
        self.names = names_of(jobs) if self.many else [""]
        self.varied = varied_in(jobs)
        base = self._foresee(jobs)
        if self.many:
            make_base(base)
        status = self._hand_over([f"hydra.sweep.dir={_quoted(str(base))}"] if self.many else [])
        if status == UNHEARD:
            return status
        if self.many:
            return finish(self.outcomes, base, self.varied)
        for outcome in self.outcomes:
            if outcome.error is not None:
                raise outcome.error
        return status

    def _only_asks(self) -> bool:
        args = self.args
        return any((args.help, args.hydra_help, args.cfg, args.info, args.shell_completion))

    def _foresee(self, jobs: Sequence[Sequence[str]]) -> Path:
        """Compose and validate every job; say where the results of several go."""
        base = Path("results") / f"{self.name}-sweep"
        for place, overrides in enumerate(jobs):
            composed = compose(self.source, overrides)
            if composed.get("out") and place == 0:
                base = Path(str(composed["out"]))
            if not self.many:
                self._job(composed, overrides, 0)
                continue
            try:
                self._job(composed, overrides, place)
            except UserError as mistake:
                print(f"{self.names[place]} will not run: {mistake}", file=sys.stderr)
        return base

    def _job(self, mapping: Mapping[str, Any], overrides: Sequence[str], place: int) -> Job:
        return make_job(
            mapping, source=self.source, overrides=overrides, task=self.name, name=self.names[place]
        )

    def _hand_over(self, further: Sequence[str]) -> int:
        """Let Hydra do the rest of its work: help, printing, the run or the sweep."""
        register()
        flags = [text for text in self.argv if text not in self.args.overrides]
        flags += ["--config-path", str(self.source.folder), "--config-name", self.source.name]
        argv = [*flags, *self.args.overrides, *QUIET, f"hydra.job.name={self.name}", *further]
        main = hydra.main(
            config_path=str(self.source.folder),
            config_name=self.source.name,
            version_base=HYDRA_VERSION,
        )
        with _command_line([f"{self.name}.py", *argv]):
            try:
                main(self._in_hydra)()
            except SystemExit as leaving:
                return (
                    leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
                )
        return 0

    def _in_hydra(self, composed: Any) -> None:
        known = HydraConfig.get()
        place = int(known.job.num) if self.many else 0
        outcome = Outcome(name=self.names[place] or self.name)
        self.outcomes.append(outcome)
        try:
            outcome.row = self.task(self._job(plain(composed), list(known.overrides.task), place))
        except UserError as mistake:
            outcome.error = mistake
        except BrokenPipeError:
            _hush()
            raise SystemExit(UNHEARD) from None
        except Exception as fault:
            if not self.many:
                raise
            traceback.print_exc()
            outcome.error = fault


def _hush() -> None:
    """Print into nothing from here on, so that leaving does not complain again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _command_line(argv: list[str]) -> Iterator[None]:
    """Stand in for the real command line, which Hydra reads for itself; leave logging as it was."""
    before, sys.argv = sys.argv, argv
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        sys.argv, root.handlers[:] = before, handlers
        root.setLevel(level)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
