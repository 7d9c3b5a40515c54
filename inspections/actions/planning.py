"""Planning an inspection of one area."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.record import record
from core.references import next_reference
from inspections import queries, rules
from inspections.enums import AddresseeOffice
from inspections.models import Addressee, Area, Inspection, Method


@transaction.atomic
def plan_inspection(
    area: Area,
    *,
    method: Method,
    planned_for: date,
    requested_on: date | None,
    timetable_approved_on: date | None,
    by: User,
    at: datetime,
) -> Inspection:
    """The inspection exists, with its reference and five blank addressees. Nobody outside is told."""
    Area.objects.select_for_update().get(pk=area.pk)
    rules.may_plan_inspection(area).enforce()
    rules.may_begin_on(area, planned_for).enforce()
    inspection = Inspection.objects.create(
        reference=next_reference("JI", queries.last_onsite_year(area, method, planned_for)),
        area=area,
        method=method,
        planned_for=planned_for,
        requested_on=requested_on,
        timetable_approved_on=timetable_approved_on,
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
    )
    return inspection
