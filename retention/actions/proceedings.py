"""The dates that begin the year of R52: submission to Ministers, and the end of connected proceedings."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.dates import day_in_words
from inspections.models import Inspection
from retention import permissions, rules
from retention.models import Proceedings, Submission


@transaction.atomic
def record_submission(
    inspection: Inspection, *, submitted_on: date, by: User, at: datetime
) -> Submission:
    """The report was submitted to Ministers on that day. Recording another day corrects it."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_record_submission(by, inspection).enforce()
    rules.may_be_submitted_on(submitted_on, on=timezone.localdate(at)).enforce()
    submission, _ = Submission.objects.update_or_create(
        inspection=inspection,
        defaults={"submitted_on": submitted_on, "recorded_at": at, "recorded_by": by},
    )
    record(
        "retention.submission_recorded",
        by=by,
        at=at,
        subject=submission,
        inspection=inspection,
        on=day_in_words(submitted_on),
    )
    return submission


@transaction.atomic
def record_proceedings(
    inspection: Inspection, *, title: str, by: User, at: datetime
) -> Proceedings:
    """Proceedings are connected with the inspection: nothing of it goes until a year after they are determined."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_record_proceedings(by, inspection).enforce()
    proceedings = Proceedings.objects.create(
        inspection=inspection, title=title, recorded_at=at, recorded_by=by
    )
    record(
        "retention.proceedings_recorded",
        by=by,
        at=at,
        subject=proceedings,
        inspection=inspection,
        title=title,
    )
    return proceedings


@transaction.atomic
def end_proceedings(
    proceedings: Proceedings, *, determined_on: date, by: User, at: datetime
) -> Proceedings:
    """They were finally determined on that day."""
    proceedings = (
        Proceedings.objects.select_for_update(of=("self",))
        .select_related("inspection")
        .get(pk=proceedings.pk)
    )
    permissions.can_end_proceedings(by, proceedings).enforce()
    rules.may_be_determined_on(determined_on, on=timezone.localdate(at)).enforce()
    proceedings.determined_on, proceedings.ended_at, proceedings.ended_by = determined_on, at, by
    proceedings.save()
    record(
        "retention.proceedings_ended",
        by=by,
        at=at,
        subject=proceedings,
        inspection=proceedings.inspection,
        title=proceedings.title,
        on=day_in_words(determined_on),
    )
    return proceedings
