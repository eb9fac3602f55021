"""Serving the page: where it listens, what it says when it cannot, how it ends."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from sim.dashboard.signals import ended_by_signals, signals_held_back
from sim.errors import UserError
from sim.terminal import print_anything

HOST, PORT = "127.0.0.1", 8050
LOOPBACK = ("127.", "localhost", "::1")
MOST_RUNS = 10_000
WHERE = "on the command line: python -m sim dashboard --port 8051"


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted or asked to end; return the exit status: 0 ended so, 2 a mistake of the user's."""
    print_anything()
    with ended_by_signals():
        try:
            result = _arguments().parse_args(argv)
            check_arguments(result)
            with listen(result.host, result.port) as position:
                serve(position, result)
        except UserError as mistake:
            print(mistake, file=sys.stderr)
            return mistake.exit_status
        except KeyboardInterrupt:
            pass
        return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sim dashboard",
        description="Serve the dashboard to this machine's browsers; nothing is fetched from elsewhere.",
        epilog="Ctrl-C or SIGTERM ends it, with exit status 0.",
    )
    parser.add_argument(
        "--host", default=HOST, help=f"address to listen at (default {HOST}: this machine alone)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=PORT,
        help=f"port to listen at (default {PORT}; 0: any free one)",
    )
    parser.add_argument(
        "--runs", type=int, default=1000, help="runs of each ensemble (default 1000)"
    )
    parser.add_argument(
        "--workers", type=int, default=0, help="processes that run the model (default: one a core)"
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        help="a further name, with a port if it is another, by which browsers may call it; may be repeated",
    )
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    return parser


def check_arguments(told: argparse.Namespace) -> None:
    """Refuse numbers out of range, and a missing library.

    Raises
    ------
    UserError : saying which.
    """
    for name, low, high in (("port", 0, 65535), ("runs", 2, MOST_RUNS), ("workers", 0, 64)):
        given = getattr(told, name)
        if not low <= given <= high:
            raise UserError(
                given=f"--{name} is {given}",
                allowed=f"it must be a whole number between {low} and {high}",
                where=f"on the command line: --{name}",
            )
    missing = [name for name in ("dash", "waitress") if find_spec(name) is None]
    if missing:
        raise UserError(
            given=f"the dashboard was asked for, and {' and '.join(missing)} is not installed",
            allowed="it needs the extra dashboard",
            hint="In a clone, run: python3 -m sim dashboard, which installs it.",
        )


def listen(host: str, port: int) -> socket.socket:
    """Take a place to listen at.

    Raises
    ------
    UserError : the port is taken or not allowed, or the host is none of this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        raise UserError(
            given=f"the dashboard cannot listen at {host}:{port} ({_failure_reason(error)})",
            allowed="it needs a free port above 1023 at an address of this machine",
            where=WHERE,
        ) from error


def _failure_reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    known = {
        errno.EADDRINUSE: "another program, perhaps another dashboard, listens there",
        errno.EADDRNOTAVAIL: "that is no address of this machine",
        errno.EACCES: "this port is kept for the system",
        socket.EAI_NONAME: "no such host is known",
    }
    if number in known:
        return known[number]
    return getattr(error, "strerror", None) or str(error)


def serve(place: socket.socket, told: argparse.Namespace) -> None:
    """Serve at a place until interrupted.

    Raises
    ------
    UserError : a name that is none, or the named choices of conf/ cannot be read.
    """
    from sim.dashboard.app import make_app
    from sim.dashboard.guard import names_of
    from sim.dashboard.server import server_at
    from sim.dashboard.workers import EnsemblePool

    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    port = place.getsockname()[1]
    names = names_of(told.host, port, told.name)
    crew = None
    try:
        with signals_held_back():
            crew = EnsemblePool(runs=told.runs, workers=told.workers)
        server = server_at(place, make_app(crew, names).server)
        _print_line(place.getsockname()[0], port, show=told.open)
        server.run()
    finally:
        if crew is not None:
            crew.close()


def _print_line(host: str, port: int, *, show: bool) -> None:
    named = f"[{host}]" if ":" in host else host
    url = f"http://{named}:{port}/"
    print(f"Straits dashboard: {url}   (Ctrl-C ends it)", flush=True)
    if not host.startswith(LOOPBACK):
        print(
            "Whoever reaches this machine over the network can open it; it asks for no password.",
            flush=True,
        )
    if show:
        import webbrowser

        webbrowser.open(url)
