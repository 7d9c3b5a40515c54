"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.actions import address, anchors, offices, sessions
from audit.models import Event
from core.jobs import job, recurring


@recurring("accounts.forget_sessions", every=timedelta(days=1))
def forget_sessions(*, now: datetime) -> None:
    """Sessions that have ended are not kept."""
    sessions.forget_sessions(at=now)


@job("accounts.tell_of_office", atomic=True)
def tell_of_office_on_record(*, event: int, now: datetime) -> None:
    """Tell those who answer for the programme who comes to an office."""
    offices.tell_of_office(Event.objects.get(pk=event))


@job("accounts.tell_owner", atomic=True)
def tell_owner_of_account(*, event: int, now: datetime) -> None:
    """Tell somebody what was done to the address of their account."""
    address.tell_owner(Event.objects.get(pk=event))


@recurring("accounts.hand_out_anchor", every=timedelta(days=1))
def hand_out_anchor(*, now: datetime) -> None:
    """A copy of where the record ends leaves the database."""
    anchors.hand_out_anchor(at=now)
