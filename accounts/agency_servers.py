"""Asking the server of an agency's own sign-in, whose address somebody typed: over HTTPS, in time, and never a machine of ours.

In production only addresses of the public internet are asked. The name is looked up once and the connection goes to what was
found, so a name that means another machine a moment later gains nothing. ``AGENCY_SERVERS_ANYWHERE`` waives that for trying out.
"""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from core.verdicts import ALLOWED, Verdict, refuse, require

SECONDS = 5  # for an answer
BYTES = 256 * 1024  # of a page that says where things are; real ones have a few thousand
PAGE = "/.well-known/openid-configuration"
# Addresses that stand for another, maybe private one: of a translator to IPv4, and of 6to4.
TRANSLATED = [ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16")]
ASK_THE_AGENCY = "Ask the agency's own technicians for its issuer address."


class NotPublic(OSError):
    """The name leads to a machine that is not on the public internet."""


class _Answered(Exception):
    """The server answered with another number than 200."""


class _TooLong(requests.RequestException):
    """The answer is longer than any real one."""


def public_address(host: str, port: int) -> str:
    """The address that this name leads to. Raises ``NotPublic`` when any of those it has is private, OSError when it has none."""
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    known = [ip_address(one.partition("%")[0]) for one in found]
    if not all(_is_public(one) for one in known):
        raise NotPublic(host)
    return found[0]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Of the public internet itself: no group of machines, and no way through a translator to an address that it hides."""
    hides = any(address in network for network in TRANSLATED if network.version == address.version)
    return address.is_global and not address.is_multicast and not hides


class _Brief(HTTPConnection):
    """A connection that lasts ``SECONDS`` at most, from the first byte to the last, however slowly the other side speaks.

    Nothing ends the clock earlier: the connection counts as closed as soon as an answer of unknown length begins.
    """

    def _new_conn(self) -> socket.socket:
        anywhere = settings.AGENCY_SERVERS_ANYWHERE
        address = self.host if anywhere else public_address(self.host, self.port)
        found = socket.create_connection((address, self.port), timeout=SECONDS)
        end = Timer(SECONDS, _hang_up, [found.dup()])  # a line of its own: TLS takes the first away
        end.daemon = True
        end.start()
        return found


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError), line:
        line.shutdown(socket.SHUT_RDWR)


class _BriefHTTPS(_Brief, HTTPSConnection):
    """The same over TLS."""


class _BriefPool(HTTPConnectionPool):
    ConnectionCls = _Brief


class _BriefHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _BriefHTTPS


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _BriefPool, "https": _BriefHTTPSPool}


class AgencyServers(requests.Session):
    """A session that asks public addresses over HTTPS alone, also where an answer sends it on; for a short answer, in a short time.

    Nothing of the environment counts: through a proxy, the proxy would look the name up, and no check of ours would hold.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount("https://", _Adapter())
        if settings.AGENCY_SERVERS_ANYWHERE:
            self.mount("http://", _Adapter())

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """The whole answer, read here: in time, and no longer than ``BYTES``."""
        until = time.monotonic() + SECONDS
        try:
            answer = super().send(request, **{**kwargs, "stream": True, "proxies": {}})
            body = b""
            for piece in answer.iter_content(1024):
                body += piece
                if len(body) > BYTES:
                    answer.close()
                    raise _TooLong("too long")
            if time.monotonic() >= until:
                raise requests.Timeout  # hung up on an answer that does not say how long it is
        except requests.RequestException as fault:
            if time.monotonic() >= until - 0.1:  # hung up: what was cut off looks like any fault
                raise requests.Timeout from fault
            raise
        answer._content = body
        return answer


def is_sign_in(server_url: str) -> Verdict:
    """Whether an OpenID Connect server answers at this address, under just this name. Asks it; nothing else is sent."""
    askable = _is_askable(server_url)
    return _answers(server_url) if askable else askable  # asked only then


def _is_askable(server_url: str) -> Verdict:
    parts = urlsplit(server_url)
    if parts.scheme != "https" and not settings.AGENCY_SERVERS_ANYWHERE:
        return refuse(
            "Write an address that begins with https://, so that nobody on the way reads or changes what is sent."
        )
    try:
        if not settings.AGENCY_SERVERS_ANYWHERE:
            public_address(str(parts.hostname), parts.port or 443)
    except NotPublic:
        return refuse(
            f"{parts.hostname} is in a private network, where this service does not look. "
            "Ask the agency for the address that the public internet knows."
        )
    except (OSError, UnicodeError):
        return refuse(
            f"Nothing has the name {parts.hostname}. Look at the address letter by letter."
        )
    return ALLOWED


def _answers(server_url: str) -> Verdict:
    try:
        said = _read(server_url.rstrip("/") + PAGE)
    except requests.Timeout:
        return refuse(
            f"{server_url} did not answer within {SECONDS} seconds. Try once more, or ask the agency."
        )
    except _Answered as other:
        return refuse(
            f"{server_url.rstrip('/')}{PAGE} answers {other}, so this is no address of a sign-in. {ASK_THE_AGENCY}"
        )
    except _TooLong:
        return refuse(_says_nothing_of_it(server_url))
    except requests.RequestException:
        return refuse(
            f"{server_url} cannot be reached. Look at the address letter by letter; then ask the agency whether it is up."
        )
    except (ValueError, RecursionError):
        return refuse(_says_nothing_of_it(server_url))
    return _is_itself(server_url, said)


def _says_nothing_of_it(server_url: str) -> str:
    return (
        f"{server_url.rstrip('/')}{PAGE} does not say what a sign-in says there. {ASK_THE_AGENCY}"
    )


def _read(url: str) -> dict[str, Any]:
    """What stands at this address, in JSON. Raises RequestException, _Answered, or ValueError for anything else than a small object."""
    with AgencyServers() as session:
        answer = session.get(url, timeout=SECONDS, allow_redirects=False)
    if answer.status_code != requests.codes.ok:
        raise _Answered(answer.status_code)
    found = json.loads(answer.content)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _is_itself(server_url: str, said: dict[str, Any]) -> Verdict:
    """It calls itself by this address, and says where people sign in and where we then ask who they are."""
    issuer = str(said.get("issuer", ""))[:200]
    if issuer.rstrip("/") != server_url.rstrip("/"):
        return refuse(
            f"The server there calls itself {issuer or 'nothing at all'}. If that is the agency's, write that address."
        )
    places = [str(said.get(one, "")) for one in ("authorization_endpoint", "token_endpoint")]
    safe = ("https://", "http://") if settings.AGENCY_SERVERS_ANYWHERE else ("https://",)
    return require(
        all(one.startswith(safe) for one in places),
        f"The server does not say where people sign in, or not over HTTPS. {ASK_THE_AGENCY}",
    )
