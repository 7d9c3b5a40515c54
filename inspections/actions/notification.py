"""Notifying the partnership: the deed that starts the clock. Every other deed imitates this one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.jobs import enqueue
from inspections import exports, permissions, rules
from inspections.actions.steps import complete_step_by_deed, draw_steps, keep_holiday_weeks
from inspections.actions.versions import keep_version
from inspections.enums import Cause, InspectionState
from inspections.models import Addressee, Inspection, Notification, NotificationLetter


@transaction.atomic
def name_addressees(
    inspection: Inspection,
    *,
    addressees: list[Addressee],
    based_on: str = "",
    by: User,
    at: datetime,
) -> None:
    """The addressees say what they are given here; blanks may stay until notification (R13).

    ``based_on`` is the digest of what the writer had before them: when that moved on, nothing is saved.
    """
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_name_addressees(by, inspection).enforce()
    if based_on:
        rules.addressees_stand_as_seen(inspection, digest=based_on).enforce()
    for addressee in addressees:
        addressee.save()
    named = sum(not addressee.is_blank for addressee in inspection.addressees.all())
    record(
        "inspections.addressees_named",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        named=named,
    )


@transaction.atomic
def notify_partnership(inspection: Inspection, *, by: User, at: datetime) -> Notification:
    """Five letters are on their way and the clock runs.

    In this order: the rules hold (R3, R6, R13, R14); week 1 is this week; method, framework and the weeks that take no
    number are its own from now on (R5); the timetable is drawn; the letters' words are kept as they are sent; after
    commit the worker draws and posts each letter.
    """
    inspection = (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("area", "method")
        .get(pk=inspection.pk)
    )
    today = timezone.localdate(at)
    permissions.can_notify_partnership(by, inspection, on=today).enforce()
    inspection.state, inspection.state_since = InspectionState.NOTIFIED, at
    inspection.notified_on, inspection.framework_key = today, inspection.method.framework_key
    inspection.save()
    keep_holiday_weeks(inspection)
    steps = draw_steps(inspection)
    complete_step_by_deed(inspection, key="notification", by=by, at=at)
    keep_version(inspection, cause=Cause.DRAWN, title="Drawn at notification", by=by, at=at)
    notification = Notification.objects.create(inspection=inspection, sent_at=at, sent_by=by)
    for addressee, html in exports.notification_letters(inspection, steps, on=today):
        letter = NotificationLetter.objects.create(
            notification=notification,
            office=addressee.office,
            name=addressee.name,
            email=addressee.email,
            postal_address=addressee.postal_address,
            html=html,
        )
        enqueue(
            "inspections.send_notification_letter",
            key=f"notification-letter:{letter.pk}",
            letter=letter.pk,
        )
    record(
        "inspections.partnership_notified",
        by=by,
        at=at,
        subject=notification,
        inspection=inspection,
        area=inspection.area.name,
    )
    return notification


@transaction.atomic
def keep_letter_as_sent(
    letter: NotificationLetter, *, pdf: bytes, at: datetime
) -> NotificationLetter:
    """Keep the drawn letter beside its words and post it. Safe to repeat: a letter that has its document is left alone."""
    letter = (
        NotificationLetter.objects.select_for_update(of=("self",))
        .select_related("notification__inspection__area")
        .get(pk=letter.pk)
    )
    if letter.document_id is None:
        letter.document = exports.keep_letter(letter, pdf=pdf, at=at)
        letter.save()
        exports.post_letter(letter)
    return letter
