"""Planning an inspection of one area, changing the plan and withdrawing it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.references import next_reference
from core.versions import enforce_newest
from inspections import permissions, queries, rules
from inspections.enums import AddresseeOffice, ChosenBecause, InspectionState
from inspections.models import Addressee, Area, Inspection, Method


@transaction.atomic
def plan_inspection(
    area: Area,
    *,
    method: Method,
    planned_for: date,
    requested_on: date | None,
    timetable_approved_on: date | None,
    chosen_because: str = ChosenBecause.NOT_RECORDED,
    chosen_words: str = "",
    by: User,
    at: datetime,
) -> Inspection:
    """The inspection exists, with its reference and five blank addressees. Nobody outside is told."""
    Area.objects.select_for_update().get(pk=area.pk)
    permissions.can_plan_inspection(by).enforce()
    rules.may_plan_inspection(area).enforce()
    today = timezone.localdate(at)
    rules.may_plan_for(area, planned_for, on=today).enforce()
    rules.ministers_have_decided(
        requested_on=requested_on, timetable_approved_on=timetable_approved_on, on=today
    ).enforce()
    inspection = Inspection.objects.create(
        reference=next_reference("JI", queries.last_onsite_year(area, method, planned_for)),
        area=area,
        method=method,
        planned_for=planned_for,
        requested_on=requested_on,
        timetable_approved_on=timetable_approved_on,
        chosen_because=chosen_because,
        chosen_words=chosen_words,
        planned_at=at,
        planned_by=by,
        state_since=at,
    )
    Addressee.objects.bulk_create(
        Addressee(inspection=inspection, office=office, order=order)
        for order, office in enumerate(AddresseeOffice)
    )
    record(
        "inspections.inspection_planned",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        area=area.name,
        because=queries.why_chosen(inspection).rstrip("."),
    )
    return inspection


@transaction.atomic
def change_plan(
    inspection: Inspection,
    *,
    planned_for: date,
    requested_on: date | None,
    timetable_approved_on: date | None,
    chosen_because: str | None = None,
    chosen_words: str | None = None,
    based_on: int,
    by: User,
    at: datetime,
) -> Inspection:
    """The plan says these dates and, where given, this reason; its reference stays.

    A planned date that has gone by may stay while others change.

    ``based_on`` is the version that the writer had before them. Raises ``SavedMeanwhile``, with nothing changed, when
    somebody has changed the plan since; dates that it says already change nothing.
    """
    inspection = _locked(inspection)
    permissions.can_change_plan(by, inspection).enforce()
    because = inspection.chosen_because if chosen_because is None else chosen_because
    words = inspection.chosen_words if chosen_words is None else chosen_words
    changes = queries.changes_of_plan(
        inspection,
        chosen_because=because,
        chosen_words=words,
        planned_for=planned_for,
        requested_on=requested_on,
        timetable_approved_on=timetable_approved_on,
    )
    if not changes:
        return inspection  # the second of two clicks
    enforce_newest(queries.plan_as_saved(inspection), based_on=based_on, by=by)
    today = timezone.localdate(at)
    if planned_for != inspection.planned_for:
        rules.may_plan_for(inspection.area, planned_for, on=today).enforce()
    rules.ministers_have_decided(
        requested_on=requested_on, timetable_approved_on=timetable_approved_on, on=today
    ).enforce()
    inspection.planned_for, inspection.requested_on = planned_for, requested_on
    inspection.timetable_approved_on = timetable_approved_on
    inspection.chosen_because, inspection.chosen_words = because, words
    inspection.plan_version += 1
    inspection.plan_changed_at, inspection.plan_changed_by = at, by
    inspection.save()
    record(
        "inspections.plan_changed",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        changes="; ".join(changes),
    )
    return inspection


@transaction.atomic
def withdraw_plan(inspection: Inspection, *, reason: str, by: User, at: datetime) -> Inspection:
    """The inspection does not take place, for this reason; the area may be planned anew (R2). Nobody outside was told."""
    inspection = _locked(inspection)
    permissions.can_withdraw_plan(by, inspection).enforce()
    inspection.state = InspectionState(inspection.stand.moves["withdraw_plan"])
    inspection.state_since, inspection.withdrawal_reason = at, reason
    inspection.save()
    record(
        "inspections.plan_withdrawn",
        by=by,
        at=at,
        subject=inspection,
        inspection=inspection,
        area=inspection.area.name,
        reason=reason,
    )
    return inspection


def _locked(inspection: Inspection) -> Inspection:
    return (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("area", "method")
        .get(pk=inspection.pk)
    )
