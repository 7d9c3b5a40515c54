"""Planning a session on site, changing it and cancelling it. Whoever plans waits for whoever is planning."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.dates import weekday_in_words
from core.versions import enforce_newest
from inspections.models import Inspection
from onsite import permissions, queries, rules
from onsite.enums import SessionState
from onsite.models import Session, SessionPart
from onsite.queries import Plan


@transaction.atomic
def plan_session(inspection: Inspection, *, plan: Plan, by: User, at: datetime) -> Session:
    """This session is planned, and clashes with nothing. The same once more is the session that is there."""
    inspection, on = locked(inspection), timezone.localdate(at)
    permissions.can_plan_session(by, inspection, on=on).enforce()
    permissions.can_plan_with(by, inspection, plan.people).enforce()
    others = queries.planned_on(inspection, plan.day)
    for one in others:
        if Plan.of(one) == plan:
            return one
    _enforce(plan, inspection, others, at)
    session = _save(Session(inspection=inspection, planned_at=at, planned_by=by), plan)
    record(
        "onsite.session_planned",
        by=by,
        at=at,
        subject=session,
        inspection=inspection,
        when=_when(session),
    )
    return session


@transaction.atomic
def change_session(
    session: Session, *, plan: Plan, based_on: int, by: User, at: datetime
) -> Session:
    """The session is as given, and clashes with nothing. As it is already, nothing changes.

    ``based_on`` is the version that whoever changes it had before them. Raises ``SavedMeanwhile``, with nothing changed, when
    somebody has changed it since.
    """
    inspection, on = locked(session.inspection), timezone.localdate(at)
    session = _found(session, inspection)
    permissions.can_change_session(by, session, on=on).enforce()
    permissions.can_plan_with(by, inspection, plan.people).enforce()
    if Plan.of(session) == plan:
        return session
    enforce_newest(session, based_on=based_on, by=by)
    _enforce(plan, inspection, queries.planned_on(inspection, plan.day, but=session), at)
    was = _when(session)
    session.version += 1
    session.changed_at, session.changed_by = at, by
    session = _save(session, plan)
    record(
        "onsite.session_changed",
        by=by,
        at=at,
        subject=session,
        inspection=inspection,
        was=was,
        when=_when(session),
    )
    return session


@transaction.atomic
def cancel_session(session: Session, *, reason: str, by: User, at: datetime) -> Session:
    """The session does not take place, and says why. Its room and its people are free again."""
    inspection = locked(session.inspection)
    session = _found(session, inspection)
    permissions.can_cancel_session(by, session, on=timezone.localdate(at)).enforce()
    session.state, session.cancellation_reason = SessionState.CANCELLED, reason
    session.cancelled_at, session.cancelled_by = at, by
    session.save()
    record(
        "onsite.session_cancelled",
        by=by,
        at=at,
        subject=session,
        inspection=inspection,
        when=_when(session),
    )
    return session


def locked(inspection: Inspection) -> Inspection:
    """The inspection with its row locked: two who plan at once come one after the other, and the second sees what the first did."""
    found = Inspection.objects.select_for_update(of=("self",)).select_related("area")
    return found.get(pk=inspection.pk)


def _found(session: Session, inspection: Inspection) -> Session:
    """The session as it stands now, of the inspection that is locked."""
    found = Session.objects.select_related(
        "room", "planned_by", "changed_by", "cancelled_by"
    ).with_people()
    fresh = found.get(pk=session.pk)
    fresh.inspection = inspection
    return fresh


def _enforce(plan: Plan, inspection: Inspection, others: list[Session], at: datetime) -> None:
    there, on = queries.presence(inspection), timezone.localdate(at)
    rules.plan_holds(plan, inspection, others, there, on=on).enforce()


def _save(session: Session, plan: Plan) -> Session:
    session.day, session.begins, session.ends = plan.day, plan.begins, plan.ends
    session.kind, session.title, session.room = plan.kind, plan.title, plan.room
    session.is_shared, session.asked = plan.is_shared, plan.asked
    session.save()
    session.parts.all().delete()
    SessionPart.objects.bulk_create(
        SessionPart(session=session, person=one, leads=one == plan.lead) for one in plan.people
    )
    # As it stands now: what was fetched before is no longer who takes part.
    there = Session.objects.select_related("inspection__area", "room").with_people()
    return there.get(pk=session.pk)


def _when(session: Session) -> str:
    """``day 3, Wednesday 14 January 2026, 10:00 to 11:30``: never what it is about."""
    day = queries.days_of(session.inspection).get(session.day)
    date = f", {weekday_in_words(day.date)}" if day else ""
    return f"day {session.day}{date}, {session.begins:%H:%M} to {session.ends:%H:%M}"
