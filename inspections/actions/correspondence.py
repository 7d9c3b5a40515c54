"""Putting on record what was sent or said outside the product."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from core.clicks import was_just_now
from core.dates import day_in_words
from inspections import permissions, rules
from inspections.models import CorrespondenceEntry, Inspection


@transaction.atomic
def record_correspondence(
    inspection: Inspection,
    *,
    happened_on: date,
    direction: str,
    means: str,
    with_whom: str,
    about: str,
    words: str,
    by: User,
    at: datetime,
) -> CorrespondenceEntry:
    """It stands in the correspondence as it was written, and stays so. The record has its means and its day alone."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    permissions.can_record_correspondence(by, inspection).enforce()
    rules.may_record_correspondence(happened_on, on=timezone.localdate(at)).enforce()
    said = {
        "happened_on": happened_on,
        "direction": direction,
        "means": means,
        "with_whom": with_whom,
        "about": about,
        "words": words,
    }
    last = (
        inspection.correspondence.filter(recorded_by=by, corrects=None, **said)
        .order_by("pk")
        .last()
    )
    if last and was_just_now(last.recorded_at, now=at):
        return last  # the second of two clicks
    entry = CorrespondenceEntry.objects.create(
        inspection=inspection, **said, recorded_at=at, recorded_by=by
    )
    record(
        "inspections.correspondence_recorded",
        by=by,
        at=at,
        subject=entry,
        inspection=inspection,
        what=_in_words(entry),
    )
    return entry


@transaction.atomic
def correct_correspondence(
    entry: CorrespondenceEntry,
    *,
    happened_on: date,
    direction: str,
    means: str,
    with_whom: str,
    about: str,
    words: str,
    reason: str,
    by: User,
    at: datetime,
) -> CorrespondenceEntry:
    """A later entry stands instead, with why. The former stays, struck through. Nobody corrects the same entry twice."""
    inspection = Inspection.objects.select_for_update().get(pk=entry.inspection_id)
    entry.inspection = inspection
    permissions.can_correct_correspondence(by, entry).enforce()
    rules.may_record_correspondence(happened_on, on=timezone.localdate(at)).enforce()
    instead = CorrespondenceEntry.objects.create(
        inspection=inspection,
        happened_on=happened_on,
        direction=direction,
        means=means,
        with_whom=with_whom,
        about=about,
        words=words,
        corrects=entry,
        reason=reason,
        recorded_at=at,
        recorded_by=by,
    )
    record(
        "inspections.correspondence_corrected",
        by=by,
        at=at,
        subject=instead,
        inspection=inspection,
        what=_in_words(instead),
        before=_in_words(entry),
    )
    return instead


def _in_words(entry: CorrespondenceEntry) -> str:
    """``telephone call of 3 October 2025``: without whom it was with, and what was said."""
    means = entry.get_means_display()
    return f"{means[0].lower()}{means[1:]} of {day_in_words(entry.happened_on)}"
