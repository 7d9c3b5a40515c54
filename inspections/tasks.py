"""The clock's entrance: find, and call an action."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User, system_user
from audit.models import Event
from core.jobs import NotYet, each, job, one_after_another, recurring
from core.pdf import PdfUnavailable, render_pdf
from inspections import exports, queries
from inspections.actions.declarations import (
    remind_stand_in_to_declare,
    remind_to_declare,
    tell_of_interest,
)
from inspections.actions.joined import tell_of_unproved
from inspections.actions.leave import let_leave_go
from inspections.actions.notices import (
    send_step_notice,
    tell_of_dates,
    tell_of_last_day,
    tell_of_office,
    tell_of_stand_in,
    tell_of_team,
)
from inspections.actions.notification import keep_letter_as_sent
from inspections.actions.team import end_lapsed_part
from inspections.models import (
    Declaration,
    Membership,
    NotificationLetter,
    StandIn,
    TimetableVersion,
)


@job("inspections.send_notification_letter", lease=timedelta(minutes=2))
def send_notification_letter(*, letter: int, now: datetime) -> None:
    """Draw one letter and post it. Looks first: a letter that has its document was done before.

    Where this machine cannot make PDF the letter waits for it, however long that takes.
    """
    row = NotificationLetter.objects.get(pk=letter)
    if row.document_id is None:
        try:
            pdf = render_pdf(row.html, css_files=[exports.LETTER_CSS])
        except PdfUnavailable as missing:
            raise NotYet(str(missing)) from missing
        keep_letter_as_sent(row, pdf=pdf, at=now)


@job("inspections.tell_of_dates", atomic=True)
def tell_of_new_dates(*, version: int, now: datetime) -> None:
    """Tell those who work with the dates of a timetable which have changed."""
    found = TimetableVersion.objects.select_related("inspection__area", "made_by").get(pk=version)
    tell_of_dates(found, at=now)


@job("inspections.tell_of_team", atomic=True)
def tell_of_team_on_record(*, event: int, now: datetime) -> None:
    """Tell those who answer for the team who came onto it."""
    tell_of_team(Event.objects.get(pk=event), at=now)


@job("inspections.tell_of_office", atomic=True)
def tell_of_office_handed_over(
    *, part: int, before: int, stand_ins: str, doer: int, now: datetime
) -> None:
    """Tell all whose business it is that an office has another holder. ``stand_ins`` are numbers with commas between."""
    found = Membership.objects.select_related("person", "named_by", "inspection__area")
    ended = StandIn.objects.filter(pk__in=filter(None, stand_ins.split(","))).select_related(
        "person"
    )
    tell_of_office(
        found.get(pk=part),
        before=User.objects.get(pk=before),
        stand_ins=list(ended),
        doer=User.objects.get(pk=doer),
    )


@job("inspections.tell_of_stand_in", atomic=True)
def tell_of_stand_in_named(*, stand_in: int, now: datetime) -> None:
    """Tell all whose business it is that somebody stands in for the holder of an office."""
    found = StandIn.objects.select_related(
        "person", "named_by", "membership__person", "membership__inspection__area"
    )
    tell_of_stand_in(found.get(pk=stand_in))


@job("inspections.tell_of_interest", atomic=True)
def tell_of_declared_interest(*, declaration: int, now: datetime) -> None:
    """Tell those who decide that somebody declared something."""
    found = Declaration.objects.select_related("person", "inspection__area").get(pk=declaration)
    tell_of_interest(found)


@job("inspections.tell_of_unproved", atomic=True)
def tell_of_unproved_newcomer(*, membership: int, now: datetime) -> None:
    """Tell those who may know somebody that they joined by a code, and wait."""
    found = Membership.objects.select_related("person", "inspection__area")
    tell_of_unproved(found.get(pk=membership))


@recurring("inspections.send_step_notices", every=timedelta(minutes=1))
def send_step_notices(*, now: datetime) -> None:
    """Reminders before a due date, and notices after it."""
    each(
        queries.steps_to_notice(timezone.localdate(now)),
        lambda found: send_step_notice(found[0], kind=found[1], at=now),
    )


@recurring("inspections.end_lapsed_parts", every=timedelta(minutes=1))
def end_lapsed_parts(*, now: datetime) -> None:
    """Parts whose last day has gone by are ended, and those whose last day is near are told."""
    today = timezone.localdate(now)
    one_after_another(
        lambda: each(Membership.objects.lapsed(today), lambda part: end_lapsed_part(part, at=now)),
        lambda: each(
            queries.near_their_last_day(today), lambda part: tell_of_last_day(part, at=now)
        ),
    )


@recurring("inspections.remind_to_declare", every=timedelta(minutes=1))
def remind_to_declare_interests(*, now: datetime) -> None:
    """Those who were named three working days ago and have not declared are asked once more."""
    today = timezone.localdate(now)
    one_after_another(
        lambda: each(queries.to_be_reminded(today), lambda part: remind_to_declare(part, at=now)),
        lambda: each(
            queries.stand_ins_to_be_reminded(today),
            lambda stand_in: remind_stand_in_to_declare(stand_in, at=now),
        ),
    )


@recurring("inspections.let_leave_go", every=timedelta(days=1))
def let_days_away_go(*, now: datetime) -> None:
    """Days away are not kept for longer than they are of use."""
    if queries.leave_gone_by(timezone.localdate(now)).exists():
        let_leave_go(by=system_user(), at=now)
