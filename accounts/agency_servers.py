"""Asking the server of an agency's own sign-in, whose address somebody typed: over HTTPS, in time, and never a machine of ours.

In production only addresses of the public internet are asked. The name is looked up once and the connection goes to what was
found, so a name that means another machine a moment later gains nothing. ``AGENCY_SERVERS_ANYWHERE`` waives that for trying out.
"""

from __future__ import annotations

import json
import socket
import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from core.verdicts import ALLOWED, Verdict, refuse, require

SECONDS = 5  # for an answer
BYTES = 256 * 1024  # of a page that says where things are; real ones have a few thousand
PAGE = "/.well-known/openid-configuration"
ASK_THE_AGENCY = "Ask the agency's own technicians for its issuer address."


class NotPublic(OSError):
    """The name leads to a machine that is not on the public internet."""


class _Answered(Exception):
    """The server answered with another number than 200."""


def public_address(host: str, port: int) -> str:
    """The address that this name leads to. Raises ``NotPublic`` when any of those it has is private, OSError when it has none."""
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    known = [ip_address(one.partition("%")[0]) for one in found]
    if not all(one.is_global and not one.is_multicast for one in known):
        raise NotPublic(host)
    return found[0]


class _PublicConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        address = public_address(self.host, self.port)
        return socket.create_connection((address, self.port), timeout=SECONDS)


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": _PublicPool}


class AgencyServers(requests.Session):
    """A session that asks public addresses over HTTPS alone, also where an answer sends it on."""

    def __init__(self) -> None:
        super().__init__()
        if not settings.AGENCY_SERVERS_ANYWHERE:
            self.adapters.clear()
            self.mount("https://", _PublicAdapter())


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
    except requests.RequestException:
        return refuse(
            f"{server_url} cannot be reached. Look at the address letter by letter; then ask the agency whether it is up."
        )
    except (ValueError, RecursionError):
        return refuse(
            f"{server_url.rstrip('/')}{PAGE} does not say what a sign-in says there. {ASK_THE_AGENCY}"
        )
    return _is_itself(server_url, said)


def _read(url: str) -> dict[str, Any]:
    """What stands at this address, in JSON. Raises RequestException, _Answered, or ValueError for anything else than a small object."""
    until, body = time.monotonic() + SECONDS, b""
    with AgencyServers() as session:
        answer = session.get(url, timeout=SECONDS, stream=True, allow_redirects=False)
        if answer.status_code != requests.codes.ok:
            raise _Answered(answer.status_code)
        for piece in answer.iter_content(1024):
            body += piece
            if time.monotonic() > until:
                raise requests.Timeout
            if len(body) > BYTES:
                raise ValueError("too long")
    found = json.loads(body)
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
