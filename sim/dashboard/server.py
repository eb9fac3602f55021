"""The HTTP server: waitress, with bounds on what it reads and how long it waits for it.

A request is read whole before a thread sees it, so that a slow or broken client costs a connection for a while and
never a thread. What cannot be read is answered with a 4xx and one line in the log.
"""

from __future__ import annotations

import logging
import select
import socket
import time
from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented
from waitress.server import create_server
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, RequestEntityTooLarge

LARGEST_BODY = 128 * 1024  # bytes; a page with every setting changed asks with a quarter of it
LARGEST_HEAD = 32 * 1024  # bytes of the request line and all headers
LONGEST_REQUEST = 20.0  # seconds from the first byte of a request to its last
LONGEST_SILENCE = 60  # seconds that an unused connection stays open
THREADS = 24
CONNECTIONS = 250
LAST_CHUNK = b"0\r\n\r\n"

LOG = logging.getLogger("sim.dashboard")


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads one request; whatever is wrong with it is the client's mistake."""

    expect_continue: bool

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.begun = time.monotonic()
        self.refused = False  # the body is too large: it is read on and forgotten
        self.unread = 0  # bytes of it still to come, where its length was given
        self.tail = b""  # its last bytes, where it comes in chunks

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, of which a number with too many digits or an unknown encoding is refused like the rest."""
        try:
            super().parse_header(header_plus)
        except TransferEncodingNotImplemented as error:
            raise ParsingError("this transfer encoding is not known") from error
        except ValueError as error:
            raise ParsingError("the head of the request cannot be read") from error

    def received(self, data: bytes) -> int:
        """Take bytes; a body that is too large is read to its end, else its sender might never see the answer."""
        if self.refused:
            return self._forget(data)
        consumed: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            if self.expect_continue:
                self.expect_continue = False  # the answer comes before the body
            else:
                self.refused, self.unread = True, self.content_length
                self._forget(data if self.chunked else b"")
        return consumed

    def _forget(self, data: bytes) -> int:
        taken = len(data) if self.chunked else min(len(data), self.unread)
        self.unread -= taken
        self.tail = (self.tail + data)[-len(LAST_CHUNK) :]
        self.completed = self.tail == LAST_CHUNK if self.chunked else self.unread == 0
        return taken


class Refusal(ErrorTask):  # type: ignore[misc]
    """Answers a request that could not be read."""

    def execute(self) -> None:
        """Answer, and say so in the log."""
        error = self.request.error
        LOG.warning("%s: %s", error.code, error.body)
        super().execute()


class RequestTimeout(BadRequest):  # type: ignore[misc]
    """The request took too long to come."""

    code = 408
    reason = "Request Timeout"


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection, answered and closed when a request takes too long to come."""

    request: Parser | None
    will_close: bool
    parser_class = Parser
    error_task_class = Refusal

    def readable(self) -> bool:
        """Say whether more may be read; asked at least once a second."""
        request = self.request
        if request is not None and time.monotonic() - request.begun > LONGEST_REQUEST:
            self._give_up(request)
        return bool(super().readable())

    def _give_up(self, request: Parser) -> None:
        with self.requests_lock:
            if self.requests or self.will_close or self.close_when_flushed:
                self.will_close = True
                return
            if not request.headers_finished:
                request.parse_header(b"GET / HTTP/1.0\r\n")
            reason = f"the request did not come within {LONGEST_REQUEST:.0f} seconds"
            request.error = request.error or RequestTimeout(reason)
            self.requests.append(request)
            self.request = None
            self.server.add_task(self)


def server_at(place: socket.socket, application: Callable[..., Any]) -> Any:
    """Make a server for an application at a place; ``run()`` serves until KeyboardInterrupt."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        application,
        sockets=[place],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        max_request_body_size=LARGEST_BODY + 1,
        max_request_header_size=LARGEST_HEAD,
        channel_timeout=LONGEST_SILENCE,
        cleanup_interval=5,
        log_socket_errors=False,
        asyncore_use_poll=hasattr(select, "poll"),
        ident=None,
    )
    server.channel_class = Channel
    return server
