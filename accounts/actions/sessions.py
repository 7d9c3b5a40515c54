"""Ending sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import emails, queries, rules
from accounts.browsers import browser_in_words
from accounts.models import User
from accounts.networks import ALSO, AT_MOST, network_of
from audit.record import record


@transaction.atomic
def end_session(session: UserSession, *, by: User, at: datetime) -> None:
    """The session is gone; whoever used it has to sign in."""
    rules.may_end_session(session, by=by).enforce()
    browser = browser_in_words(session.user_agent) or "an unknown browser"
    end_sessions_of(by, keys=[session.session_key])
    record("accounts.session_ended", by=by, at=at, subject=by, browser=browser)


@transaction.atomic
def end_other_sessions(*, keep: str, by: User, at: datetime) -> int:
    """All of a person's sessions are gone but the one with the key ``keep``. How many there were."""
    rules.may_end_other_sessions(by, by=by).enforce()
    keys = [one.session_key for one in queries.sessions_of(by) if one.session_key != keep]
    end_sessions_of(by, keys=keys)
    record("accounts.other_sessions_ended", by=by, at=at, subject=by, count=len(keys))
    return len(keys)


def end_sessions_of(person: User, *, keys: Iterable[str]) -> None:
    """Part of a deed: these sessions of a person are gone."""
    found = UserSession.objects.filter(user=person, session_key__in=list(keys))
    Session.objects.filter(session_key__in=found.values("session_key")).delete()
    found.delete()


@transaction.atomic
def refuse_session(person: User, *, began: str, now: str, at: datetime) -> None:
    """A session was used from another browser than it began in. The page then ends it."""
    record(
        "accounts.session_refused",
        by=person,
        at=at,
        subject=person,
        began=began,
        now=now or "a browser that does not say what it is",
    )


@transaction.atomic
def note_network(person: User, *, session_key: str, ip: str, at: datetime) -> None:
    """A session turned up in another network than the one it began in: its list says so, and the person is told by letter."""
    found = UserSession.objects.select_for_update(of=("self",)).filter(
        user=person, session_key=session_key
    )
    session = found.first()
    if session is None:
        return
    also = session.data.get(ALSO, [])
    if network_of(ip) in {network_of(one) for one in (session.ip, *(one["ip"] for one in also))}:
        return
    session.data[ALSO] = [*also, {"ip": ip, "at": at.isoformat()}][-AT_MOST:]
    session.last_seen_at = at
    session.save(update_fields=["data", "last_seen_at"])
    record("accounts.session_moved", by=person, at=at, subject=person)
    emails.session_moved(session, ip=ip, at=at)


@transaction.atomic
def forget_sessions(*, at: datetime) -> None:
    """Sessions that have ended are gone, and with them from where and with what browser somebody was signed in."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
