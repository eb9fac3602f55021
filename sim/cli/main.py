"""The door: reads the command line, composes and validates every job, runs them, and turns every mistake into one message.

Everything a command line can get wrong is found before anything runs. A name that does not exist stops the whole command;
a job that fails for itself (a value out of range, a file that is missing) is reported and the others of a sweep go on.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from sim.cli.flags import answer_flags, only_asks, read_flags
from sim.cli.job_table import Outcome, finish_tables
from sim.cli.launching import attempt_job, launch_jobs, set_verbosity
from sim.composition.check import check_overrides
from sim.composition.commands import options_of
from sim.composition.compose import compose_with_hydra, find_source, parse
from sim.composition.context import StudyContext, make_context, names_of, varied_in
from sim.composition.hydra_settings import launcher_of
from sim.composition.multirun import expand
from sim.composition.options import in_words
from sim.errors import UserError
from sim.results.jobs_folder import jobs_folder
from sim.studies._publishing import check_publishable
from sim.terminal import print_anything

Task = Callable[[StudyContext], Mapping[str, Any]]
FAULT = 1  # of the program's
INTERRUPTED = 130  # as a shell reports an interrupt from the keyboard
TERMINATED = 143  # as a shell reports one that was told to end, such as a job at its time limit
BROKEN_PIPE = (
    141  # as a shell reports one that writes to nobody: its reader, such as head, has left
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
    Exit status: 0 done, 1 a fault of the program's (its traceback on the error stream), 2 a mistake of the user's (one
    message there), 130 interrupted, 141 nobody reads what is printed any more, 143 ended by a signal.
    """
    print_anything()
    try:
        given = options_of(config_name).as_asked(sys.argv[1:] if argv is None else argv)
        with _ending_tidily():
            visit = CommandRun(task, given, config_name, name or getattr(task, "__name__", "run"))
            status = visit.run()
        sys.stdout.flush()
        return status
    except UserError as mistake:
        print(" ".join(str(mistake).splitlines()), file=sys.stderr)  # whatever was given
        return mistake.exit_status
    except SystemExit as leaving:
        if leaving.code != TERMINATED:
            raise
        print("Ended by a signal; nothing unfinished was kept.", file=sys.stderr)
        return TERMINATED
    except KeyboardInterrupt:
        print("Interrupted; nothing unfinished was kept.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return BROKEN_PIPE
    except Exception:
        traceback.print_exc()
        return FAULT


class CommandRun:
    """One command line on its way through the door."""

    def __init__(self, task: Task, argv: list[str], config_name: str, name: str) -> None:
        self.task, self.name = task, name
        self.args = args = read_flags(argv)
        self.source = find_source(args.config_path, args.config_dir, args.config_name, config_name)
        self.many = bool(args.multirun)
        self.hydra: Mapping[str, Any] = {}

    def run(self) -> int:
        """Do what the words ask, and return the exit status."""
        overrides = [] if self.args.shell_completion else parse(self.args.overrides)
        check_overrides(overrides, self.source)
        if only_asks(self.args):
            print(answer_flags(self.args, self.source))
            if self.args.help:
                print(f"\nOptions (every setting: --cfg job)\n\n{in_words(self.source.options)}")
            return 0
        jobs = expand(overrides, many=self.many)
        names = names_of(jobs) if self.many else [""]
        ready = self._foresee(jobs, names)
        with set_verbosity(self.hydra.get("verbose", False)):
            if self.many:
                return self._run_all(ready, names, varied_in(jobs), launcher_of(overrides))
            return self._run_one(ready[0])

    def _foresee(
        self, jobs: Sequence[Sequence[str]], names: Sequence[str]
    ) -> list[StudyContext | UserError]:
        """Compose and validate every job; one that is refused stops the others only if all are."""
        ready = [self._job(overrides, name) for overrides, name in zip(jobs, names, strict=True)]
        if isinstance(ready[0], UserError) and not any(
            isinstance(job, StudyContext) for job in ready
        ):
            raise ready[0]
        for job, name in zip(ready, names, strict=True):
            if isinstance(job, UserError):
                print(f"{name} will not run: {job}", file=sys.stderr)
        return ready

    def _job(self, overrides: Sequence[str], name: str) -> StudyContext | UserError:
        mapping, self.hydra = compose_with_hydra(self.source, overrides)
        try:
            job = make_context(
                mapping, source=self.source, overrides=overrides, task=self.name, name=name
            )
            check_publishable(job, self.name)
        except UserError as mistake:
            return mistake
        return job

    def _run_one(self, job: StudyContext | UserError) -> int:
        assert isinstance(job, StudyContext)
        self.task(job)
        return 0

    def _run_all(
        self,
        ready: Sequence[StudyContext | UserError],
        names: Sequence[str],
        varied: Sequence[Mapping[str, str]],
        launcher: str,
    ) -> int:
        fit = [index for index, job in enumerate(ready) if isinstance(job, StudyContext)]
        base = ready[fit[0]].folder.parent  # type: ignore[union-attr]
        task = self.task

        def work(index: int) -> Outcome:
            return attempt_job(task, names[index], ready[index])  # type: ignore[arg-type]

        with jobs_folder(base, names, self.name) as folder:
            asked = self.hydra.get("launcher", {})
            carried_out = launch_jobs(launcher, asked, work, fit, folder.scratch)
            done = dict(zip(fit, carried_out, strict=True))
            outcomes = [
                done[index] if index in done else Outcome(name=names[index], error=job)  # type: ignore[arg-type]
                for index, job in enumerate(ready)
            ]
            return finish_tables(outcomes, folder, varied)


def _silence_stdout() -> None:
    """Print into nothing from here on, so that leaving does not complain again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Let a request to end (SIGTERM) unwind, so that unfinished folders are cleared; leave other threads' alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
