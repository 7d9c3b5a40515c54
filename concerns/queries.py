"""What pages, letters and the clock need of concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.queries import office_holders
from accounts.roles import Role
from concerns.enums import ConcernState
from concerns.models import Concern, ConcernNote
from inspections.models import Inspection
from inspections.queries import holders_of

TO_BE_ANSWERED = (ConcernState.RAISED, ConcernState.REFERRED)
END_OF_DAY = time(17)  # what was raised on a day before this hour is decided by it (R37)


def named_lead(inspection: Inspection) -> list[User]:
    """Whom one rings first: the partnership's lead for concerns, then whoever stands in for them."""
    return holders_of(inspection, Role.CONCERNS_LEAD)


def raised_with(inspection: Inspection, *, by: User, form_token: UUID) -> Concern | None:
    """What this person raised with this very form before, if they pressed twice."""
    return Concern.objects.filter(
        inspection=inspection, raised_by=by, form_token=form_token
    ).first()


def added_with(concern: Concern, *, form_token: UUID) -> ConcernNote | None:
    """The words that were added with this very form before."""
    return concern.notes.filter(form_token=form_token).first()


def told_when_raised(concern: Concern) -> list[User]:
    """The inspection lead, who decides; where somebody is in danger, or nobody leads, also the depute and the service managers."""
    leads = holders_of(concern.inspection, Role.INSPECTION_LEAD)
    if leads and not concern.is_immediate:
        return leads
    deputes = holders_of(concern.inspection, Role.DEPUTE)
    return list(
        {one.pk: one for one in (*leads, *deputes, *office_holders(Role.SERVICE_MANAGER))}.values()
    )


def waits_with(concern: Concern) -> list[User]:
    """Who has to act on it as it stands: nobody, once it has ended. Where nobody of the partnership is there to receive what was
    referred, those who were told when it was raised have to ring and to have somebody named.
    """
    if not concern.is_open:
        return []
    theirs = named_lead(concern.inspection) if concern.is_with_partnership else []
    return theirs or told_when_raised(concern)


def told_when_late(concern: Concern) -> list[User]:
    """The inspection lead and the service managers; of what was referred also whoever is to confirm that it has arrived."""
    theirs = named_lead(concern.inspection) if concern.is_with_partnership else []
    lead = holders_of(concern.inspection, Role.INSPECTION_LEAD)
    return list(
        {one.pk: one for one in (*theirs, *lead, *office_holders(Role.SERVICE_MANAGER))}.values()
    )


def act_by(concern: Concern) -> datetime:
    """When the decision is due, or that what was referred is confirmed: at the end of the working day on which it was raised or
    referred, or of that day if it was later.
    """
    decided = getattr(concern, "decision", None)
    since = timezone.localtime(decided.decided_at if decided else concern.raised_at)
    end = since.replace(hour=END_OF_DAY.hour, minute=0, second=0, microsecond=0)
    return end if since < end else end + timedelta(hours=24 - END_OF_DAY.hour)


def to_be_reminded(now: datetime) -> list[Concern]:
    """What nobody has decided on by then, or was referred and nobody has confirmed, and of which nobody was reminded as it stands."""
    rows = Concern.objects.filter(
        state__in=TO_BE_ANSWERED, reminded_at__isnull=True, raised_at__lt=now
    )
    found = rows.select_related("decision").order_by("raised_at")
    return [one for one in found if act_by(one) <= now]


def immediate_of(inspections: Collection[int]) -> list[Concern]:
    """The concerns about danger now that have not ended, of all these inspections, the oldest first. One query, or none."""
    if not inspections:
        return []
    rows = Concern.objects.immediate().filter(inspection__in=inspections)
    return list(rows.select_related("inspection__area").order_by("raised_at", "pk"))


def in_full(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """With what the page of one concern shows."""
    return concerns.select_related(
        "inspection__area",
        "inspection__method",
        "raised_by__agency",
        "acknowledged_by",
        "closed_by",
        "decision__decided_by",
    ).prefetch_related("notes__added_by")
