"""Serving the page: where it listens, what it says when it cannot, how it ends."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sim.errors import UserError

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer

    from sim.dashboard.crew import Crew

HOST, PORT = "127.0.0.1", 8050
LOOPBACK = ("127.", "localhost", "::1")
MOST_RUNS = 10_000
WHERE = "on the command line: python -m sim dashboard --port 8051"


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted; return the exit status: 0 ended, 2 a mistake of the user's."""
    try:
        told = _arguments().parse_args(argv)
        check(told)
        with listen(told.host, told.port) as place:
            serve(place, told)
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
        epilog="Ctrl-C ends it.",
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
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    return parser


def check(told: argparse.Namespace) -> None:
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
    if find_spec("dash") is None:
        raise UserError(
            given="the dashboard was asked for, and dash is not installed",
            allowed="it needs the extra dashboard",
            hint='Run: pip install ".[dashboard]" (or, in a clone, python3 -m sim dashboard).',
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
            given=f"the dashboard cannot listen at {host}:{port} ({_reason(error)})",
            allowed="it needs a free port above 1023 at an address of this machine",
            where=WHERE,
        ) from error


def _reason(error: Exception) -> str:
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
    """Serve at a place until interrupted."""
    from sim.dashboard.crew import Crew

    crew = Crew(runs=told.runs, workers=told.workers)
    try:
        server = server_at(place, crew)
        _say(*place.getsockname()[:2], show=told.open)
        server.serve_forever()
    finally:
        crew.close()


def server_at(place: socket.socket, crew: Crew) -> BaseWSGIServer:
    """A server at a place, a thread a request, that keeps connections open and says nothing of each request."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    from sim.dashboard.app import make

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    host, port = place.getsockname()[:2]
    server = make_server(
        host, port, make(crew).server, threaded=True, request_handler=Handler, fd=place.fileno()
    )
    server.daemon_threads = True  # type: ignore[attr-defined]
    return server


def _say(host: str, port: int, *, show: bool) -> None:
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
