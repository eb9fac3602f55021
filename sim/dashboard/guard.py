"""Who is answered: pages of this server, under the names that it goes by; and what every answer tells the browser.

A page of another site that the visitor has open must not reach this server, neither by a form or a script (Origin,
Sec-Fetch-Site) nor by giving its own name this machine's address (DNS rebinding; Host).
"""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dash import Dash
from dash.exceptions import DependencyException
from flask import Response, request
from werkzeug.exceptions import BadRequest

from sim.dashboard.questions import StrictJson, check_update
from sim.dashboard.share import LONGEST
from sim.dashboard.workers import Closing
from sim.errors import UserError

LOCAL = ("127.0.0.1", "localhost", "[::1]")
ANYWHERE = ("0.0.0.0", "::")
NAME = re.compile(r"([a-z0-9_.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.IGNORECASE)
LONGEST_ADDRESS = LONGEST + 200  # characters of path and query
UPDATE = "/_dash-update-component"
SHOWN = 80  # characters of a request that a line of the log repeats

LOG = logging.getLogger("sim.dashboard")


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names by which browsers may call this server.

    names : as in the Host header, in small letters. port : where it listens.
    by_address : it listens for other machines, which may call it by any address (an address cannot be rebound).
    """

    names: frozenset[str]
    port: int
    by_address: bool = False

    def know(self, host: str | None) -> bool:
        """Say whether a Host header names this server."""
        given = (host or "").lower()
        return given in self.names or (self.by_address and self._is_address(given))

    def _is_address(self, given: str) -> bool:
        bare = given if self.port == 80 else given.removesuffix(f":{self.port}")
        if self.port != 80 and bare == given:
            return False
        try:
            ipaddress.ip_address(bare.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return bare.startswith("[") == (":" in bare)


def names_of(host: str = LOCAL[0], port: int = 80, further: Iterable[str] = ()) -> Names:
    """Return the names of a server: those of this machine, the host it listens at, and further ones.

    Parameters
    ----------
    host : listened at. port : listened at; 80 goes without saying. further : names, with a port if it is another.

    Raises
    ------
    UserError : a further name that is none.
    """
    known = set()
    own = f"[{host}]" if ":" in host else host
    for name in (*LOCAL, own, *further):
        if not NAME.fullmatch(name):
            raise UserError(
                given=f"--name is {name[:SHOWN]!r}",
                allowed="it must be the name of a machine, with or without a port, such as lab.example.org:8050",
                where="on the command line: --name",
            )
        with_port = re.search(r":[0-9]+$", name) is not None
        known.add((name if with_port else f"{name}:{port}").lower())
    known |= {name.removesuffix(":80") for name in known}
    return Names(names=frozenset(known), port=port, by_address=own not in LOCAL)


def guard(app: Dash, names: Names) -> None:
    """Have every request checked before it is looked into, and every answer told what the browser may do."""
    policy = policy_of(app)

    def admitted() -> Response | None:
        """Refuse what does not come from this page, or is too long."""
        if not names.know(request.environ.get("HTTP_HOST")):
            return refusal_response(421, "this server does not go by that name; --name lets it")
        if len(request.environ.get("RAW_URI", "") or request.full_path) > LONGEST_ADDRESS:
            return refusal_response(414, f"the address has more than {LONGEST_ADDRESS} characters")
        if not _from_here(names):
            return refusal_response(403, "the request comes from a page of another site")
        if request.path == UPDATE and request.method == "POST":
            check_update(request.get_json(), app.callback_map)
        return None

    def told(response: Response) -> Response:
        """Set the headers, and log a refusal in one line."""
        response.headers["Content-Security-Policy"] = policy
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        if 400 <= response.status_code < 500:
            asked = f"{request.method[:SHOWN]} {request.path[:SHOWN]}"
            LOG.warning("%d: %s: %s", response.status_code, ascii(asked), _refusal_reason(response))
        return response

    def malformed(error: BadRequest) -> Response:
        return refusal_response(error.code or 400, error.description or "")

    app.server.json = StrictJson(app.server)
    app.server.before_request(admitted)
    app.server.after_request(told)
    app.server.register_error_handler(BadRequest, malformed)
    app.server.register_error_handler(
        DependencyException, lambda _: refusal_response(404, "no such file")
    )
    app.server.register_error_handler(
        Closing, lambda _: refusal_response(503, "the server is ending")
    )


def refusal_response(status: int, reason: str) -> Response:
    """One line of plain text."""
    return Response(f"{reason}\n", status, mimetype="text/plain")


def _refusal_reason(response: Response) -> str:
    if response.mimetype != "text/plain" or response.is_streamed:
        return response.status
    return ascii(response.get_data(as_text=True)[: 2 * SHOWN].strip())


def _from_here(names: Names) -> bool:
    """Say whether a request comes from this server's own page, or is a visitor opening the page."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    opened = request.headers.get("Sec-Fetch-Mode") == "navigate"
    if request.method in ("GET", "HEAD", "OPTIONS"):
        page = opened and not request.path.startswith("/take/")
        return site in ("same-origin", "none") or page
    scheme, _, origin = request.headers.get("Origin", f"http://{request.host}").partition("://")
    return site == "same-origin" and scheme in ("http", "https") and names.know(origin)


def policy_of(app: Dash) -> str:
    """Write the Content-Security-Policy: the browser itself refuses whatever would leave this machine.

    Scripts are files of this server, and the one inline script of Dash, by its hash; nothing is evaluated from text.
    Styles may be inline, since Plotly and Dash's own components write theirs into the page.
    """
    scripts = " ".join(app.csp_hashes())
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
