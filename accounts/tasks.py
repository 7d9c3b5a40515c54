"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.actions import anchors, sessions
from core.jobs import recurring


@recurring("accounts.forget_sessions", every=timedelta(days=1))
def forget_sessions(*, now: datetime) -> None:
    """Sessions that have ended are not kept."""
    sessions.forget_sessions(at=now)


@recurring("accounts.hand_out_anchor", every=timedelta(days=1))
def hand_out_anchor(*, now: datetime) -> None:
    """A copy of where the record ends leaves the database."""
    anchors.hand_out_anchor(at=now)
