"""How the server is asked to end: the first signal ends it in order, any further one is not needed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # as far as the system has them


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Turn the first signal that asks to end into KeyboardInterrupt, and pay no heed to those that follow.

    What stands ignored already (as SIGHUP does under nohup) stays so.
    """
    known = _known_signals()
    before = {number: signal.getsignal(number) for number in known}
    heeded = [number for number in known if before[number] is not signal.SIG_IGN]
    ended = False

    def end(*_: Any) -> None:
        nonlocal ended
        ended = True
        for number in heeded:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heeded:
        signal.signal(number, end)
    try:
        yield
    finally:
        if not ended:
            for number in heeded:
                signal.signal(number, before[number])


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Start processes inside: a signal waits until they are started, and they begin with all of these held back.

    Ctrl-C in a terminal reaches them too, while they cannot yet say that it is not for them (see `heed_the_end`).
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _known_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def heed_the_end() -> None:
    """In a process so started: SIGTERM ends it again; Ctrl-C is for the one that started it and will end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _known_signals())


def _known_signals() -> list[signal.Signals]:
    return [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
