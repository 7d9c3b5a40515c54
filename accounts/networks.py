"""From where a session is used. People move, on trains and between home and work: a network is noted, and nobody is judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network

from allauth.usersessions.models import UserSession

ALSO = "also"  # in a session's data: each other network's address, and when it was first seen
IPV4, IPV6 = 24, 48  # bits: within these the address changes by itself
AT_MOST = 12  # places kept of one session


@dataclass(frozen=True, slots=True)
class Place:
    """Another network than the one that a session began in, and when it first turned up there."""

    ip: str
    at: datetime


def network_of(ip: str) -> str:
    """``203.0.113.0/24``: the addresses that one provider gives out beside each other. Empty for what is no address."""
    try:
        length = IPV4 if ip_address(ip).version == 4 else IPV6
    except ValueError:
        return ""
    return str(ip_network((ip, length), strict=False))


def places_of(session: UserSession) -> list[Place]:
    """Where else a session was used, the earliest first."""
    found = session.data.get(ALSO, [])
    return [Place(one["ip"], datetime.fromisoformat(one["at"])) for one in found]
