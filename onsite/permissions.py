"""Who: a capability of one of the person's roles here, then the rule; and which sessions somebody sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounts.models import User
from accounts.roles import Capability
from core.verdicts import ALLOWED, Verdict, require
from inspections.models import Inspection
from inspections.permissions import has, is_partnership
from onsite import queries, rules
from onsite.models import Room, Session
from onsite.models.session import SessionQuerySet


def can_see_sessions(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_SESSIONS)


def can_see_every_session(person: User, inspection: Inspection) -> Verdict:
    return has(person, inspection, Capability.SEE_EVERY_SESSION)


def sessions_seen(person: User, inspection: Inspection) -> SessionQuerySet:
    """The team sees every session and who takes part; the partnership those that it is shown, and no names of the team;
    a young inspection volunteer those in which they take part.
    """
    found = Session.objects.filter(inspection=inspection).select_related("room")
    if can_see_every_session(person, inspection):
        return found.with_people()
    if is_partnership(person, inspection):
        return found.shared()
    return found.of(person).with_people()


def can_see_own_days(person: User, inspection: Inspection) -> Verdict:
    """Days of their own have those who take part in sessions: the team, and not the partnership, who read when and where on the page
    of all sessions."""
    return can_see_sessions(person, inspection) & require(
        sees_people(person, inspection),
        "Only those of the inspection team have days of their own. Sessions that concern the partnership stand under “On site”.",
    )


def can_plan_session(person: User, inspection: Inspection, *, on: date) -> Verdict:
    return has(person, inspection, Capability.PLAN_SESSION) & rules.may_plan_session(
        inspection, on=on
    )


def can_plan_with(person: User, inspection: Inspection, people: Iterable[User]) -> Verdict:
    """The participation lead plans with young inspection volunteers; the others with anybody."""
    if has(person, inspection, Capability.PLAN_ANY_SESSION):
        return ALLOWED
    there = queries.presence(inspection)
    return require(
        any(there.is_volunteer(one) for one in people),
        Capability.PLAN_ANY_SESSION.value,
        about="people",
    )


def can_change_session(person: User, session: Session, *, on: date) -> Verdict:
    return _keeps(person, session) & rules.may_change_session(session, on=on)


def can_cancel_session(person: User, session: Session, *, on: date) -> Verdict:
    return _keeps(person, session) & rules.may_cancel_session(session, on=on)


def _keeps(person: User, session: Session) -> Verdict:
    """Whoever plans sessions of that kind."""
    verdict = has(person, session.inspection, Capability.PLAN_SESSION)
    return verdict and can_plan_with(person, session.inspection, session.people)


def can_add_room(person: User, inspection: Inspection, *, on: date) -> Verdict:
    return has(person, inspection, Capability.PLAN_SESSION) & rules.may_add_room(inspection, on=on)


def can_change_room(person: User, room: Room, *, on: date) -> Verdict:
    return has(person, room.inspection, Capability.PLAN_SESSION) & rules.may_change_room(
        room, on=on
    )


def sees_people(person: User, inspection: Inspection) -> bool:
    """Whether this person reads who of the team takes part: all but the partnership do."""
    return bool(can_see_every_session(person, inspection)) or not is_partnership(person, inspection)
